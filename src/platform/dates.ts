/**
 * Business dates: the calendar days on which money is lent, due and settled, in China's one zone.
 * They are text 'YYYY-MM-DD' and know nothing of the clock. Laws: days are counted first in, last
 * out (算头不算尾, policy facts §4.2); months are added to the START date and clipped to the month
 * end, so 31 January plus one month and plus two months is 28 February and 31 March; working days
 * come from a loaded calendar and are never guessed.
 */
import { CheckFailed, check } from './check';

/** A real calendar day 'YYYY-MM-DD' between 1900-01-01 and 2199-12-31; text order is date order. */
export type BusinessDate = string & { readonly __brand: 'BusinessDate' };

/** The quarter between two settlement days. */
export interface SettlementPeriod {
  /** Year and quarter of the settlement day that closes it, e.g. '2018Q3'. */
  code: string;
  /** First day, the 21st. */
  from: BusinessDate;
  /** Last day and settlement day, the 20th, inclusive. */
  to: BusinessDate;
  /** The day after `to`: the end for counting days first in, last out. */
  untilExclusive: BusinessDate;
}

const DATE_TEXT = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Interest is settled on this day of the last month of each quarter (policy facts §4.1). */
const SETTLEMENT_DAY = 20;

interface Parts {
  year: number;
  month: number;
  day: number;
}

function parts(date: BusinessDate): Parts {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
}

function dateText(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isRealDay(text: string): boolean {
  if (!DATE_TEXT.test(text)) return false;
  const { year, month, day } = parts(text as BusinessDate);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Takes text as a business date: 'YYYY-MM-DD', a day that exists, 1900 to 2199.
 * @throws CheckFailed on anything else.
 */
export function businessDate(text: string): BusinessDate {
  check(typeof text === 'string' && isRealDay(text), '日期应为真实存在的日历日，格式 YYYY-MM-DD。');
  return text as BusinessDate;
}

/** Whether text is a business date; for borders that answer with a field error of their own. */
export function isBusinessDate(text: unknown): text is BusinessDate {
  return typeof text === 'string' && isRealDay(text);
}

/**
 * Days since 1970-01-01, negative before. Pure integer arithmetic on the civil calendar (years
 * counted from March, so the leap day is last), because a Date object would bring a zone with it.
 */
export function epochDay(date: BusinessDate): number {
  const { year, month, day } = parts(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** The date of a day number of `epochDay`. @throws CheckFailed outside 1900 to 2199. */
export function dateOfEpochDay(day: number): BusinessDate {
  check(Number.isSafeInteger(day), 'A day number must be an integer.');
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return businessDate(dateText(year, month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1));
}

/** The date n days later (earlier when negative). */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return dateOfEpochDay(epochDay(date) + days);
}

/**
 * The same day n months later (earlier when negative), clipped to the month end. Callers pass the
 * START date with the whole count of months, never the previous answer: a clipped day would stay
 * clipped. 民法典 art. 202 gives the same rule: no corresponding day, then the last day of the month.
 */
export function addMonths(start: BusinessDate, months: number): BusinessDate {
  check(Number.isSafeInteger(months), 'Months must be an integer.');
  const { year, month, day } = parts(start);
  const index = year * 12 + month - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return businessDate(dateText(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth))));
}

/** Days from a to b, first in, last out; 0 on the same day, negative when b is earlier. */
export function daysBetween(from: BusinessDate, untilExclusive: BusinessDate): number {
  return epochDay(untilExclusive) - epochDay(from);
}

/** Orders two dates: -1 when a is earlier, 1 when later, 0 when equal; fit for sort. */
export function compareDates(a: BusinessDate, b: BusinessDate): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earliest of the dates. */
export function minDate(first: BusinessDate, ...others: readonly BusinessDate[]): BusinessDate {
  return others.reduce((least, date) => (date < least ? date : least), first);
}

/** The latest of the dates. */
export function maxDate(first: BusinessDate, ...others: readonly BusinessDate[]): BusinessDate {
  return others.reduce((most, date) => (date > most ? date : most), first);
}

/** The last day of the date's month. */
export function monthEnd(date: BusinessDate): BusinessDate {
  const { year, month } = parts(date);
  return businessDate(dateText(year, month, daysInMonth(year, month)));
}

/** Whether the date is the last day of its month. */
export function isMonthEnd(date: BusinessDate): boolean {
  return date === monthEnd(date);
}

/** Day of the week, 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: BusinessDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday.
  return (((((epochDay(date) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/**
 * Full years of age (周岁) on a date. A birthday on 29 February falls on 28 February in common
 * years (民法典 art. 202, as in `addMonths`).
 * @throws CheckFailed when the date lies before the birth.
 */
export function yearsOld(birth: BusinessDate, on: BusinessDate): number {
  check(on >= birth, 'Age is asked for a date before the birth.');
  const years = parts(on).year - parts(birth).year;
  return addMonths(birth, years * 12) <= on ? years : years - 1;
}

/** Whether interest is settled on this date: the 20th of March, June, September or December. */
export function isSettlementDay(date: BusinessDate): boolean {
  const { month, day } = parts(date);
  return month % 3 === 0 && day === SETTLEMENT_DAY;
}

/** The settlement period of a code such as '2018Q3'. @throws CheckFailed on other text. */
export function settlementPeriod(code: string): SettlementPeriod {
  const match = /^(\d{4})Q([1-4])$/.exec(code);
  check(match, '季度代码格式应为 2018Q3。');
  const to = businessDate(dateText(Number(match[1]), Number(match[2]) * 3, SETTLEMENT_DAY));
  return {
    code,
    from: addDays(addMonths(to, -3), 1),
    to,
    untilExclusive: addDays(to, 1),
  };
}

/** The settlement period a date lies in: 2018-06-21 to 2018-09-20 is '2018Q3'. */
export function settlementPeriodOf(date: BusinessDate): SettlementPeriod {
  return settlementPeriod(quarterOf(date));
}

/** The code of the settlement period a date lies in; from 21 December it is the next year's Q1. */
export function quarterOf(date: BusinessDate): string {
  const { year, month, day } = parts(date);
  const quarter = Math.ceil(month / 3) + (month % 3 === 0 && day > SETTLEMENT_DAY ? 1 : 0);
  return quarter === 5 ? `${year + 1}Q1` : `${year}Q${quarter}`;
}

/** All settlement days from one date to another, both inclusive, ascending. */
export function settlementDays(from: BusinessDate, to: BusinessDate): BusinessDate[] {
  const days: BusinessDate[] = [];
  for (let day = settlementPeriodOf(from).to; day <= to; day = addMonths(day, 3)) days.push(day);
  return days;
}

/** One day on which the holiday notice differs from the plain week. */
export interface HolidayRow {
  date: BusinessDate;
  /** 'off' a holiday, 'work' a weekend day that is worked (调休上班). */
  kind: 'off' | 'work';
  name: string;
}

/** Working days of this year were asked for but the year's holiday notice is not loaded. */
export class CalendarYearUnknown extends CheckFailed {
  override name = 'CalendarYearUnknown';
  constructor(readonly year: number) {
    super(
      `年份 ${year} 的工作日历未载入，无法推算工作日；请先载入国务院办公厅公布的该年节假日安排。`,
    );
  }
}

/**
 * Working days by the State Council's holiday notices: a 'work' row beats the weekend, an 'off' row
 * beats a weekday, otherwise Monday to Friday are worked (policy facts §7.3). A year that is not
 * loaded is refused with CalendarYearUnknown, never guessed.
 */
export class WorkCalendar {
  private readonly kinds = new Map<string, 'off' | 'work'>();
  private readonly years: ReadonlySet<number>;

  /** @param years the years whose notice is loaded in full; a row of another year is a CheckFailed. */
  constructor(rows: Iterable<HolidayRow>, years: Iterable<number>) {
    this.years = new Set(years);
    for (const { date, kind } of rows) {
      check(this.years.has(parts(date).year), `Holiday row ${date} lies in a year not declared.`);
      check((this.kinds.get(date) ?? kind) === kind, `Holiday rows for ${date} contradict.`);
      this.kinds.set(date, kind);
    }
  }

  /** Whether offices work on the date. @throws CalendarYearUnknown */
  isWorkingDay(date: BusinessDate): boolean {
    const { year } = parts(date);
    if (!this.years.has(year)) throw new CalendarYearUnknown(year);
    const kind = this.kinds.get(date);
    return kind === undefined ? weekdayOf(date) <= 5 : kind === 'work';
  }

  /** The date itself when it is worked, else the next working day after it. @throws CalendarYearUnknown */
  nextWorkingDay(date: BusinessDate): BusinessDate {
    let day = date;
    while (!this.isWorkingDay(day)) day = addDays(day, 1);
    return day;
  }

  /**
   * The n-th working day after the date; the date itself is not counted (民法典 art. 201) and is
   * returned unchanged for n = 0. A negative n counts backwards.
   * @throws CalendarYearUnknown
   */
  addWorkingDays(date: BusinessDate, count: number): BusinessDate {
    check(Number.isSafeInteger(count), 'Working days must be an integer.');
    const step = count < 0 ? -1 : 1;
    let day = date;
    for (let left = Math.abs(count); left > 0; ) {
      day = addDays(day, step);
      if (this.isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  /**
   * Working days after `from` up to and including `to`, so that
   * `workingDaysBetween(d, addWorkingDays(d, n))` is n. @throws CheckFailed when `to` is earlier.
   */
  workingDaysBetween(from: BusinessDate, to: BusinessDate): number {
    check(from <= to, 'Working days are counted forwards.');
    let count = 0;
    for (let day = from; day < to; ) {
      day = addDays(day, 1);
      if (this.isWorkingDay(day)) count += 1;
    }
    return count;
  }
}
