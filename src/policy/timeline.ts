/**
 * Which row rules on a day: rules over the dates and regions of rows, pure. Of the rows that are in force the
 * nearest region wins (village, township, county, city, province, country); within a region the row that started
 * last, unless it has ended. A row ends on its own last day or on the day before a later row of its region
 * starts; an earlier row does not come back when a later one has ended. Then the next wider region is asked.
 */
import { NATIONAL, regionPrefix } from '../platform/authority';
import { addDays, type BusinessDate, minDate } from '../platform/dates';

/** The dates of one row in force. */
export interface RowDates {
  id: string;
  /** 12-digit region code. */
  region: string;
  effectiveFrom: BusinessDate;
  /** Last day, inclusive; null: until a later row of the region starts. */
  effectiveTo: BusinessDate | null;
}

/** One stretch of days under one row; `untilExclusive` is the first day after it. */
export interface Span<R> {
  row: R;
  from: BusinessDate;
  untilExclusive: BusinessDate;
}

/** A region and everything above it, the region itself first: village, township, county, city, province, 0…0. */
export function regionLine(region: string): string[] {
  const prefix = regionPrefix(region);
  const codes = [12, 9, 6, 4, 2]
    .filter((length) => length <= prefix.length)
    .map((length) => prefix.slice(0, length).padEnd(12, '0'));
  return [...new Set([region, ...codes, NATIONAL])];
}

/** The row of one region that started last on or before the date, in force or ended. */
function latest<R extends RowDates>(rows: readonly R[], region: string, date: BusinessDate) {
  return rows
    .filter((row) => row.region === region && row.effectiveFrom <= date)
    .reduce<R | null>(
      (last, row) => (last === null || row.effectiveFrom > last.effectiveFrom ? row : last),
      null,
    );
}

/** The row that rules in a region on a date, null when none does. `rows`: those of one parameter in force. */
export function rowOn<R extends RowDates>(
  rows: readonly R[],
  region: string,
  date: BusinessDate,
): R | null {
  for (const code of regionLine(region)) {
    const row = latest(rows, code, date);
    if (row && (row.effectiveTo === null || row.effectiveTo >= date)) return row;
  }
  return null;
}

/** The last day of a row as it really is: its own, or the day before its successor; null when open. */
export function lastDayOf<R extends RowDates>(rows: readonly R[], row: R): BusinessDate | null {
  const ends = rows
    .filter((other) => other.region === row.region && other.effectiveFrom > row.effectiveFrom)
    .map((other) => addDays(other.effectiveFrom, -1));
  if (row.effectiveTo !== null) ends.push(row.effectiveTo);
  const [first, ...others] = ends;
  return first === undefined ? null : minDate(first, ...others);
}

/**
 * The days from `from` until before `untilExclusive`, cut where the ruling row changes. `row` is null where no
 * row rules. Empty when there are no days.
 */
export function spansOf<R extends RowDates>(
  rows: readonly R[],
  region: string,
  from: BusinessDate,
  untilExclusive: BusinessDate,
): Span<R | null>[] {
  const cuts = rows.flatMap((row) => [
    row.effectiveFrom,
    ...(row.effectiveTo === null ? [] : [addDays(row.effectiveTo, 1)]),
  ]);
  const starts = [from, ...cuts.filter((cut) => cut > from && cut < untilExclusive)].sort();
  const spans: Span<R | null>[] = [];
  for (const start of from < untilExclusive ? starts : []) {
    const row = rowOn(rows, region, start);
    const open = spans[spans.length - 1];
    if (open?.row === row) continue;
    if (open) open.untilExclusive = start;
    spans.push({ row, from: start, untilExclusive });
  }
  return spans;
}

/**
 * The row with whose days a new row of the same parameter and region collides, null when it may be added. A new
 * row either starts after every other (and so ends the last one), or lies wholly in days without a row: days on
 * which a rule was in force are never given another rule afterwards.
 * @param rows rows in force of that parameter and region.
 */
export function clashOf<R extends RowDates>(
  rows: readonly R[],
  added: Pick<RowDates, 'effectiveFrom' | 'effectiveTo'>,
): R | null {
  const { effectiveFrom, effectiveTo } = added;
  const same = rows.find((row) => row.effectiveFrom === effectiveFrom);
  if (same) return same;
  const later = [...rows]
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .find((row) => row.effectiveFrom > effectiveFrom);
  if (!later) return null;
  if (effectiveTo === null || effectiveTo >= later.effectiveFrom) return later;
  const earlier = latest(rows, later.region, effectiveFrom);
  const runs = earlier && (earlier.effectiveTo === null || earlier.effectiveTo >= effectiveFrom);
  return runs ? earlier : null;
}
