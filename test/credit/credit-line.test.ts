/** 授信额度: given by a rating, told for every day, never negative, and its past is never rewritten. */
import fc from 'fast-check';
import { availableOf, mayChange, startOf, stateAfter, stateOn } from '../../src/credit/credit-line';
import {
  LINE_CAUSES,
  LINE_STATES,
  type LineCause,
  type LineState,
} from '../../src/credit/credit-line.entity';
import { lineOf, lineOn } from '../../src/credit/credit-line.queries';
import { grantLine, LineStore } from '../../src/credit/credit-line.store';
import { addDays, businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, BANK, nobodyOwes, openLines, owes, periodsOf } from './lines';

const amount = fc.integer({ min: 0, max: 10_000_000 }).map(fen);

describe('What is left of a line', () => {
  test('is never negative, never more than the total, and nothing unless the line is in force', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LINE_STATES), amount, amount, (state, total, used) => {
        const left = availableOf(state, total, used);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(total);
        if (state !== 'in-force') expect(left).toBe(0);
        if (state === 'in-force' && used <= total) expect(left + used).toBe(total);
      }),
    );
  });

  test.each<[used: number, left: number]>([
    [0, 4_000_000],
    [3_999_999, 1],
    [4_000_000, 0],
    [4_000_001, 0],
  ])('of 40,000.00 with %i fen used it is %i fen', (used, left) => {
    expect(availableOf('in-force', fen(4_000_000), fen(used))).toBe(left);
  });
});

describe('The states of a line', () => {
  const changes = LINE_CAUSES.filter((cause) => cause !== 'GRANT');
  const possible: [LineState, string[]][] = [
    ['in-force', ['RAISE', 'LOWER', 'FREEZE', 'CANCEL', 'EXPIRE', 'REVIEW']],
    ['frozen', ['LOWER', 'UNFREEZE', 'CANCEL', 'EXPIRE', 'REVIEW']],
    ['cancelled', []],
    ['expired', []],
  ];
  test.each(possible)('from %s these changes start: %j', (state, expected) => {
    expect(changes.filter((cause) => mayChange(state, cause))).toEqual(expected);
  });

  const after: [LineState | null, LineCause, LineState][] = [
    [null, 'GRANT', 'in-force'],
    ['cancelled', 'GRANT', 'in-force'],
    ['expired', 'GRANT', 'in-force'],
    ['frozen', 'GRANT', 'frozen'],
    ['frozen', 'LOWER', 'frozen'],
    ['frozen', 'UNFREEZE', 'in-force'],
    ['in-force', 'RAISE', 'in-force'],
    ['in-force', 'FREEZE', 'frozen'],
    ['frozen', 'REVIEW', 'frozen'],
    ['in-force', 'CANCEL', 'cancelled'],
    ['frozen', 'EXPIRE', 'expired'],
  ];
  test.each(after)('%s and then %s is %s', (before, cause, expected) => {
    expect(stateAfter(before, cause)).toBe(expected);
  });

  test('past its last day a line has run out, whether that was noted or not', () => {
    const validUntil = businessDate('2020-02-29');
    const on = (state: LineState, date: string) =>
      stateOn({ state, validUntil }, businessDate(date));
    expect(on('in-force', '2020-02-29')).toBe('in-force');
    expect(on('in-force', '2020-03-01')).toBe('expired');
    expect(on('frozen', '2020-03-01')).toBe('expired');
    expect(on('cancelled', '2020-03-01')).toBe('cancelled');
  });

  test('a period never begins before the one it follows', () => {
    const fromOn = businessDate('2018-05-01');
    expect(startOf(businessDate('2018-04-30'), { fromOn })).toBe('2018-05-01');
    expect(startOf(businessDate('2018-05-02'), { fromOn })).toBe('2018-05-02');
    expect(startOf(businessDate('2018-04-30'), null)).toBe('2018-04-30');
  });
});

describeEachDatabase('A credit line', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(() => {
    county.clock.set('2018-03-01');
    nobodyOwes();
  });
  const reader = () => county.platform.db.reader();
  const line = (id: string, date: string) => lineOn(reader(), id, businessDate(date));

  test('holds from the first to the last day of its validity', async () => {
    const { householdId, ratingId } = await aLine(county);
    expect(await line(householdId, '2018-02-28')).toBeNull();
    const expected = {
      ratingId,
      grade: 'B',
      gradeName: '较好',
      lineFen: 4_000_000,
      state: 'in-force',
    };
    expect(await line(householdId, '2018-03-01')).toEqual(expected);
    expect(await line(householdId, '2020-02-29')).toEqual(expected);
    expect(await line(householdId, '2020-03-01')).toBeNull();
  });

  test('tells what is used and what is left; more used than granted leaves nothing', async () => {
    const { householdId } = await aLine(county);
    const standing = async () => lineOf(reader(), householdId, businessDate('2018-03-01'));
    expect(await standing()).toMatchObject({ totalFen: 4_000_000, usedFen: 0, frozenFen: 0 });
    owes(householdId, 1_500_000);
    expect(await standing()).toMatchObject({ usedFen: 1_500_000, availableFen: 2_500_000 });
    owes(householdId, 5_000_000);
    expect(await standing()).toMatchObject({ usedFen: 5_000_000, availableFen: 0 });
    expect(await lineOf(reader(), householdId, businessDate('2018-02-28'))).toBeNull();
  });

  test('the next rating takes over from its day on; a grade without a line gives 0', async () => {
    const { householdId } = await aLine(county);
    county.clock.set('2018-09-01');
    await aLine(county, { householdId, grade: 'D', totalFen: 0 });
    expect((await line(householdId, '2018-08-31'))?.lineFen).toBe(4_000_000);
    expect(await line(householdId, '2018-09-01')).toMatchObject({ grade: 'D', lineFen: 0 });
  });

  test('of two ratings on one day the later one holds, and the first leaves a period without days', async () => {
    const { householdId } = await aLine(county);
    await aLine(county, { householdId, totalFen: 3_000_000 });
    expect((await line(householdId, '2018-03-01'))?.lineFen).toBe(3_000_000);
    expect(await periodsOf(county, householdId)).toMatchObject([
      { seq: 1, fromOn: '2018-03-01', untilOn: '2018-03-01' },
      { seq: 2, fromOn: '2018-03-01', untilOn: null },
    ]);
  });

  test('whatever happens, every day from the grant on has one period, and days gone by keep their answer', async () => {
    const { householdId } = await aLine(county);
    const causes: Exclude<LineCause, 'GRANT' | 'EXPIRE'>[] = [
      'LOWER',
      'FREEZE',
      'UNFREEZE',
      'CANCEL',
      'REVIEW',
    ];
    let seed = 7;
    let day = businessDate('2018-03-01');
    const told = new Map<string, string>();
    for (let turn = 0; turn < 40; turn += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const next = addDays(day, seed % 3);
      for (; day < next; day = addDays(day, 1)) {
        told.set(day, JSON.stringify(await line(householdId, day)));
      }
      county.clock.set(day);
      const cause = causes[seed % causes.length] as (typeof causes)[number];
      if (seed % 7 === 0) await aLine(county, { householdId });
      else {
        await county
          .system(async (work) => {
            const store = new LineStore(work);
            const standing = await store.get(householdId);
            const other = { id: 'SOMEBODY', name: '另一人' };
            await store.change(standing, { cause, reason: '试', other });
          })
          .catch((error: { code?: string }) => expect(error.code).toBe('credit.line-state'));
      }
    }
    for (const [date, answer] of told) {
      expect(JSON.stringify(await line(householdId, date))).toBe(answer);
    }
    const periods = await periodsOf(county, householdId);
    expect(periods.length).toBeGreaterThan(8);
    for (const [place, { fromOn, untilOn, seq }] of periods.entries()) {
      expect(seq).toBe(place + 1);
      expect(untilOn).toBe(periods[place + 1]?.fromOn ?? null);
      if (place === 0) expect(fromOn).toBe('2018-03-01');
    }
  });

  test('two first grants at once make one line with two periods', async () => {
    const { householdId, ratingId } = await aLine(county);
    const until = businessDate('2020-02-29');
    const grant = { householdId, ratingId, bankId: BANK, totalFen: fen(1), from: until, until };
    await county.system((work) =>
      work.tx.exec(`DELETE FROM credit_line_period WHERE household_id = '${householdId}'`),
    );
    await county.system((work) =>
      work.tx.exec(`DELETE FROM credit_line WHERE household_id = '${householdId}'`),
    );
    const both = await Promise.allSettled(
      [1, 2].map(() =>
        county.system((work) => grantLine(work, { ...grant, regionCode: '450328100200' })),
      ),
    );
    const done = both.filter(({ status }) => status === 'fulfilled').length;
    expect(done).toBeGreaterThan(0);
    expect(await periodsOf(county, householdId)).toHaveLength(done);
  });

  test('the database itself refuses what breaks a law of lines', async () => {
    const { householdId } = await aLine(county);
    const write = (set: string) =>
      refusedByDatabase(
        county.system((work) =>
          work.tx.exec(`UPDATE credit_line_period SET ${set} WHERE household_id = :householdId`, {
            householdId,
          }),
        ),
      );
    expect(await write('total_fen = -1')).toBe('check');
    expect(await write("state = 'cancelled'")).toBe('check');
    expect(await write("until_on = '2018-02-28', open_key = NULL")).toBe('check');
    expect(await write("until_on = '2018-04-01'")).toBe('check');
    expect(await write("cause = 'RAISE'")).toBe('check');
    expect(await write("other_by = made_by, other_by_name = '某'")).toBe('check');
  });
});
