/**
 * The working calendar: the State Council's holiday notice of each year, as rows of `calendar.year`. A row holds
 * a whole year: days off, and weekend days that are worked. A later row of the same year (a change announced
 * within the year) replaces the earlier one wholly; a province's or county's row replaces the country's for its
 * places (Guangxi adds 三月三). A year without a row is refused, never guessed.
 */
import { NATIONAL } from '../platform/authority';
import {
  type BusinessDate,
  type HolidayRow,
  isBusinessDate,
  WorkCalendar,
} from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';
import { defineParameter } from './parameter';
import { headsOf, inForce, type RowHead } from './policy.queries';
import { P } from './problems';
import { regionLine } from './timeline';

/** The calendar of one year. */
export interface CalendarYear {
  year: number;
  days: HolidayRow[];
}

const dayField = Joi.string().custom((text: string, helpers) =>
  isBusinessDate(text) ? text : helpers.error('date.unreal'),
);

export const calendarYear = defineParameter<CalendarYear>({
  key: 'calendar.year',
  title: '节假日与调休',
  schema: Joi.object<CalendarYear>({
    year: Joi.number().integer().min(1949).max(2199).required(),
    days: Joi.array()
      .items(
        Joi.object({
          date: dayField.required(),
          kind: Joi.string().valid('off', 'work').required(),
          name: Joi.string().max(60).required(),
        }),
      )
      .min(1)
      .max(120)
      .unique('date')
      .required(),
  }),
  fits: ({ year, days }, { effectiveFrom, effectiveTo }) => {
    if (effectiveFrom.slice(0, 4) !== String(year)) return `${year} 年的安排须自该年内起生效`;
    if (effectiveTo !== `${year}-12-31`) return `${year} 年的安排须至 ${year}-12-31 止`;
    const stray = days.find((day) => !day.date.startsWith(`${year}-`));
    return stray ? `${stray.date} 不在 ${year} 年内` : null;
  },
});

/**
 * The working days of the years from one date to another, both inclusive, as they hold in a place.
 * @param region whose days off they are; the country's when left out.
 * @throws Problem policy.calendar-unknown when a year's notice is not loaded.
 */
export async function calendarFor(
  sql: Sql,
  fromDate: BusinessDate,
  toDate: BusinessDate,
  region: string = NATIONAL,
): Promise<WorkCalendar> {
  const rows = await headsOf(sql, calendarYear.key, region);
  const years: number[] = [];
  const days: HolidayRow[] = [];
  for (let year = Number(fromDate.slice(0, 4)); year <= Number(toDate.slice(0, 4)); year += 1) {
    const row = rowOfYear(rows, region, year);
    if (!row) throw P.calendarUnknown({ detail: `${year} 年`, extra: { year } });
    const { value } = await inForce(sql, calendarYear, rows, row);
    years.push(year);
    days.push(...value.days);
  }
  return new WorkCalendar(days, years);
}

/** The row that started last within the year, of the nearest region that has one. */
function rowOfYear(rows: readonly RowHead[], region: string, year: number): RowHead | null {
  for (const code of regionLine(region)) {
    const own = rows
      .filter((row) => row.region === code && row.effectiveFrom.startsWith(`${year}-`))
      .sort((a, b) => (a.effectiveFrom > b.effectiveFrom ? -1 : 1));
    if (own[0]) return own[0];
  }
  return null;
}
