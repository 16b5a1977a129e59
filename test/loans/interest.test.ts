/** Interest: the published vectors, the cuts at settlement days and maturity, and the law of one rounding. */
import fc from 'fast-check';
import {
  type InterestPart,
  interestOfParts,
  interestTrial,
  overdueDaysOn,
  partsToBook,
  sumOfParts,
} from '../../src/loans/interest';
import {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  quarterOf,
} from '../../src/platform/dates';
import {
  addFen,
  type DayBasis,
  type Fen,
  fen,
  interestFen,
  parseYuan,
  yuan,
} from '../../src/platform/money';
import { parsePercent, ppm } from '../../src/platform/rate';

const day = businessDate;
const terms = { ratePpm: ppm(47_500), surchargePpm: ppm(500_000), basis: 360 as DayBasis };

describe('The trial calculator', () => {
  // Policy facts §4.2: principal, rate, from, to, days, interest.
  test.each([
    ['50000', '4.75', '2018-06-21', '2018-09-21', 92, '606.94'],
    ['50000', '4.35', '2018-01-15', '2018-03-21', 65, '392.71'],
    ['50000', '4.75', '2018-09-21', '2018-11-01', 41, '270.49'],
    ['30000', '3.65', '2022-09-21', '2022-12-21', 91, '276.79'],
    ['100000', '3.45', '2024-03-21', '2024-06-21', 92, '881.67'],
  ])(
    '%s yuan at %s %% from %s to %s is %i days and %s yuan',
    (principal, rate, from, to, days, interest) => {
      const trial = interestTrial({
        principalFen: parseYuan(principal),
        ratePpm: parsePercent(rate),
        from: day(from),
        to: day(to),
        basis: 360,
      });
      expect([trial.days, yuan(trial.interestFen)]).toEqual([days, interest]);
    },
  );

  test.each([
    ['50', '440.83'],
    ['70', '617.17'],
  ])('a share is taken of the exact interest: %s %% of the last vector is %s', (share, amount) => {
    const whole = { principalFen: fen(10_000_000), ratePpm: ppm(34_500), days: 92 };
    expect(yuan(interestFen({ ...whole, sharePpm: parsePercent(share), basis: 360 }))).toBe(amount);
  });

  test('a subsidised half million of the last vector, at 70 % of 50,000 yuan, is 308.58', () => {
    const half = { principalFen: fen(5_000_000), ratePpm: ppm(34_500), days: 92 };
    expect(yuan(interestFen({ ...half, basis: 360 }))).toBe('440.83');
    expect(yuan(interestFen({ ...half, sharePpm: ppm(700_000), basis: 360 }))).toBe('308.58');
  });

  test('one day is counted from a day to the next, none from a day to itself', () => {
    const asked = { principalFen: fen(5_000_000), ratePpm: ppm(47_500), basis: 360 as DayBasis };
    const from = day('2018-06-20');
    expect(interestTrial({ ...asked, from, to: addDays(from, 1) })).toEqual({
      days: 1,
      interestFen: 660,
    });
    expect(interestTrial({ ...asked, from, to: from })).toEqual({ days: 0, interestFen: 0 });
  });
});

/** What is asked of a loan of 50,000 yuan lent on 2018-06-15 for three years. */
function loan(changes: Partial<Parameters<typeof partsToBook>[0]> = {}) {
  return {
    terms,
    principalFen: fen(5_000_000),
    maturesOn: day('2021-06-15'),
    bookedUntil: day('2018-06-15'),
    until: day('2018-06-21'),
    booked: [] as InterestPart[],
    ...changes,
  };
}

describe('Parts to book', () => {
  test('a period ends with the 20th, and the next begins with the 21st', () => {
    const parts = partsToBook(loan({ until: day('2018-09-21') }));
    expect(parts.map((part) => [part.periodCode, part.kind, part.fromOn, part.untilOn])).toEqual([
      ['2018Q2', 'NORMAL', '2018-06-15', '2018-06-21'],
      ['2018Q3', 'NORMAL', '2018-06-21', '2018-09-21'],
    ]);
    expect(parts.map((part) => [part.days, yuan(part.amountFen)])).toEqual([
      [6, '39.58'],
      [92, '606.94'],
    ]);
  });

  test('maturity ends a period: then come the contract rate and the surcharge, apart', () => {
    const parts = partsToBook(loan({ bookedUntil: day('2021-03-21'), until: day('2021-06-21') }));
    expect(parts.map((part) => [part.kind, part.days, yuan(part.amountFen)])).toEqual([
      ['NORMAL', 86, '567.36'],
      ['OVERDUE', 6, '39.58'],
      ['PENALTY', 6, '19.79'],
    ]);
    expect(sumOfParts(parts)).toEqual({ interestFen: 60_694, penaltyFen: 1979 });
  });

  test('what is booked in the middle of a period is taken off the whole of it', () => {
    const first = partsToBook(loan({ bookedUntil: day('2018-06-21'), until: day('2018-07-02') }));
    const rest = partsToBook(
      loan({
        bookedUntil: day('2018-07-02'),
        until: day('2018-09-21'),
        booked: first,
      }),
    );
    expect(rest[0]?.partNo).toBe(2);
    expect(yuan(addFen(first[0]!.amountFen, rest[0]!.amountFen))).toBe('606.94');
  });

  test('nothing is booked backwards, twice, or on nothing', () => {
    expect(partsToBook(loan({ until: day('2018-06-15') }))).toEqual([]);
    expect(partsToBook(loan({ until: day('2018-06-01') }))).toEqual([]);
    expect(partsToBook(loan({ principalFen: fen(0) }))).toEqual([]);
  });

  test('a penalty of a broken rate is taken exactly', () => {
    const odd = { ratePpm: ppm(43_333), surchargePpm: ppm(300_000), basis: 365 as DayBasis };
    const part = { kind: 'PENALTY' as const, principalFen: fen(5_000_000), days: 91 };
    // 5,000,000 × 43,333 × 30 % × 91 ÷ (365 × 10⁶) = 16,205.35… fen.
    expect(interestOfParts([part], odd)).toBe(16_205);
  });
});

/** A life: booked at some days, the principal falling at each of them. */
const life = fc.record({
  principal: fc.integer({ min: 1, max: 10_000_000 }),
  rate: fc.integer({ min: 1, max: 200_000 }),
  surcharge: fc.integer({ min: 0, max: 1_000_000 }),
  basis: fc.constantFrom<DayBasis>(360, 364, 365),
  start: fc.integer({ min: 0, max: 1500 }),
  termMonths: fc.integer({ min: 1, max: 36 }),
  stops: fc.array(fc.record({ days: fc.integer({ min: 0, max: 120 }), share: fc.nat(100) }), {
    minLength: 1,
    maxLength: 12,
  }),
});

describe('Laws of interest', () => {
  test('parts never drift from the whole: each period and kind is rounded once', () => {
    fc.assert(
      fc.property(life, ({ principal, rate, surcharge, basis, start, termMonths, stops }) => {
        const odd = { ratePpm: ppm(rate), surchargePpm: ppm(surcharge), basis };
        const from = addDays(day('2016-01-01'), start);
        const maturesOn = addMonths(from, termMonths);
        const booked: InterestPart[] = [];
        let bookedUntil: BusinessDate = from;
        let owed = principal;
        for (const { days, share } of stops) {
          const until = addDays(bookedUntil, days);
          const principalFen = fen(owed);
          const asked = { terms: odd, principalFen, maturesOn, bookedUntil, until };
          // Only the period in progress is looked at, as the store does.
          const code = quarterOf(bookedUntil);
          const inProgress = booked.filter((part) => part.periodCode === code);
          booked.push(...partsToBook({ ...asked, booked: inProgress }));
          bookedUntil = until;
          owed = Math.floor((owed * (100 - share)) / 100);
        }
        for (const periodCode of new Set(booked.map((part) => part.periodCode))) {
          for (const kind of ['NORMAL', 'OVERDUE', 'PENALTY'] as const) {
            const parts = booked.filter((p) => p.periodCode === periodCode && p.kind === kind);
            const sum = addFen(...parts.map((part) => part.amountFen));
            expect(sum).toBe(interestOfParts(parts, odd));
            expect(parts.map((part) => part.partNo)).toEqual(parts.map((_, index) => index + 1));
          }
        }
      }),
    );
  });

  test('how often a period is booked changes no fen of it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 91 }), { maxLength: 8 }), (cuts) => {
        const from = day('2018-06-21');
        const days = [...new Set(cuts)].sort((a, b) => a - b);
        const booked: InterestPart[] = [];
        for (const until of [...days.map((n) => addDays(from, n)), day('2018-09-21')]) {
          const bookedUntil = booked.at(-1)?.untilOn ?? from;
          booked.push(...partsToBook(loan({ bookedUntil, until, booked })));
        }
        expect(yuan(addFen(...booked.map((part): Fen => part.amountFen)))).toBe('606.94');
      }),
    );
  });
});

describe('Days overdue', () => {
  test.each([
    ['2021-06-14', 0],
    ['2021-06-15', 0],
    ['2021-06-16', 1],
    ['2021-09-14', 91],
  ])('on %s they are %i', (on, days) => {
    expect(overdueDaysOn(day('2021-06-15'), fen(1), day(on))).toBe(days);
  });

  test('nothing outstanding is never overdue', () => {
    expect(overdueDaysOn(day('2021-06-15'), fen(0), day('2022-01-01'))).toBe(0);
  });
});
