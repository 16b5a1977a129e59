/** What the county owes for one loan and one quarter, and why not the rest. */
import * as fc from 'fast-check';
import { addDays, businessDate, daysBetween, settlementPeriod } from '../../src/platform/dates';
import { addFen, type DayBasis, fen, interestOfSegments, yuan } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import {
  EXCLUSIONS,
  type HoldFrom,
  type SubsidyCase,
  subsidyOwed,
} from '../../src/subsidies/subsidy';

const day = businessDate;

/** 50,000.00 at 4.75 % over 2018-06-21 … 09-20, all of it subsidised. */
function aCase(changes: Partial<SubsidyCase> = {}): SubsidyCase {
  return {
    stretches: [
      {
        fromOn: day('2018-06-21'),
        untilOn: day('2018-09-21'),
        principalFen: fen(5_000_000),
        ratePpm: ppm(47_500),
      },
    ],
    basis: 360,
    productCode: 'FPXD',
    onList: true,
    maturesOn: day('2021-06-20'),
    holds: [],
    ceilingFen: fen(5_000_000),
    shares: [
      {
        fromOn: day('2018-06-21'),
        untilOn: day('2018-09-21'),
        rowId: 'share-longsheng-2014',
        sharePpm: { FPXD: 1_000_000 },
      },
    ],
    ...changes,
  };
}

/** 100,000.00 at 3.45 % over 2024-03-21 … 06-20. */
function bigCase(sharePpm: number): SubsidyCase {
  const [from, until] = [day('2024-03-21'), day('2024-06-21')];
  return aCase({
    stretches: [
      { fromOn: from, untilOn: until, principalFen: fen(10_000_000), ratePpm: ppm(34_500) },
    ],
    productCode: 'TPXD',
    maturesOn: day('2026-03-01'),
    shares: [{ fromOn: from, untilOn: until, rowId: 'row', sharePpm: { TPXD: sharePpm } }],
  });
}

const told = (asked: SubsidyCase) => {
  const { interestFen, subsidisedFen, excluded } = subsidyOwed(asked);
  return [
    yuan(interestFen),
    yuan(subsidisedFen),
    ...excluded.map(({ reason, amountFen }) => `${reason} ${yuan(amountFen)}`),
  ];
};

describe('The subsidy of one loan and quarter', () => {
  test('a full quarter of 50,000 at 4.75 % is 92 days and 606.94, all of it subsidised', () => {
    expect(told(aCase())).toEqual(['606.94', '606.94']);
    const { parts } = subsidyOwed(aCase());
    expect(parts).toMatchObject([
      { days: 92, reason: null, shareRowId: 'share-longsheng-2014', amountFen: 60_694 },
    ]);
  });

  test('of 100,000 the half above the ceiling is the borrower’s: 440.83, rounded from the exact half', () => {
    expect(told(bigCase(1_000_000))).toEqual(['881.67', '440.83', 'OVER_CEILING 440.84']);
  });

  test('at 70 % the half is 308.58, and the rest has its two reasons', () => {
    expect(told(bigCase(700_000))).toEqual([
      '881.67',
      '308.58',
      'OVER_CEILING 440.84',
      'SHARE_BELOW_WHOLE 132.25',
    ]);
  });

  test('the share follows the day: 2023 whole, 2024 seven tenths, rounded once over both', () => {
    const asked = aCase({
      stretches: [
        {
          fromOn: day('2023-12-21'),
          untilOn: day('2024-03-21'),
          principalFen: fen(5_000_000),
          ratePpm: ppm(34_500),
        },
      ],
      productCode: 'TPXD',
      maturesOn: day('2025-06-01'),
      shares: [
        {
          fromOn: day('2023-12-21'),
          untilOn: day('2024-01-01'),
          rowId: 'share-longsheng-2021',
          sharePpm: { TPXD: 1_000_000 },
        },
        {
          fromOn: day('2024-01-01'),
          untilOn: day('2024-03-21'),
          rowId: 'share-longsheng-2024',
          sharePpm: { TPXD: 700_000 },
        },
      ],
    });
    // 11 days whole and 80 days at 70 %: 50,000 × 3.45 % × (11 + 56) / 360 = 321.04.
    expect(told(asked)).toEqual(['436.04', '321.04', 'SHARE_BELOW_WHOLE 115.00']);
    expect(subsidyOwed(asked).parts.map(({ days, shareRowId }) => [days, shareRowId])).toEqual([
      [11, 'share-longsheng-2021'],
      [80, 'share-longsheng-2024'],
      [80, 'share-longsheng-2024'],
    ]);
  });

  test('nothing from the day of maturity on', () => {
    const owed = subsidyOwed(aCase({ maturesOn: day('2018-08-20') }));
    expect(owed.parts.map(({ days, reason }) => [days, reason])).toEqual([
      [60, null],
      [32, 'OVERDUE_DAYS'],
    ]);
    expect(yuan(owed.subsidisedFen)).toBe('395.83');
    expect(told(aCase({ maturesOn: day('2018-06-01') }))).toEqual([
      '606.94',
      '0.00',
      'OVERDUE_DAYS 606.94',
    ]);
  });

  test('nothing from the day on which a failed check holds it, and from which the right is lost', () => {
    const held = { fromOn: day('2018-08-20'), reason: 'USE_CHECK_HELD' } as const;
    const lost = { fromOn: day('2018-09-01'), reason: 'USE_DIVERTED' } as const;
    const parts = (holds: SubsidyCase['holds'], maturesOn = '2021-06-20') =>
      subsidyOwed(aCase({ holds, maturesOn: day(maturesOn) })).parts.map(
        ({ fromOn, days, reason }) => `${fromOn} ${days} ${reason}`,
      );
    expect(parts([held])).toEqual(['2018-06-21 60 null', '2018-08-20 32 USE_CHECK_HELD']);
    expect(parts([lost, held])).toEqual([
      '2018-06-21 60 null',
      '2018-08-20 12 USE_CHECK_HELD',
      '2018-09-01 20 USE_DIVERTED',
    ]);
    // What is lost is not held besides, the term ends all of it, and what begins later changes nothing.
    expect(parts([{ ...held, fromOn: day('2018-09-05') }, lost])).toEqual([
      '2018-06-21 72 null',
      '2018-09-01 20 USE_DIVERTED',
    ]);
    expect(parts([{ ...lost, fromOn: day('2018-06-01') }], '2018-08-20')).toEqual([
      '2018-06-21 60 USE_DIVERTED',
      '2018-08-20 32 OVERDUE_DAYS',
    ]);
    expect(parts([{ ...held, fromOn: day('2018-09-21') }])).toEqual(['2018-06-21 92 null']);
    expect(told(aCase({ holds: [held] }))).toEqual(['606.94', '395.83', 'USE_CHECK_HELD 211.11']);
  });

  test('nothing for a household that was not on the list, whatever else is the matter', () => {
    const asked = aCase({ onList: false, maturesOn: day('2018-08-20'), ceilingFen: fen(0) });
    expect(told(asked)).toEqual(['606.94', '0.00', 'NOT_ON_LIST 606.94']);
  });

  test('nothing for a product that the share row does not name', () => {
    expect(told(aCase({ productCode: 'BFXD' }))).toEqual([
      '606.94',
      '0.00',
      'PRODUCT_NOT_SUBSIDISED 606.94',
    ]);
  });

  test('a repayment in the middle moves no fen', () => {
    const asked = aCase();
    const [whole] = asked.stretches;
    const cut = { ...whole!, untilOn: day('2018-08-03') };
    const rest = { ...whole!, fromOn: day('2018-08-03') };
    expect(told({ ...asked, stretches: [cut, rest] })).toEqual(['606.94', '606.94']);
  });

  test('days without a share row are a mistake of the program', () => {
    const [row] = aCase().shares;
    const gap = [{ ...row!, untilOn: day('2018-09-20') }];
    expect(() => subsidyOwed(aCase({ shares: gap }))).toThrow(/cover every day/);
  });
});

const period = settlementPeriod('2024Q1');
const length = daysBetween(period.from, period.untilExclusive);

/** Cuts of the period, ascending, with both ends. */
const cuts = fc
  .uniqueArray(fc.integer({ min: 1, max: length - 1 }), { maxLength: 4 })
  .map((inner) => [0, ...[...inner].sort((a, b) => a - b), length])
  .map((days) => days.map((count) => addDays(period.from, count)));

const from = (days: number, reason: HoldFrom['reason']): HoldFrom => ({
  fromOn: addDays(period.from, days),
  reason,
});

const anyCase = fc
  .record({
    loanCuts: cuts,
    shareCuts: cuts,
    principals: fc.array(fc.integer({ min: 1, max: 20_000_000 }), { minLength: 5, maxLength: 5 }),
    rates: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 5, maxLength: 5 }),
    shares: fc.array(fc.option(fc.integer({ min: 0, max: 1_000_000 })), {
      minLength: 5,
      maxLength: 5,
    }),
    basis: fc.constantFrom<DayBasis>(360, 364, 365),
    onList: fc.boolean(),
    matures: fc.option(fc.integer({ min: -10, max: length + 10 })),
    ceiling: fc.constantFrom(0, 1, 4_999_999, 5_000_000, 30_000_000),
    held: fc.option(fc.integer({ min: -10, max: length + 10 })),
    lost: fc.option(fc.integer({ min: -10, max: length + 10 })),
  })
  .map((drawn): SubsidyCase => {
    const stretches = drawn.loanCuts.slice(0, -1).map((fromOn, at) => ({
      fromOn,
      untilOn: drawn.loanCuts[at + 1]!,
      principalFen: fen(drawn.principals[at]!),
      ratePpm: ppm(drawn.rates[at]!),
    }));
    const shares = drawn.shareCuts.slice(0, -1).map((fromOn, at) => {
      const share = drawn.shares[at];
      const sharePpm: Record<string, number> = share === null ? {} : { TPXD: share! };
      return { fromOn, untilOn: drawn.shareCuts[at + 1]!, rowId: `row-${at}`, sharePpm };
    });
    return {
      ...{ stretches, shares, basis: drawn.basis, productCode: 'TPXD', onList: drawn.onList },
      maturesOn: drawn.matures === null ? null : addDays(period.from, drawn.matures),
      ceilingFen: fen(drawn.ceiling),
      holds: [
        ...(drawn.held === null ? [] : [from(drawn.held, 'USE_CHECK_HELD')]),
        ...(drawn.lost === null ? [] : [from(drawn.lost, 'USE_DIVERTED')]),
      ],
    };
  });

describe('Whatever the loan', () => {
  test('every fen is subsidised or excluded with one reason, and parts sum to both', () => {
    void fc.assert(
      fc.property(anyCase, (asked) => {
        const owed = subsidyOwed(asked);
        const segments = asked.stretches.map(({ fromOn, untilOn, ...rest }) => ({
          ...rest,
          days: daysBetween(fromOn, untilOn),
        }));
        expect(owed.interestFen).toBe(interestOfSegments(segments, asked.basis));
        expect(addFen(owed.subsidisedFen, owed.excludedFen)).toBe(owed.interestFen);
        const excluded = addFen(...owed.excluded.map(({ amountFen }) => amountFen));
        expect(excluded).toBe(owed.excludedFen);
        expect(addFen(...owed.parts.map(({ amountFen }) => amountFen))).toBe(owed.interestFen);
        expect(owed.parts.every(({ amountFen }) => amountFen >= 0)).toBe(true);
        const reasons = owed.excluded.map(({ reason }) => reason);
        expect(reasons).toEqual(EXCLUSIONS.filter((reason) => reasons.includes(reason)));
      }),
    );
  });

  test('the subsidised amount is the exact product of its parts, rounded once', () => {
    void fc.assert(
      fc.property(anyCase, (asked) => {
        const { parts, subsidisedFen } = subsidyOwed(asked);
        const paid = parts.filter(({ reason }) => reason === null);
        expect(subsidisedFen).toBe(interestOfSegments(paid, asked.basis));
      }),
    );
  });
});
