/** What of the interest is the borrower's own, when it falls due, and what pays it. */
import fc from 'fast-check';
import type { InterestPart } from '../../src/loans/interest';
import { beginning, type Fact, type LifeTerms } from '../../src/loans/life';
import { type OwnCase, oldestUnpaid, unpaidOwn } from '../../src/loans/own-interest';
import { replay } from '../../src/loans/replay';
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';
import { addFen, type Fen, fen, ZERO_FEN } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';

const day = businessDate;
const CEILING = fen(5_000_000);
const terms: LifeTerms = {
  ratePpm: ppm(47_500),
  basis: 360,
  allocationOrder: ['COST', 'PENALTY', 'INTEREST', 'PRINCIPAL'],
};

interface Plan {
  principal?: number;
  share?: number;
  matures?: string;
  through: string;
  paid?: [on: string, amount: number][];
  subsidies?: [on: string, amount: number, periodCode: string][];
  lost?: [from: string, decided: string][];
}

/** A loan paid out on 2024-03-21, the first day of a settlement period, with what happened to it. */
function caseOf(plan: Plan): OwnCase {
  const { principal = 5_000_000, share = 700_000, matures = '2027-03-21', through } = plan;
  const begun = beginning({
    ...{ on: day('2024-03-21'), amountFen: fen(principal), maturesOn: day(matures) },
    surchargePpm: ppm(500_000),
  });
  let serial = 0;
  const fact = (kind: Fact['kind'], on: string, amount: number, detail?: Fact['detail']): Fact => {
    serial += 1;
    return { originId: String(serial), kind, on: day(on), amountFen: fen(amount), detail };
  };
  const facts = [
    ...(plan.paid ?? []).map(([on, amount]) => fact('repayment', on, amount)),
    ...(plan.subsidies ?? []).map(([on, amount, periodCode]) =>
      fact('subsidy', on, amount, { periodCode }),
    ),
  ];
  const { life, outcomes } = replay(begun, facts, day(through), terms);
  const stretches =
    share === 0
      ? []
      : [{ fromOn: day('2014-12-01'), untilOn: day('2099-01-01'), sharePpm: ppm(share) }];
  const received = new Map<string, Fen>();
  for (const [, amount, code] of plan.subsidies ?? []) {
    received.set(code, addFen(received.get(code) ?? ZERO_FEN, fen(amount)));
  }
  return {
    parts: outcomes.flatMap(({ booked }): InterestPart[] => booked),
    ...{ ratePpm: terms.ratePpm, basis: terms.basis, maturesOn: life.maturesOn, received },
    borne: { ceilingFen: CEILING, stretches },
    lost: (plan.lost ?? []).map(([from, decided]) => ({
      ...{ fromOn: day(from), decidedOn: day(decided) },
    })),
    paid: outcomes
      .filter(({ fact: { kind } }) => kind === 'repayment')
      .map(({ fact: { on }, interestFen }) => ({ on, interestFen })),
    interestDueFen: life.interestDueFen,
  };
}

const open = (plan: Plan) =>
  unpaidOwn(caseOf(plan)).map(({ dueOn, amountFen }) => [dueOn, amountFen]);

describe('Own interest', () => {
  // 50,000.00 at 4.75 % for 92 days (2024-03-21 … 06-20) is 606.94; 70 % of it 424.86, the rest 182.08.
  test.each<[string, Plan, [string, number][]]>([
    ['is none where the county bears all', { share: 1_000_000, through: '2024-12-20' }, []],
    [
      'is what the share leaves, due on the settlement day',
      { through: '2024-06-20' },
      [['2024-06-20', 18_208]],
    ],
    [
      'is all of it where the product is not subsidised',
      { share: 0, through: '2024-06-20' },
      [['2024-06-20', 60_694]],
    ],
    [
      'is that of the principal above the ceiling',
      { principal: 10_000_000, share: 1_000_000, through: '2024-06-20' },
      [['2024-06-20', 60_695]],
    ],
    [
      'is paid oldest first, with what the payment itself books coming last',
      { through: '2024-09-20', paid: [['2024-09-25', 20_000]] },
      [
        ['2024-09-20', 16_416],
        ['2024-12-20', 792],
      ],
    ],
    [
      'is open since the oldest when a payment was too small',
      { through: '2024-09-20', paid: [['2024-09-21', 10_000]] },
      [
        ['2024-06-20', 8_208],
        ['2024-09-20', 18_208],
      ],
    ],
    [
      'that comes later is not paid by what an earlier payment paid for the county',
      { through: '2024-09-20', paid: [['2024-06-21', 60_000]] },
      [['2024-09-20', 18_208]],
    ],
    [
      'is not paid by a subsidy',
      { through: '2024-06-20', subsidies: [['2024-07-10', 42_486, '2024Q2']] },
      [['2024-06-20', 18_208]],
    ],
    [
      'is no more than the books say is due',
      { through: '2024-06-20', subsidies: [['2024-07-10', 60_000, '2024Q2']] },
      [['2024-06-20', 694]],
    ],
    [
      'before maturity is due at maturity; after it all is the borrower’s, due on the settlement day',
      { share: 1_000_000, matures: '2024-06-11', through: '2024-09-20' },
      [
        // 10 days of 2024-06-11 … 06-20, then 92.
        ['2024-06-20', 6_597],
        ['2024-09-20', 60_694],
      ],
    ],
    [
      'with a share, before maturity is due at maturity',
      { matures: '2024-06-11', through: '2024-06-20' },
      [
        // 82 days: 540.97, 70 % of it 378.68.
        ['2024-06-11', 16_229],
        ['2024-06-20', 6_597],
      ],
    ],
    [
      'of a lost subsidy is due when the loss was decided, not before',
      { share: 1_000_000, through: '2024-06-20', lost: [['2024-06-11', '2024-08-01']] },
      [['2024-08-01', 6_597]],
    ],
    [
      'of a lost subsidy is due on the settlement day when the loss was decided earlier',
      { share: 1_000_000, through: '2024-06-20', lost: [['2024-06-11', '2024-06-11']] },
      [['2024-06-20', 6_597]],
    ],
    [
      'is not what the county has paid all the same',
      {
        ...{ share: 1_000_000, through: '2024-09-20', lost: [['2024-03-21', '2024-07-11']] },
        subsidies: [['2024-07-10', 60_694, '2024Q2']],
      },
      [['2024-09-20', 60_694]],
    ],
  ])('%s', (_, plan, expected) => {
    expect(open(plan)).toEqual(expected);
  });

  test('of a period that a payment cut is known before it is due', () => {
    // Paid on 2024-05-11 with the interest of 51 days: 336.46, of which 100.94 own; then 41 days more.
    const paid: Plan = { through: '2024-04-01', paid: [['2024-05-11', 5_000]] };
    expect(open(paid)).toEqual([['2024-06-20', 5_094]]);
    expect(oldestUnpaid(caseOf({ through: '2024-04-01' }))).toBeNull();
  });

  const offset = fc.integer({ min: 1, max: 1_500 });
  const randomPlan = fc.record({
    principal: fc.integer({ min: 100_000, max: 10_000_000 }),
    share: fc.constantFrom(0, 300_000, 700_000, 999_999, 1_000_000),
    paid: fc.array(fc.tuple(offset, fc.integer({ min: 1, max: 200_000 })), { maxLength: 6 }),
    matures: fc.integer({ min: 30, max: 900 }),
  });
  interface Random {
    principal: number;
    share: number;
    paid: [number, number][];
    matures: number;
  }
  const planOf = (random: Random): Plan => {
    const on = (days: number): BusinessDate => addDays(day('2024-03-21'), days);
    return {
      ...{ principal: random.principal, share: random.share, through: on(1_500) },
      matures: on(random.matures),
      paid: [...random.paid].sort(([a], [b]) => a - b).map(([days, amount]) => [on(days), amount]),
    };
  };
  const sum = (dues: readonly { amountFen: Fen }[]) =>
    addFen(ZERO_FEN, ...dues.map(({ amountFen }) => amountFen));

  const keepsLaws = (random: Random): void => {
    const asked = caseOf(planOf(random));
    const left = unpaidOwn(asked);
    const whole = unpaidOwn({ ...asked, paid: [], interestDueFen: fen(10 ** 12) });
    expect(sum(left)).toBeLessThanOrEqual(asked.interestDueFen);
    expect(left.every(({ amountFen }) => amountFen > 0)).toBe(true);
    const days = left.map(({ dueOn }) => dueOn);
    expect([...days].sort()).toEqual(days);
    const paid = addFen(ZERO_FEN, ...asked.paid.map(({ interestFen }) => interestFen));
    expect(sum(left)).toBeGreaterThanOrEqual(Math.min(asked.interestDueFen, sum(whole) - paid));
    // What is open is the youngest of what arose: older dues are paid before younger ones.
    const youngest = whole.slice(whole.length - left.length);
    expect(left.map(({ dueOn }) => dueOn)).toEqual(youngest.map(({ dueOn }) => dueOn));
    left.slice(1).forEach(({ amountFen }, place) => {
      expect(amountFen).toBe(youngest[place + 1]!.amountFen);
    });
  };

  test('keeps its laws: within the books, oldest first, and nothing paid twice', () => {
    fc.assert(fc.property(randomPlan, keepsLaws), { numRuns: 300 });
  });
});
