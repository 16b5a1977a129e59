/**
 * People as of a day, for other modules: who belonged to a household then, what was known of them, who headed it
 * and where it stood. Personal fields appear masked only.
 */
import { type BusinessDate, yearsOld } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { LeftReason, Relation, Sex } from './household-kind';
import { HouseholdProblem } from './problems';
import { ABLE_LABOUR, type Labour, type Traits } from './traits';

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

/** A person of a household on a day, with what was known of them then. */
export interface MemberOn extends MemberFace, Traits {
  joinedOn: BusinessDate;
  leftReason: LeftReason | null;
  deceasedOn: BusinessDate | null;
  /** 周岁 on that day. */
  age: number;
}

/** The hands of a household on a day. */
export interface Workers {
  /** Members of 16 and over whose labour ability is 技能 or 普通劳动力. */
  able: number;
  /** Members of 16 and over whose ability is 弱劳动力或半劳动力. */
  weak: number;
  /** Members of 16 and over of whom it is not known. */
  unknown: number;
  /** `able`, or null while it is unknown of any member of 16 and over. */
  ableWorkers: number | null;
}

/** Younger people are no workers, whatever the register says (劳动法 第15条). */
const WORKING_AGE = 16;

/** Households asked in one statement: enough to matter, few enough for every database. */
const CHUNK = 1000;

const FACE = `m.id AS id, m.household_id AS householdId, m.name AS name,
  m.id_number_masked AS idMasked, m.birth_date AS birthDate, m.sex AS sex,
  m.relation AS relation, m.phone_masked AS phoneMasked, m.left_on AS leftOn`;

/** The condition under which a row of these columns holds on `:date`. */
export const holdsOn = (alias: string, first = 'from_on', last = 'to_on'): string =>
  `${alias}.${first} <= :date AND (${alias}.${last} IS NULL OR ${alias}.${last} >= :date)`;

/** The person with this member id, also one who has left. @throws Problem households.member-absent */
export async function memberFor(sql: Sql, memberId: string): Promise<MemberFace> {
  const found = await sql.one<MemberFace>(
    `SELECT ${FACE} FROM household_member m WHERE m.id = :memberId`,
    { memberId },
  );
  if (!found) throw HouseholdProblem.memberAbsent();
  return found;
}

/** Who belonged to the household on a date, the head of that day first, then by id. */
export async function membersOn(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<MemberOn[]> {
  return (await membersOfAll(sql, [householdId], date)).get(householdId) ?? [];
}

/** Who belonged to each of these households on a date; a household without members is not in the map. */
export async function membersOfAll(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, MemberOn[]>> {
  const found = new Map<string, MemberOn[]>();
  for (let from = 0; from < householdIds.length; from += CHUNK) {
    const rows = await sql.rows<MemberRow>(
      `SELECT ${FACE}, m.joined_on AS joinedOn, m.left_reason AS leftReason,
              m.deceased_on AS deceasedOn, t.health AS health, t.labour AS labour,
              t.skills AS skills, t.working_away AS workingAway, t.away_place AS awayPlace,
              t.public_employee AS publicEmployee
         FROM household_member m
         LEFT JOIN member_traits t ON t.member_id = m.id AND ${holdsOn('t')}
         LEFT JOIN household_head h ON h.household_id = m.household_id AND h.member_id = m.id
              AND ${holdsOn('h')}
        WHERE m.household_id IN (:ids) AND ${holdsOn('m', 'joined_on', 'left_on')}
        ORDER BY m.household_id, CASE WHEN h.id IS NULL THEN 1 ELSE 0 END, m.id`,
      { ids: householdIds.slice(from, from + CHUNK), date },
    );
    for (const row of rows) {
      const member = memberOn(row, date);
      const others = found.get(row.householdId);
      if (others) others.push(member);
      else found.set(row.householdId, [member]);
    }
  }
  return found;
}

/** A member as the database gives it. */
export type MemberRow = Omit<MemberOn, 'age' | 'publicEmployee'> & {
  publicEmployee: number | null;
};

/** A member on a day, from the row. */
export function memberOn(row: MemberRow, date: BusinessDate): MemberOn {
  const publicEmployee = row.publicEmployee === null ? null : row.publicEmployee === 1;
  return { ...row, publicEmployee, age: yearsOld(row.birthDate, date) };
}

/** The hands of members, as `membersOn` gives them. */
export function workersAmong(members: readonly MemberOn[]): Workers {
  const grown = members.filter((member) => member.age >= WORKING_AGE);
  const count = (fits: (labour: Labour) => boolean) =>
    grown.filter((member) => member.labour !== null && fits(member.labour)).length;
  const able = count((labour) => ABLE_LABOUR.includes(labour));
  const unknown = grown.filter((member) => member.labour === null).length;
  return {
    able,
    weak: count((labour) => labour === 'WEAK'),
    unknown,
    ableWorkers: unknown > 0 ? null : able,
  };
}

/** The hands of each of these households on a date; every household asked for is in the map. */
export async function workersOf(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, Workers>> {
  const members = await membersOfAll(sql, householdIds, date);
  return new Map(householdIds.map((id) => [id, workersAmong(members.get(id) ?? [])]));
}

/** Who headed the household on a date, null before its first day. */
export function headOn(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<MemberFace | null> {
  return sql.one<MemberFace>(
    `SELECT ${FACE} FROM household_head h JOIN household_member m ON m.id = h.member_id
      WHERE h.household_id = :householdId AND ${holdsOn('h')}`,
    { householdId, date },
  );
}

/** In which village (12 digits) the household stood on a date, null before its first day. */
export async function placeOn(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<string | null> {
  const found = await sql.one<{ regionCode: string }>(
    `SELECT p.region_code AS regionCode FROM household_place p
      WHERE p.household_id = :householdId AND ${holdsOn('p')}`,
    { householdId, date },
  );
  return found?.regionCode ?? null;
}

/**
 * The household to which a person belonged on a date, asked by any of the person's member ids: who moved has
 * one in each household. Null on a day on which the person stood in none.
 * @throws Problem households.member-absent
 */
export async function householdOf(
  sql: Sql,
  memberId: string,
  date: BusinessDate,
): Promise<string | null> {
  await memberFor(sql, memberId);
  const found = await sql.one<{ householdId: string }>(
    `SELECT m.household_id AS householdId
       FROM household_member asked JOIN household_member m
            ON m.id_number_index = asked.id_number_index
      WHERE asked.id = :memberId AND ${holdsOn('m', 'joined_on', 'left_on')}`,
    { memberId, date },
  );
  return found?.householdId ?? null;
}
