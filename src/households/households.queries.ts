/**
 * The narrow questions that other modules ask of the register. They read committed rows, or the rows of the
 * transaction in hand, and never open an envelope: only masked forms leave.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type HouseholdKind, KIND_NAMES, type Relation, type Sex } from './household-kind';
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

/** A person as other modules see them; personal fields masked. */
export interface MemberFace {
  id: string;
  householdId: string;
  name: string;
  idMasked: string;
  birthDate: BusinessDate;
  sex: Sex;
  relation: Relation;
  phoneMasked: string | null;
  /** Last day in the household; null while the person belongs to it. */
  leftOn: BusinessDate | null;
}

/** The household with this id. @throws Problem households.household-absent */
export async function householdFor(sql: Sql, id: string): Promise<HouseholdFace> {
  const found = await sql.one<HouseholdFace>(
    `SELECT h.id AS id, h.code AS code, h.region_code AS regionCode, m.name AS headName,
            h.head_member_id AS headMemberId, h.version AS version
       FROM household h JOIN household_member m ON m.id = h.head_member_id
      WHERE h.id = :id`,
    { id },
  );
  if (!found) throw HouseholdProblem.householdAbsent();
  return found;
}

/** The person with this member id, also one who has left. @throws Problem households.member-absent */
export async function memberFor(sql: Sql, memberId: string): Promise<MemberFace> {
  const found = await sql.one<MemberFace>(
    `SELECT m.id AS id, m.household_id AS householdId, m.name AS name,
            m.id_number_masked AS idMasked, m.birth_date AS birthDate, m.sex AS sex,
            m.relation AS relation, m.phone_masked AS phoneMasked, m.left_on AS leftOn
       FROM household_member m WHERE m.id = :memberId`,
    { memberId },
  );
  if (!found) throw HouseholdProblem.memberAbsent();
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
      WHERE s.household_id = :householdId AND s.from_on <= :date
        AND (s.to_on IS NULL OR s.to_on >= :date)`,
    { householdId, date },
  );
  return found && { status: found.status, name: KIND_NAMES[found.status] };
}
