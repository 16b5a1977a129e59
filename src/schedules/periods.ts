/**
 * The dates of a schedule. Laws: period k ends on start + k intervals, always counted from the START date (or from the
 * agreed first due date), so a clipped month end does not stay clipped; dates ascend; a period is from its first day
 * to the first day not counted.
 */
import {
  addDays,
  addMonths,
  type BusinessDate,
  minDate,
  settlementPeriodOf,
  weekdayOf,
} from '../platform/dates';
import { malformed } from './schedule-error';
import type { Grid, Period, Terms, Unit } from './terms';

/** Longest schedule, and the bound of a fixed instalment that runs until nothing is left. */
export const MOST_PERIODS = 1200;

/** A hundred years in each unit: the bound of a schedule without a number of instalments. */
const LONGEST: Readonly<Record<Unit, number>> = {
  days: 36_500,
  weeks: 5_200,
  months: 1_200,
  quarters: 400,
  years: 100,
};

function countOf(terms: Terms): number {
  if (terms.count !== null) return terms.count;
  return Math.min(MOST_PERIODS, Math.max(1, Math.floor(LONGEST[terms.unit] / terms.every)));
}

/** The date so many units later. */
export function addUnits(from: BusinessDate, unit: Unit, count: number): BusinessDate {
  switch (unit) {
    case 'days':
      return addDays(from, count);
    case 'weeks':
      return addDays(from, count * 7);
    case 'months':
      return addMonths(from, count);
    case 'quarters':
      return addMonths(from, count * 3);
    case 'years':
      return addMonths(from, count * 12);
  }
}

/** The end of the contract: agreed, or start + count intervals. */
export function maturityOf(terms: Terms): BusinessDate {
  if (terms.maturesOn) return terms.maturesOn;
  return addUnits(terms.start, terms.unit, terms.every * countOf(terms));
}

/** A Saturday or Sunday moves to the Monday after it. */
function shifted(terms: Terms, date: BusinessDate): BusinessDate {
  const weekday = weekdayOf(date);
  return terms.weekendToMonday && weekday > 5 ? addDays(date, 8 - weekday) : date;
}

/** Chains periods through their ends on the grid; `gridOf` says which cells a period runs over. */
function chain(
  terms: Terms,
  ends: readonly BusinessDate[],
  gridOf: (index: number) => Pick<Grid, 'anchor' | 'first'>,
): Period[] {
  const periods: Period[] = [];
  let gridFrom = terms.start;
  let from = terms.start;
  for (const [index, end] of ends.entries()) {
    const until = shifted(terms, end);
    const { unit, every } = terms;
    const grid = { ...gridOf(index), unit, every, from: gridFrom, until: end };
    periods.push({ number: index + 1, from, until, due: until, grid });
    gridFrom = end;
    from = until;
  }
  return periods;
}

function ascending(terms: Terms, ends: readonly BusinessDate[], field: string): void {
  let before = terms.start;
  for (const end of ends) {
    if (end <= before) {
      throw malformed(field, `日期须依次晚于 ${before}`, `dates must ascend after ${before}`);
    }
    before = end;
  }
}

function regular(terms: Terms): Period[] {
  const { start, unit, every, firstDue } = terms;
  const count = countOf(terms);
  const anchor = firstDue ?? start;
  if (firstDue) ascending(terms, [firstDue], 'product.firstDueDate');
  const ends = Array.from({ length: count }, (_, index) =>
    addUnits(anchor, unit, every * (firstDue ? index : index + 1)),
  );
  if (terms.maturesOn) ends[count - 1] = terms.maturesOn;
  const field = terms.maturesOn ? 'product.maturityDate' : 'product.firstDueDate';
  ascending(terms, ends, field);
  return chain(terms, ends, (index) => {
    if (!firstDue) return { anchor: start, first: index };
    return index === 0 ? { anchor: start, first: 0 } : { anchor: firstDue, first: index - 1 };
  });
}

/** Interest days end with each settlement day; maturity ends the last period and is not counted. */
function settlementPeriods(terms: Terms): Period[] {
  const maturity = maturityOf(terms);
  const periods: Period[] = [];
  let from = terms.start;
  do {
    const quarter = settlementPeriodOf(from);
    const until = minDate(quarter.untilExclusive, maturity);
    const settled = until === quarter.untilExclusive;
    periods.push({
      number: periods.length + 1,
      from,
      until,
      due: settled ? quarter.to : maturity,
      grid: { anchor: quarter.from, unit: 'quarters', every: 1, first: 0, from, until },
    });
    from = until;
    // Maturity on the 21st finds all interest settled the day before; the principal still needs its line.
  } while (from < maturity || periods.at(-1)!.due < maturity);
  return periods;
}

/** The periods of a contract. @throws ScheduleError when its dates do not ascend. */
export function periodsOf(terms: Terms): Period[] {
  const maturity = maturityOf(terms);
  if (maturity <= terms.start) {
    throw malformed(
      'product.maturityDate',
      '到期日须晚于起息日',
      'maturity must be after the start',
    );
  }
  const byStart = (index: number) => ({ anchor: terms.start, first: index });
  if (terms.method === 'settlementDayBullet') return settlementPeriods(terms);
  if (terms.method === 'allAtMaturity') return chain(terms, [maturity], byStart);
  if (terms.dueDates) {
    ascending(terms, terms.dueDates, 'product.dueDates');
    return chain(terms, terms.dueDates, () => ({ anchor: terms.start, first: 0 }));
  }
  return regular(terms);
}

/** The periods with one due date moved; later dates count from the new one. */
export function withDueMoved(
  terms: Terms,
  periods: readonly Period[],
  at: number,
  to: BusinessDate,
): Period[] {
  const before = periods.slice(0, at);
  const moved = periods[at]!;
  const { unit, every } = terms;
  const later: Period[] = [{ ...moved, until: to, due: to, grid: { ...moved.grid, until: to } }];
  if (to <= moved.from) {
    throw malformed('transactions.newDueDate', '新还款日须晚于上期', 'the new date is too early');
  }
  for (let next = 1; at + next < periods.length; next += 1) {
    const from = later.at(-1)!.until;
    const end = addUnits(to, unit, every * next);
    const until = shifted(terms, end);
    const grid = {
      anchor: to,
      unit,
      every,
      first: next - 1,
      from: later.at(-1)!.grid.until,
      until: end,
    };
    later.push({ number: at + next + 1, from, until, due: until, grid });
  }
  return [...before, ...later];
}

/** The periods with more of them at the end, on the grid of the last. */
export function withMore(terms: Terms, periods: readonly Period[], more: number): Period[] {
  const all = [...periods];
  for (let extra = 0; extra < more; extra += 1) {
    const last = all.at(-1)!;
    const { anchor, unit, every } = last.grid;
    const first = last.grid.first + 1;
    const end = addUnits(anchor, unit, every * (first + 1));
    const until = shifted(terms, end);
    const grid = { anchor, unit, every, first, from: last.grid.until, until: end };
    all.push({ number: last.number + 1, from: last.until, until, due: until, grid });
  }
  return all;
}
