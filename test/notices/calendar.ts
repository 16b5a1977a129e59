/** The real calendar, read from the reference data, for rules that need no database. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HolidayRow, WorkCalendar } from '../../src/platform/dates';

interface CalendarFile {
  rows: { value: { year: number; days: HolidayRow[] } }[];
}

/** The working calendar of all years in reference/policy. */
export function realCalendar(): WorkCalendar {
  const path = join(__dirname, '../../reference/policy/calendar.year.json');
  const { rows } = JSON.parse(readFileSync(path, 'utf8')) as CalendarFile;
  return new WorkCalendar(
    rows.flatMap((row) => row.value.days),
    rows.map((row) => row.value.year),
  );
}
