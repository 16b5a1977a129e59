/** The figures by which a village or township is judged, as of the end of a year. */
import { listedHouseholds } from '../households';
import { villagesOf } from '../identity';
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { placeLoansOf } from './place-evidence';
import type { PartOf, PlaceFigures, PlaceLevel } from './place-rules';

/** Households read at a time. */
const CHUNK = 1000;

/** The place that is judged, at the end of which year, and which grades count. */
export interface AskedPlace {
  regionCode: string;
  level: PlaceLevel;
  year: number;
  yearEnd: BusinessDate;
  yearEndBefore: BusinessDate;
  creditGrades: readonly string[];
}

/** Everything that the thresholds look at. */
export async function figuresOf(sql: Sql, asked: AskedPlace): Promise<PlaceFigures> {
  const prefix = regionPrefix(asked.regionCode);
  return {
    level: asked.level,
    members:
      asked.level === 'village'
        ? await creditHouseholds(sql, prefix, asked)
        : await creditVillages(sql, asked),
    loans: await placeLoansOf(sql, prefix, asked.yearEnd),
    loansBefore: await placeLoansOf(sql, prefix, asked.yearEndBefore),
  };
}

/**
 * The listed households of a village, and those of them whose line was in force with a grade that counts. The
 * register holds the households on the lists; they stand for the farm households of the source.
 */
async function creditHouseholds(
  sql: Sql,
  prefix: string,
  { yearEnd, creditGrades }: AskedPlace,
): Promise<PartOf> {
  const found = { part: 0, whole: 0 };
  for (let after = ''; ; ) {
    const asked = { regionPrefix: prefix, date: yearEnd, after, limit: CHUNK };
    const households = await listedHouseholds(sql, asked);
    const last = households.at(-1);
    if (!last) return found;
    const ids = households.map(({ id }) => id);
    found.whole += ids.length;
    found.part += await withGrade(sql, ids, yearEnd, creditGrades);
    after = last.id;
  }
}

async function withGrade(
  sql: Sql,
  ids: readonly string[],
  date: BusinessDate,
  grades: readonly string[],
): Promise<number> {
  const row = await sql.one<{ n: number }>(
    `SELECT COUNT(*) AS n
       FROM credit_line_period p JOIN rating r ON r.id = p.rating_id
      WHERE p.household_id IN (:ids) AND p.from_on <= :date
        AND (p.until_on IS NULL OR p.until_on > :date) AND p.valid_until >= :date
        AND p.state = 'in-force' AND r.grade IN (:grades)`,
    { ids, date, grades },
  );
  return row?.n ?? 0;
}

/** The villages of a township, and those of them that are confirmed as credit villages of the year. */
async function creditVillages(sql: Sql, { regionCode, year }: AskedPlace): Promise<PartOf> {
  const villages = await villagesOf(sql, regionCode);
  if (villages.length === 0) return { part: 0, whole: 0 };
  const row = await sql.one<{ n: number }>(
    `SELECT COUNT(*) AS n FROM credit_place_award
      WHERE year = :year AND state = 'confirmed' AND outcome = 'met' AND region_code IN (:codes)`,
    { year, codes: villages.map(({ code }) => code) },
  );
  return { part: row?.n ?? 0, whole: villages.length };
}
