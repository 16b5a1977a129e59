/** By when the fund's part of a recovery is to be back, in working days after it came in. */
import { type BusinessDate, businessDate, CalendarYearUnknown } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { calendarFor } from '../policy';

/**
 * The day `workingDays` working days after `receivedOn`. Next year's notice of days off comes out late in the
 * year, so it is asked for only when the counting runs over the year's end: a repayment must not fail for it.
 * @throws Problem policy.calendar-unknown
 */
export async function returnDueOn(
  sql: Sql,
  receivedOn: BusinessDate,
  workingDays: number,
): Promise<BusinessDate> {
  const calendar = await calendarFor(sql, receivedOn, receivedOn);
  try {
    return calendar.addWorkingDays(receivedOn, workingDays);
  } catch (error) {
    if (!(error instanceof CalendarYearUnknown)) throw error;
    const nextYear = businessDate(`${error.year}-12-31`);
    const both = await calendarFor(sql, receivedOn, nextYear);
    return both.addWorkingDays(receivedOn, workingDays);
  }
}
