/** The laws of schedules, over random contracts. */
import fc from 'fast-check';
import { partsToBook } from '../../src/loans/interest';
import { addDays, addMonths, businessDate, daysBetween } from '../../src/platform/dates';
import { type DayBasis, type Fen, fen, interestFen } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import { amount, fenOf, sumOf } from '../../src/schedules/exact';
import { readProduct } from '../../src/schedules/read-product';
import { readPaymentRules, readTransactions } from '../../src/schedules/read-transactions';
import { type Schedule, scheduleOf } from '../../src/schedules/schedule';

type Product = Record<string, unknown>;

const day = fc
  .integer({ min: 0, max: 5000 })
  .map((days) => addDays(businessDate('2015-01-01'), days));
const cents = fc.integer({ min: 100, max: 10_000_000 });
const rate = fc.integer({ min: 0, max: 400_000 });
const dayCount = fc.constantFrom('30/360', 'ACT/360', 'ACT/364', 'ACT/365', 'ACT/ACT');
const rounding = fc.constantFrom('HALF_UP', 'HALF_EVEN');
const unit = fc.constantFrom('days', 'weeks', 'months', 'quarters', 'years');

const product: fc.Arbitrary<Product> = fc
  .record({
    principal: cents.map((value) => amount(value).div(100).toNumber()),
    annualRate: rate.map((value) => amount(value).div(10_000).toNumber()),
    nInstallments: fc.integer({ min: 1, max: 30 }),
    repayEvery: fc.integer({ min: 1, max: 3 }),
    unit,
    amortization: fc.constantFrom(
      ...['settlementDayBullet', 'allAtMaturity', 'interestOnlyBullet'],
      ...['equalInstallments', 'equalPrincipal'],
    ),
    interestMethod: fc.constantFrom('declining', 'declining', 'flat'),
    interestPeriod: fc.constantFrom('daily', 'sameAsRepayment'),
    dayCount,
    rounding,
    startDate: day,
    installmentMultiplesOf: fc.constantFrom(null, null, 1, 10),
    installmentSmoothed: fc.boolean(),
    graces: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
  })
  .map(({ graces: [onPrincipal, onInterest], ...fields }) => ({
    ...fields,
    graceOnPrincipal: onPrincipal % fields.nInstallments,
    graceOnInterestPayment: onInterest % fields.nInstallments,
  }));

const read = (fields: Product) => readProduct({ path: 'product', values: fields });

function holds(schedule: Schedule, principal: unknown): void {
  const { lines } = schedule;
  let balance = amount(String(principal));
  let before = '';
  for (const line of lines) {
    expect(line.principal.gte(0) && line.interest.gte(0) && line.balance.gte(0)).toBe(true);
    balance = balance.minus(line.principal);
    expect(line.balance.eq(balance)).toBe(true);
    expect(line.total.eq(line.principal.plus(line.interest))).toBe(true);
    expect(line.period.due > before).toBe(true);
    before = line.period.due;
  }
  expect(balance.isZero()).toBe(true);
  expect(schedule.principal.eq(String(principal))).toBe(true);
  expect(schedule.interest.eq(sumOf(lines.map(({ interest }) => interest)))).toBe(true);
}

describe('Every schedule', () => {
  test('repays the loan to the cent, never owes less than nothing, and goes forward', () => {
    fc.assert(
      fc.property(product, (fields) => holds(scheduleOf(read(fields)), fields.principal)),
      { numRuns: 150 },
    );
  });

  test('counts its dates from the start: month ends are clipped and come back', () => {
    const months = { unit: 'months', amortization: 'equalPrincipal' };
    fc.assert(
      fc.property(product, (fields) => {
        const terms = read({ ...fields, ...months });
        for (const { period } of scheduleOf(terms).lines) {
          expect(period.due).toBe(addMonths(terms.start, terms.every * period.number));
        }
      }),
    );
  });

  test('follows on from the day before without a gap', () => {
    fc.assert(
      fc.property(product, (fields) => {
        const { lines } = scheduleOf(read(fields));
        expect(lines[0]!.period.from).toBe(fields.startDate);
        for (const [index, line] of lines.entries()) {
          const next = lines[index + 1];
          if (next) expect(next.period.from).toBe(line.period.until);
        }
      }),
    );
  });

  test('in level instalments pays the same each time but the last', () => {
    const level = { amortization: 'equalInstallments', interestMethod: 'declining' };
    const none = { graceOnPrincipal: 0, graceOnInterestPayment: 0, installmentMultiplesOf: null };
    fc.assert(
      fc.property(product, (fields) => {
        const { lines } = scheduleOf(read({ ...fields, ...level, ...none }));
        // At usurious rates a long period may bear more interest than the level amount: no principal then.
        const paying = lines.slice(0, -1).filter((line) => line.principal.gt(0));
        const [first] = paying;
        for (const line of paying.filter(({ balance }) => balance.gt(0))) {
          expect(line.total.eq(first!.total)).toBe(true);
        }
      }),
    );
  });

  test('in grace collects all interest that it would have collected without', () => {
    fc.assert(
      fc.property(product, (fields) => {
        const late = scheduleOf(read(fields));
        const plain = scheduleOf(read({ ...fields, graceOnInterestPayment: 0 }));
        expect(late.interest.eq(plain.interest)).toBe(true);
        const grace = Math.min(Number(fields.graceOnInterestPayment), late.lines.length - 1);
        expect(sumOf(late.lines.slice(0, grace).map(({ interest }) => interest)).isZero()).toBe(
          true,
        );
      }),
    );
  });
});

describe('Interest', () => {
  const bullet = { amortization: 'interestOnlyBullet', interestMethod: 'declining' };

  test.each([
    ['HALF_UP', 0.51],
    ['HALF_EVEN', 0.5],
  ])('of exactly half a cent is rounded by %s to %d', (rounded, interest) => {
    const fields = { principal: 101, annualRate: 6, nInstallments: 1, startDate: '2024-01-01' };
    const more = { ...bullet, dayCount: '30/360', rounding: rounded };
    expect(scheduleOf(read({ ...fields, ...more })).interest.toNumber()).toBe(interest);
  });

  test('by real days is that of the one function of the house', () => {
    const basis = fc.constantFrom<DayBasis>(360, 364, 365);
    fc.assert(
      fc.property(product, basis, (fields, year) => {
        const plain = { graceOnInterestPayment: 0, rounding: 'HALF_UP', interestPeriod: 'daily' };
        const terms = read({ ...fields, ...bullet, ...plain, dayCount: `ACT/${year}` });
        const principalFen = fenOf(terms.principal);
        const ratePpm = ppm(terms.rates[0]!.percent.times(10_000).toNumber());
        for (const { interest, period } of scheduleOf(terms).lines) {
          const days = daysBetween(period.from, period.until);
          const wanted = interestFen({ principalFen, ratePpm, days, basis: year });
          expect(fenOf(interest)).toBe(wanted);
        }
      }),
    );
  });

  test('settled each quarter is, period by period, what the loan book books', () => {
    const of = fc.tuple(cents, rate, day, fc.integer({ min: 1, max: 60 }));
    const basis = fc.constantFrom<DayBasis>(360, 365);
    fc.assert(
      fc.property(of, basis, ([principal, ratePpm, start, months], year) => {
        const maturesOn = addMonths(start, months);
        const booked = partsToBook({
          terms: { ratePpm: ppm(ratePpm), surchargePpm: ppm(500_000), basis: year },
          ...{ principalFen: fen(principal), maturesOn, bookedUntil: start, until: maturesOn },
          booked: [],
        });
        const { lines } = scheduleOf(
          read({
            principal: amount(principal).div(100).toNumber(),
            annualRate: amount(ratePpm).div(10_000).toNumber(),
            ...{ nInstallments: months, startDate: start, dayCount: `ACT/${year}` },
          }),
        );
        const ofLines: [string, string, Fen][] = lines
          .filter(({ period }) => period.from < period.until)
          .map(({ period, interest }) => [period.from, period.until, fenOf(interest)]);
        expect(ofLines).toEqual(
          booked.map(({ fromOn, untilOn, amountFen }) => [fromOn, untilOn, amountFen]),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('Payments', () => {
  const payment = fc.record({
    after: fc.integer({ min: 0, max: 500 }),
    part: fc.integer({ min: 1, max: 1_500 }),
  });
  const rules = fc.record({
    interestRecalculation: fc.constantFrom('none', 'daily'),
    prepaymentRule: fc.constantFrom('nextInstallment', 'lastInstallment'),
    payoffInterest: fc.constantFrom('toPayoffDate', 'toNextDueDate'),
  });
  const level = {
    ...{ amortization: 'equalInstallments', interestMethod: 'declining', unit: 'months' },
    ...{ graceOnPrincipal: 0, graceOnInterestPayment: 0, installmentMultiplesOf: null },
  };

  test('are all accounted for, line by line, and the loan is still repaid to the cent', () => {
    fc.assert(
      fc.property(product, rules, fc.array(payment, { maxLength: 5 }), (fields, how, made) => {
        const values = { ...fields, ...level, ...how };
        const terms = read(values);
        const transactions = made.map(({ after, part }) => ({
          type: 'repayment',
          date: addDays(terms.start, after),
          amount: terms.principal.times(part).div(1000).toDecimalPlaces(2).plus(0.01).toNumber(),
        }));
        const schedule = scheduleOf(terms, {
          ...readTransactions({ path: '', values: { transactions } }),
          rules: readPaymentRules({ path: 'product', values }),
          asOf: null,
        });
        holds(schedule, fields.principal);
        const paid = sumOf(schedule.lines.map((line) => line.paid!.paid));
        const given = sumOf(transactions.map((each) => amount(each.amount)));
        const owed = schedule.principal.plus(schedule.interest);
        expect(paid.eq(given.lt(owed) ? given : owed)).toBe(true);
        for (const { paid: on, total } of schedule.lines) {
          expect(on!.paid.lte(total)).toBe(true);
          expect(on!.paidInAdvance.plus(on!.paidLate).lte(on!.paid)).toBe(true);
          if (on!.paidOn) expect(on!.paid.eq(total)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
