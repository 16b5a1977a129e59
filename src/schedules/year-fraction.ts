/**
 * How much of a year (or of a period) a stretch of days is, and the rate over it. Everything is an undivided ratio:
 * a half of the smallest unit must be seen as a half.
 */
import {
  addDays,
  type BusinessDate,
  businessDate,
  daysBetween,
  maxDate,
  minDate,
} from '../platform/dates';
import { addRatio, NO_RATIO, type Ratio, ratio, scale, timesRatio } from './exact';
import { addUnits } from './periods';
import type { Grid, Period, Terms, Unit } from './terms';

/** Months in a unit; null for units of days. */
const MONTHS: Readonly<Record<Unit, number | null>> = {
  days: null,
  weeks: null,
  months: 1,
  quarters: 3,
  years: 12,
};

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function yearOf(date: BusinessDate): number {
  return Number(date.slice(0, 4));
}

/** A stretch of days, first in, last out. */
interface Span {
  readonly from: BusinessDate;
  readonly until: BusinessDate;
}

/** ACT/ACT: each day belongs to the calendar year of its end, so 31 December to 1 January is a day of the new year. */
function actualByYears({ from, until }: Span): Ratio {
  let sum = NO_RATIO;
  for (let at = from; at < until; ) {
    const year = yearOf(addDays(at, 1));
    const to = minDate(until, businessDate(`${year}-12-31`));
    sum = addRatio(sum, ratio(daysBetween(at, to), isLeap(year) ? 366 : 365));
    at = to;
  }
  return sum;
}

/** Whether a day that ends in the period is a 29 February. */
function holdsLeapDay({ from, until }: Span): boolean {
  for (let year = yearOf(from); year <= yearOf(until); year += 1) {
    if (!isLeap(year)) continue;
    const leapDay = businessDate(`${year}-02-29`);
    if (from < leapDay && leapDay <= until) return true;
  }
  return false;
}

function actualFraction(terms: Terms, period: Period, span: Span): Ratio {
  const { year, leapPeriods } = terms.dayCount;
  const days = daysBetween(span.from, span.until);
  if (leapPeriods) return ratio(days, holdsLeapDay(period) ? 366 : 365);
  return year === 'ACT' ? actualByYears(span) : ratio(days, year);
}

/** What one whole cell of the grid is worth. */
function cellFraction(terms: Terms, { unit, every }: Grid): Ratio {
  if (terms.interestBy === 'period') return ratio(1, 1);
  const year = terms.dayCount.year === 'ACT' ? 365 : terms.dayCount.year;
  const months = MONTHS[unit];
  if (terms.interestBy === 'nominal') {
    if (months !== null) return ratio(every * months, 12);
    return unit === 'weeks' ? ratio(every, 52) : ratio(every, year);
  }
  if (months !== null) return ratio(every * months * 30, year);
  return ratio(unit === 'weeks' ? every * 7 : every, year);
}

/** Cells count whole; a part of a cell is its days of the cell's days. */
function gridFraction(terms: Terms, grid: Grid, span: Span): Ratio {
  const worth = cellFraction(terms, grid);
  let sum = NO_RATIO;
  for (let cell = grid.first; ; cell += 1) {
    const from = addUnits(grid.anchor, grid.unit, grid.every * cell);
    const until = addUnits(grid.anchor, grid.unit, grid.every * (cell + 1));
    const days = daysBetween(maxDate(from, span.from), minDate(until, span.until));
    const whole = daysBetween(from, until);
    if (days === whole) sum = addRatio(sum, worth);
    else if (days > 0) sum = addRatio(sum, timesRatio(worth, ratio(days, whole)));
    if (until >= span.until) return sum;
  }
}

/** The fraction of a stretch of a period. */
function fractionOf(terms: Terms, period: Period, span: Span): Ratio {
  if (terms.interestBy === 'days' && terms.dayCount.months === 'ACT') {
    return actualFraction(terms, period, span);
  }
  const whole = span.from === period.from && span.until === period.until;
  return gridFraction(terms, period.grid, whole ? period.grid : span);
}

/** Rate × fraction of a stretch of a period, as a ratio of one (not percent). */
export function rateOver(terms: Terms, period: Period, span: Span = period): Ratio {
  if (period.number <= terms.interestFree || span.from >= span.until) return NO_RATIO;
  let sum = NO_RATIO;
  for (const [index, rate] of terms.rates.entries()) {
    const next = terms.rates[index + 1]?.from ?? span.until;
    const from = index === 0 ? span.from : maxDate(span.from, rate.from);
    const until = minDate(span.until, next);
    if (from >= until) continue;
    const fraction = fractionOf(terms, period, { from, until });
    sum = addRatio(sum, { num: scale(rate.percent, fraction).num, den: fraction.den * 100 });
  }
  if (terms.firstPeriodDays === null || period.number > 1) return sum;
  return timesRatio(sum, ratio(daysBetween(period.from, period.until), terms.firstPeriodDays));
}

/** The nominal rate of a whole period, whatever its days: what whole-unit level instalments are taken from. */
export function nominalRate(terms: Terms, period: Period): Ratio {
  const interestBy = terms.interestBy === 'period' ? 'period' : 'nominal';
  return rateOver({ ...terms, interestBy, firstPeriodDays: null }, period);
}
