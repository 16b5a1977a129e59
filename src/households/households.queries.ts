/**
 * The narrow questions that other modules ask of households. They read committed rows, or the rows of the
 * transaction in hand. Every question about a status names its day.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type HouseholdKind, KIND_NAMES, LISTED_KINDS } from './household-kind';
import { holdsOn } from './members.queries';
import { HouseholdProblem } from './problems';

/** A household as other modules see it. */
export interface HouseholdFace {
  id: string;
  code: string;
  /** Village, 12 digits. */
  regionCode: string;
  headName: string;
  headMemberId: string;
  version: number;
}

const FACE = `h.id AS id, h.code AS code, h.region_code AS regionCode, h.head_name AS headName,
  h.head_member_id AS headMemberId, h.version AS version`;

/** The household with this id. @throws Problem households.household-absent */
export async function householdFor(sql: Sql, id: string): Promise<HouseholdFace> {
  const found = await sql.one<HouseholdFace>(`SELECT ${FACE} FROM household h WHERE h.id = :id`, {
    id,
  });
  if (!found) throw HouseholdProblem.householdAbsent();
  return found;
}

/** In which status the household stood on a date, null when it was not yet registered then. */
export async function statusOn(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<{ status: HouseholdKind; name: string } | null> {
  const found = await sql.one<{ status: HouseholdKind }>(
    `SELECT s.status AS status FROM household_status s
      WHERE s.household_id = :householdId AND ${holdsOn('s')}`,
    { householdId, date },
  );
  return found && { status: found.status, name: KIND_NAMES[found.status] };
}

/** Whether a status is one of the list (名单内). */
export function isListed(status: HouseholdKind): boolean {
  return (LISTED_KINDS as readonly HouseholdKind[]).includes(status);
}

/**
 * The households of a place (by the beginning of its code; '' for all) that were on the list on a date, by id,
 * `limit` at a time after the id `after` ('' at first). The place is the present one.
 */
export function listedHouseholds(
  sql: Sql,
  asked: { regionPrefix: string; date: BusinessDate; after: string; limit: number },
): Promise<HouseholdFace[]> {
  // '~' comes after every digit, so the range holds exactly the codes with this beginning.
  return sql.rows<HouseholdFace>(
    `SELECT ${FACE} FROM household h JOIN household_status s ON s.household_id = h.id
      WHERE h.id > :after AND h.region_code >= :regionPrefix AND h.region_code < :end
        AND s.status IN (:listed) AND ${holdsOn('s')}
      ORDER BY h.id LIMIT :limit`,
    { ...asked, end: `${asked.regionPrefix}~`, listed: [...LISTED_KINDS] },
  );
}

/** The codes of the households that stand in a village now. */
export async function codesIn(sql: Sql, regionCode: string): Promise<string[]> {
  const rows = await sql.rows<{ code: string }>(
    'SELECT h.code AS code FROM household h WHERE h.region_code = :regionCode ORDER BY h.code',
    { regionCode },
  );
  return rows.map((row) => row.code);
}
