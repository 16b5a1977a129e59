/**
 * Deadlines by the working calendar. The calendar is asked for year by year, as far as it is needed: a notice that
 * ends in December must not fail because next year's holidays are not out yet.
 */
import { check } from '../platform/check';
import {
  type BusinessDate,
  businessDate,
  CalendarYearUnknown,
  WorkCalendar,
} from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Problem } from '../platform/problems';
import { calendarFor } from '../policy';

/**
 * Computes with the working days of a place from a date on.
 * @throws Problem policy.calendar-unknown naming the year, when the computation reaches one that is not loaded.
 */
export async function withCalendar<T>(
  sql: Sql,
  region: string,
  from: BusinessDate,
  compute: (calendar: WorkCalendar) => T,
): Promise<T> {
  for (let to = from; ; ) {
    const calendar = await calendarFor(sql, from, to, region);
    try {
      return compute(calendar);
    } catch (error) {
      if (!(error instanceof CalendarYearUnknown)) throw error;
      check(error.year > Number(to.slice(0, 4)), 'A deadline is counted forwards.');
      to = businessDate(`${error.year}-12-31`);
    }
  }
}

/**
 * The n-th working day after a date, as the last day to act; null when that year's holidays are not loaded yet:
 * a missing deadline turns nobody away.
 */
export async function deadlineAfter(
  sql: Sql,
  region: string,
  from: BusinessDate,
  workingDays: number,
): Promise<BusinessDate | null> {
  return orNull(
    withCalendar(sql, region, from, (calendar) => calendar.addWorkingDays(from, workingDays)),
  );
}

/** A day, or null when it lies in a year whose holidays are not loaded yet. */
export async function orNull(day: Promise<BusinessDate>): Promise<BusinessDate | null> {
  try {
    return await day;
  } catch (error) {
    if (error instanceof Problem && error.code === 'policy.calendar-unknown') return null;
    throw error;
  }
}
