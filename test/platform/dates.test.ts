import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  CalendarYearUnknown,
  compareDates,
  dateOfEpochDay,
  daysBetween,
  epochDay,
  type HolidayRow,
  isBusinessDate,
  isMonthEnd,
  isSettlementDay,
  maxDate,
  minDate,
  monthEnd,
  quarterOf,
  settlementDays,
  settlementPeriod,
  settlementPeriodOf,
  WorkCalendar,
  weekdayOf,
  yearsOld,
} from '../../src/platform/dates';

const on = businessDate;
const anyDate = fc
  .integer({ min: epochDay(on('1910-01-01')), max: epochDay(on('2189-12-31')) })
  .map(dateOfEpochDay);

describe('businessDate', () => {
  test.each([['2018-06-21'], ['2020-02-29'], ['2000-02-29'], ['1900-01-01'], ['2199-12-31']])(
    '%s is a day',
    (text) => {
      expect(on(text)).toBe(text);
      expect(isBusinessDate(text)).toBe(true);
    },
  );

  test.each([
    [''],
    ['2018-02-29'],
    ['1900-02-29'],
    ['2018-13-01'],
    ['2018-00-10'],
    ['2018-04-31'],
    ['2018-06-00'],
    ['2018-6-21'],
    ['20180621'],
    ['2018/06/21'],
    [' 2018-06-21'],
    ['2018-06-21\n'],
    ['2018-06-21T00:00:00'],
    ['0218-06-21'],
    ['1899-12-31'],
    ['2200-01-01'],
    ['２018-06-21'],
  ])('%j is refused', (text) => {
    expect(() => on(text)).toThrow(CheckFailed);
    expect(isBusinessDate(text)).toBe(false);
  });

  test('what is no text is refused', () => {
    expect(() => on(20180621 as unknown as string)).toThrow(CheckFailed);
    expect(isBusinessDate(null)).toBe(false);
  });
});

describe('days', () => {
  test('are counted first in, last out', () => {
    expect(daysBetween(on('2018-06-21'), on('2018-09-21'))).toBe(92);
    expect(daysBetween(on('2018-06-21'), on('2018-06-21'))).toBe(0);
    expect(daysBetween(on('2018-06-21'), on('2018-06-20'))).toBe(-1);
    expect(daysBetween(on('2020-02-01'), on('2020-03-01'))).toBe(29);
  });

  test('the arithmetic agrees with the civil calendar of the language', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -3000, max: 3000 }), (date, days) => {
        expect(epochDay(date)).toBe(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
        expect(weekdayOf(date)).toBe(new Date(`${date}T00:00:00Z`).getUTCDay() || 7);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
      { numRuns: 1000 },
    );
  });

  test('compare, least and greatest', () => {
    const [a, b, c] = [on('2018-06-21'), on('2018-12-01'), on('2019-01-01')];
    expect([c, a, b].sort(compareDates)).toEqual([a, b, c]);
    expect(compareDates(a, a)).toBe(0);
    expect(minDate(b, a, c)).toBe(a);
    expect(maxDate(b, a, c)).toBe(c);
    expect(minDate(b)).toBe(b);
  });

  test('a step out of the known years is refused', () => {
    expect(() => addDays(on('2199-12-31'), 1)).toThrow(CheckFailed);
    expect(() => addMonths(on('1900-01-01'), -1)).toThrow(CheckFailed);
    expect(() => addDays(on('2018-01-01'), 0.5)).toThrow(CheckFailed);
  });
});

describe('months', () => {
  test.each([
    ['2018-01-31', 1, '2018-02-28'],
    ['2018-01-31', 2, '2018-03-31'],
    ['2018-01-31', 3, '2018-04-30'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2020-02-29', 48, '2024-02-29'],
    ['2018-06-21', 36, '2021-06-21'],
    ['2018-11-30', 3, '2019-02-28'],
    ['2018-03-31', -1, '2018-02-28'],
    ['2018-01-15', -1, '2017-12-15'],
    ['2018-06-21', 0, '2018-06-21'],
  ])('%s and %d months is %s', (start, months, end) => {
    expect(addMonths(on(start), months)).toBe(end);
  });

  test('counting from the start date never drifts from its day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -100, max: 100 }), (start, months) => {
        const end = addMonths(start, months);
        expect(end.slice(8) === start.slice(8) || isMonthEnd(end)).toBe(true);
        expect(end.slice(8) <= start.slice(8)).toBe(true);
      }),
    );
  });

  test('month ends', () => {
    expect(monthEnd(on('2018-02-01'))).toBe('2018-02-28');
    expect(monthEnd(on('2020-02-29'))).toBe('2020-02-29');
    expect(isMonthEnd(on('2018-12-31'))).toBe(true);
    expect(isMonthEnd(on('2018-12-30'))).toBe(false);
  });
});

describe('age', () => {
  test.each([
    ['1987-03-15', '2018-03-14', 30],
    ['1987-03-15', '2018-03-15', 31],
    ['1987-03-15', '1987-03-15', 0],
    ['2000-02-29', '2018-02-27', 17],
    ['2000-02-29', '2018-02-28', 18],
    ['2000-02-29', '2020-02-28', 19],
    ['2000-02-29', '2020-02-29', 20],
  ])('born %s is on %s %d years old', (birth, date, years) => {
    expect(yearsOld(on(birth), on(date))).toBe(years);
  });

  test('a date before the birth is refused', () => {
    expect(() => yearsOld(on('2018-01-02'), on('2018-01-01'))).toThrow(CheckFailed);
  });
});

describe('settlement periods', () => {
  test.each([
    ['2018-06-20', '2018Q2', '2018-03-21', '2018-06-20'],
    ['2018-06-21', '2018Q3', '2018-06-21', '2018-09-20'],
    ['2018-09-20', '2018Q3', '2018-06-21', '2018-09-20'],
    ['2018-12-20', '2018Q4', '2018-09-21', '2018-12-20'],
    ['2018-12-21', '2019Q1', '2018-12-21', '2019-03-20'],
    ['2018-12-31', '2019Q1', '2018-12-21', '2019-03-20'],
    ['2019-01-01', '2019Q1', '2018-12-21', '2019-03-20'],
    ['2018-07-31', '2018Q3', '2018-06-21', '2018-09-20'],
  ])('%s lies in %s, from %s to %s', (date, code, from, to) => {
    const period = settlementPeriodOf(on(date));
    expect(period).toEqual({ code, from, to, untilExclusive: addDays(on(to), 1) });
    expect(quarterOf(on(date))).toBe(code);
    expect(settlementPeriod(code)).toEqual(period);
  });

  test.each([['2018Q5'], ['2018q3'], ['2018-Q3'], ['18Q3'], ['1800Q1']])(
    'the code %s is refused',
    (code) => {
      expect(() => settlementPeriod(code)).toThrow(CheckFailed);
    },
  );

  test('every date lies in exactly one period, and the next begins where it ends', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const period = settlementPeriodOf(date);
        expect(period.from <= date && date <= period.to).toBe(true);
        expect(isSettlementDay(period.to)).toBe(true);
        expect(settlementPeriodOf(period.untilExclusive).from).toBe(period.untilExclusive);
        expect(settlementPeriodOf(addDays(period.from, -1)).untilExclusive).toBe(period.from);
        expect(isSettlementDay(date)).toBe(date === period.to);
      }),
    );
  });

  test('the settlement days of a span, both ends included', () => {
    expect(settlementDays(on('2018-06-20'), on('2019-03-20'))).toEqual([
      '2018-06-20',
      '2018-09-20',
      '2018-12-20',
      '2019-03-20',
    ]);
    expect(settlementDays(on('2018-06-21'), on('2018-09-19'))).toEqual([]);
  });
});

describe('working days', () => {
  const row = (date: string, kind: 'off' | 'work', name: string): HolidayRow => ({
    date: on(date),
    kind,
    name,
  });
  // The autumn of 2018: 中秋 and 国庆 with the two worked weekend days before.
  const rows = [
    row('2018-09-24', 'off', '中秋节'),
    row('2018-09-29', 'work', '国庆节'),
    row('2018-09-30', 'work', '国庆节'),
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => row(`2018-10-0${day}`, 'off', '国庆节')),
  ];
  const calendar = new WorkCalendar(rows, [2018]);

  test.each([
    ['2018-09-20', true, 'a Thursday'],
    ['2018-09-22', false, 'a Saturday'],
    ['2018-09-24', false, 'a Monday that is off'],
    ['2018-09-29', true, 'a Saturday that is worked'],
    ['2018-09-30', true, 'a Sunday that is worked'],
    ['2018-10-06', false, 'a Saturday that is off'],
  ])('%s: %p, %s', (date, worked) => {
    expect(calendar.isWorkingDay(on(date))).toBe(worked);
  });

  test.each([
    ['2018-09-21', '2018-09-21'],
    ['2018-09-22', '2018-09-25'],
    ['2018-10-01', '2018-10-08'],
  ])('the next working day on or after %s is %s', (date, next) => {
    expect(calendar.nextWorkingDay(on(date))).toBe(next);
  });

  test.each([
    ['2018-09-21', 1, '2018-09-25'],
    ['2018-09-28', 3, '2018-10-08'],
    ['2018-10-03', 5, '2018-10-12'],
    ['2018-10-03', 0, '2018-10-03'],
    ['2018-10-08', -2, '2018-09-29'],
  ])('%s and %d working days is %s', (date, count, end) => {
    expect(calendar.addWorkingDays(on(date), count)).toBe(end);
  });

  test('counting between dates answers adding', () => {
    const inYear = fc
      .integer({ min: epochDay(on('2018-01-01')), max: epochDay(on('2018-11-01')) })
      .map(dateOfEpochDay);
    fc.assert(
      fc.property(inYear, fc.integer({ min: 0, max: 30 }), (date, count) => {
        const end = calendar.addWorkingDays(date, count);
        expect(calendar.workingDaysBetween(date, end)).toBe(count);
        if (count > 0) expect(calendar.isWorkingDay(end)).toBe(true);
      }),
    );
    expect(() => calendar.workingDaysBetween(on('2018-10-02'), on('2018-10-01'))).toThrow(
      CheckFailed,
    );
  });

  test('a year that is not loaded is refused with its number, never guessed', () => {
    const unknown = (run: () => unknown, year: number) => {
      expect(run).toThrow(CalendarYearUnknown);
      expect(run).toThrow(CheckFailed);
      expect(run).toThrow(`年份 ${year} 的工作日历未载入`);
    };
    unknown(() => calendar.isWorkingDay(on('2027-01-04')), 2027);
    unknown(() => calendar.addWorkingDays(on('2018-12-28'), 2), 2019);
    unknown(() => calendar.nextWorkingDay(on('2017-12-31')), 2017);
    unknown(() => calendar.workingDaysBetween(on('2018-12-28'), on('2019-01-02')), 2019);
  });

  test('rows that contradict, or lie in a year not declared, are refused', () => {
    const twice = [...rows, row('2018-09-24', 'work', '中秋节')];
    expect(() => new WorkCalendar(twice, [2018])).toThrow('contradict');
    expect(() => new WorkCalendar(rows, [2019])).toThrow('not declared');
    expect(new WorkCalendar([...rows, ...rows], [2018])).toBeInstanceOf(WorkCalendar);
  });

  test('a calendar without rows still knows the plain week of its years', () => {
    const plain = new WorkCalendar([], [2018]);
    const day: BusinessDate = on('2018-09-24');
    expect(plain.isWorkingDay(day)).toBe(true);
  });
});
