/** Schedules as a county's banks write them, reckoned by hand: quarterly settlement, month ends, broken periods. */
import type { CaseRow } from '../../src/schedules/case';
import { answerCase } from '../../src/schedules/case';

type Short = [date: string, principal: number, interest: number];

function rowsOf(product: Record<string, unknown>, transactions: object[] = []): CaseRow[] {
  const { answer } = answerCase({ product, transactions });
  if ('error' in answer) throw new Error(answer.error);
  return [...answer.expected];
}

const short = (rows: readonly CaseRow[]): Short[] =>
  rows.map(({ date, principalDue, interestDue }) => [date!, principalDue, interestDue]);

const loan = { principal: 50_000, annualRate: 4.75, nInstallments: 12 };

describe('按季结息到期还本', () => {
  test('is what a product without a method means; a year from the first day of a period is four settlements', () => {
    const rows = rowsOf({ ...loan, startDate: '2018-06-21' });
    expect(rows[0]).toEqual({
      ...{ period: 1, from: '2018-06-21', date: '2018-09-20' },
      ...{ principalDue: 0, interestDue: 606.94, totalDue: 606.94, balance: 50_000 },
    });
    expect(short(rows)).toEqual([
      ['2018-09-20', 0, 606.94],
      ['2018-12-20', 0, 600.35],
      ['2019-03-20', 0, 593.75],
      ['2019-06-20', 0, 606.94],
      // Maturity on the 21st: all interest was settled the day before.
      ['2019-06-21', 50_000, 0],
    ]);
  });

  test('has a broken first and a broken last period', () => {
    const rows = rowsOf({ ...loan, startDate: '2018-08-03' });
    expect(short(rows)).toEqual([
      ['2018-09-20', 0, 323.26],
      ['2018-12-20', 0, 600.35],
      ['2019-03-20', 0, 593.75],
      ['2019-06-20', 0, 606.94],
      ['2019-08-03', 50_000, 283.68],
    ]);
    expect(rows.map(({ from }) => from)).toEqual([
      ...['2018-08-03', '2018-09-21', '2018-12-21', '2019-03-21', '2019-06-21'],
    ]);
  });

  test('that matures on a settlement day settles there, that day not counted', () => {
    const rows = rowsOf({ ...loan, startDate: '2018-06-20', maturityDate: '2018-09-20' });
    expect(short(rows)).toEqual([
      ['2018-06-20', 0, 6.6],
      ['2018-09-20', 50_000, 600.35],
    ]);
  });

  test('may be named in Chinese and reckoned by 365 days', () => {
    const product = { ...loan, startDate: '2018-06-21', dayCount: 'ACT/365' };
    const [first] = rowsOf({ ...product, amortization: '按季结息到期还本' });
    expect(first!.interestDue).toBe(598.63);
  });

  test('by months of 30 days a whole quarter is a quarter of the year', () => {
    const product = { ...loan, startDate: '2018-06-21', dayCount: '30/360' };
    expect(rowsOf(product).map(({ interestDue }) => interestDue)).toEqual([
      ...[593.75, 593.75, 593.75, 593.75, 0],
    ]);
  });
});

describe('利随本清', () => {
  test('pays everything at maturity, whose day is clipped to the month end', () => {
    const product = { principal: 10_000, annualRate: 4.35, nInstallments: 12 };
    const start = { startDate: '2020-02-29', amortization: 'allAtMaturity' };
    expect(short(rowsOf({ ...product, ...start }))).toEqual([['2021-02-28', 10_000, 441.04]]);
  });
});

describe('等额本金', () => {
  test('monthly from the end of January by ACT/360: clipped in February, not after it', () => {
    const rows = rowsOf({
      ...{ principal: 30_000, annualRate: 4.35, nInstallments: 3, amortization: 'equalPrincipal' },
      startDate: '2021-01-31',
    });
    expect(short(rows)).toEqual([
      ['2021-02-28', 10_000, 101.5],
      ['2021-03-31', 10_000, 74.92],
      ['2021-04-30', 10_000, 36.25],
    ]);
  });

  test('quarterly by ACT/365', () => {
    const rows = rowsOf({
      ...{ principal: 40_000, annualRate: 3.65, nInstallments: 4, amortization: '等额本金' },
      ...{ startDate: '2021-11-30', unit: 'quarters', dayCount: 'ACT/365' },
    });
    expect(short(rows)).toEqual([
      ['2022-02-28', 10_000, 360],
      ['2022-05-30', 10_000, 273],
      ['2022-08-30', 10_000, 184],
      ['2022-11-30', 10_000, 92],
    ]);
  });

  test('with grace repays only after it, in equal parts of what is left of the term', () => {
    const rows = rowsOf({
      ...{ principal: 30_000, annualRate: 6, nInstallments: 4, amortization: 'equalPrincipal' },
      ...{ startDate: '2021-01-01', dayCount: '30/360', graceOnPrincipal: 1 },
      graceOnInterestPayment: 2,
    });
    expect(short(rows)).toEqual([
      ['2021-02-01', 0, 0],
      ['2021-03-01', 10_000, 0],
      // 150 + 150 of the grace and 100 of its own.
      ['2021-04-01', 10_000, 400],
      ['2021-05-01', 10_000, 50],
    ]);
  });

  test('in whole units repays whole units, the last takes the rest', () => {
    const rows = rowsOf({
      ...{ principal: 10_000, annualRate: 6, nInstallments: 3, amortization: 'equalPrincipal' },
      ...{ startDate: '2021-01-01', installmentMultiplesOf: 100 },
    });
    expect(rows.map(({ principalDue }) => principalDue)).toEqual([3300, 3300, 3400]);
  });
});

describe('等额本息', () => {
  test('over twelve months at 4.75 %', () => {
    const rows = rowsOf({
      ...{ ...loan, amortization: 'equalInstallments', dayCount: '30/360' },
      startDate: '2021-01-15',
    });
    expect(rows[0]).toMatchObject({ principalDue: 4076.73, interestDue: 197.92 });
    expect(rows[1]).toMatchObject({ principalDue: 4092.87, interestDue: 181.78 });
    expect(rows[11]).toMatchObject({ principalDue: 4257.77, interestDue: 16.85, balance: 0 });
    expect(new Set(rows.slice(0, 11).map(({ totalDue }) => totalDue))).toEqual(new Set([4274.65]));
  });

  test('with a broken first period: a month and ten of the 28 days of the next', () => {
    const rows = rowsOf({
      ...{ principal: 12_000, annualRate: 6, nInstallments: 3, amortization: '等额本息' },
      ...{ startDate: '2021-01-10', firstDueDate: '2021-02-20', dayCount: '30/360' },
    });
    expect(short(rows)).toEqual([
      ['2021-02-20', 3965.82, 81.43],
      ['2021-03-20', 4007.08, 40.17],
      ['2021-04-20', 4027.1, 20.14],
    ]);
  });

  test('with a broken last period of 14 of 30 days', () => {
    const rows = rowsOf({
      ...{ principal: 3000, annualRate: 6, nInstallments: 3, amortization: 'equalPrincipal' },
      ...{ startDate: '2021-01-10', maturityDate: '2021-03-24', dayCount: '30/360' },
    });
    // 10 March to 10 April has 31 days: 1000 × 0.5 % × 14 ÷ 31.
    expect(short(rows)).toEqual([
      ['2021-02-10', 1000, 15],
      ['2021-03-10', 1000, 10],
      ['2021-03-24', 1000, 2.26],
    ]);
  });
});

describe('An own plan of the principal', () => {
  const plan = { principal: 9000, annualRate: 4, nInstallments: 3, amortization: '自定义' };
  const more = { startDate: '2021-01-01', unit: 'years', dayCount: '30/360' };

  test('in amounts', () => {
    const amounts = { principalAmounts: [1000, 3000, 5000] };
    expect(short(rowsOf({ ...plan, ...more, ...amounts }))).toEqual([
      ['2022-01-01', 1000, 360],
      ['2023-01-01', 3000, 320],
      ['2024-01-01', 5000, 200],
    ]);
  });

  test('in shares, on dates of its own', () => {
    const dueDates = ['2021-07-01', '2021-12-15', '2022-06-01'];
    const shares = { principalShares: [0.3333, 0.3333, 0.3333], dueDates, dayCount: 'ACT/360' };
    expect(short(rowsOf({ ...plan, ...more, ...shares }))).toEqual([
      ['2021-07-01', 2999.7, 181],
      ['2021-12-15', 2999.7, 111.34],
      ['2022-06-01', 3000.6, 56.01],
    ]);
  });
});

describe('Flat interest', () => {
  test('is on the whole principal to the end', () => {
    const product = { ...loan, amortization: 'equalInstallments', interestMethod: 'flat' };
    const rows = rowsOf({ ...product, startDate: '2021-01-15', dayCount: '30/360' });
    const interest = rows.reduce((sum, row) => sum + Math.round(row.interestDue * 100), 0);
    expect([rows[0]!.interestDue, interest]).toEqual([197.92, 237_504]);
  });
});

describe('A loan paid off to the next due date', () => {
  const product = {
    ...{ principal: 1000, annualRate: 7, nInstallments: 3, amortization: 'equalInstallments' },
    ...{ dayCount: '30/360', startDate: '2024-06-01', rounding: 'HALF_EVEN' },
    interestRecalculation: 'daily, on actual principal',
  };
  const payoff = (date: string, payoffInterest: string) =>
    rowsOf({ ...product, payoffInterest }, [{ type: 'payoff', date }]);

  test('pays the interest of the whole period, else that of the days', () => {
    expect(payoff('2024-06-25', 'toPayoffDate')[0]).toMatchObject({ interestDue: 4.67 });
    const whole = payoff('2024-06-25', 'toNextDueDate');
    expect(whole.map(({ interestDue }) => interestDue)).toEqual([5.83, 0, 0]);
    expect(whole.map(({ principalDue }) => principalDue)).toEqual([331.4, 337.23, 331.37]);
    expect(whole.map(({ paid }) => paid)).toEqual([337.23, 337.23, 331.37]);
  });

  test('on a due date pays no more than that', () => {
    const rows = payoff('2024-07-01', 'toNextDueDate');
    expect(rows.map(({ interestDue }) => interestDue)).toEqual([5.83, 0, 0]);
    expect(rows.map(({ paidInAdvance }) => paidInAdvance)).toEqual([0, 337.23, 331.37]);
  });
});
