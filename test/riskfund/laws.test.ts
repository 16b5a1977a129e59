/** Whatever is moved in whatever order, a fund is never below what it reserved, and it is the sum of its movements. */
import * as fc from 'fast-check';
import { fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';
import type { MovementKind } from '../../src/riskfund/fund.entity';
import { FundStore } from '../../src/riskfund/fund.store';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openFund } from './distress';

interface Step {
  kind: MovementKind;
  amount: number;
}

/** What a movement of each kind does to balance and reserve. */
const EFFECTS: Record<MovementKind, readonly [balance: number, reserved: number]> = {
  contribution: [1, 0],
  reserve: [0, 1],
  release: [0, -1],
  compensation: [-1, -1],
  return: [1, 0],
};

const kinds = Object.keys(EFFECTS) as MovementKind[];
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  amount: fc.integer({ min: 1, max: 1000 }),
});

describeEachDatabase('The laws of the fund', (open) => {
  let county: County;
  let funds = 0;

  beforeAll(async () => {
    county = await openFund(open);
  }, 60_000);

  /** Moves money of a fund; false when it was refused. */
  async function move(region: string, { kind, amount }: Step): Promise<boolean> {
    const [balance, reserved] = EFFECTS[kind];
    const done = county.system(async (work) => {
      await new FundStore(work).move(region, {
        ...{ kind, of: work.newId() },
        balanceFen: fen(balance * amount),
        reservedFen: fen(reserved * amount),
      });
      return true;
    });
    return done.catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'riskfund.fund-short') return false;
      throw error;
    });
  }

  async function newFund(): Promise<string> {
    funds += 1;
    const region = `99${String(funds).padStart(4, '0')}000000`;
    await county.system((work) => new FundStore(work).open(region));
    return region;
  }

  async function standing(region: string): Promise<[number, number]> {
    const sql = county.platform.db.reader();
    const fund = await sql.one<{ balance_fen: number; reserved_fen: number }>(
      'SELECT balance_fen, reserved_fen FROM fund WHERE region_code = :region',
      { region },
    );
    const moved = await sql.one<{ b: number; r: number }>(
      `SELECT COALESCE(SUM(balance_change_fen), 0) AS b, COALESCE(SUM(reserved_change_fen), 0) AS r
         FROM fund_movement WHERE region_code = :region`,
      { region },
    );
    expect([fund?.balance_fen, fund?.reserved_fen]).toEqual([moved?.b, moved?.r]);
    return [fund?.balance_fen ?? -1, fund?.reserved_fen ?? -1];
  }

  test('one after the other, it does what a plain model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const region = await newFund();
        let [balance, reserved] = [0, 0];
        for (const one of steps) {
          const [b, r] = EFFECTS[one.kind].map((sign) => sign * one.amount) as [number, number];
          const lawful = reserved + r >= 0 && balance + b >= reserved + r;
          expect(await move(region, one)).toBe(lawful);
          if (lawful) [balance, reserved] = [balance + b, reserved + r];
        }
        expect(await standing(region)).toEqual([balance, reserved]);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  test('all at once, it is never below its reserve and loses no movement', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 10 }), async (steps) => {
        const region = await newFund();
        await move(region, { kind: 'contribution', amount: 1500 });
        await Promise.all(steps.map((one) => move(region, one)));
        const [balance, reserved] = await standing(region);
        expect(reserved).toBeGreaterThanOrEqual(0);
        expect(balance).toBeGreaterThanOrEqual(reserved);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});
