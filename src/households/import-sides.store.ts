/** What the register knows about the households of one step of an import and their people, in few statements. */
import { listRows } from '../platform/db/store';
import type { Work } from '../platform/work';
import { Household, HouseholdMember } from './household.entity';
import type { PersonPlace, PresentHousehold, RegisterSide, StagedHousehold } from './import-staged';
import { headsOf, statusesOf, traitsOf } from './periods.store';

/** The register's side of each of these households, by code. */
export async function registerSides(
  work: Work,
  staged: readonly StagedHousehold[],
): Promise<Map<string, RegisterSide>> {
  const present = await presentHouseholds(
    work,
    staged.map((household) => household.code),
  );
  const indexes = staged.flatMap(({ rows }) => rows.map((row) => row.idIndex));
  const people = await placesOf(work, [...new Set(indexes)]);
  return new Map(staged.map(({ code }) => [code, { present: present.get(code) ?? null, people }]));
}

/** Households of the register with those who belong to them now, by code. */
async function presentHouseholds(
  work: Work,
  codes: readonly string[],
): Promise<Map<string, PresentHousehold>> {
  const households = await listRows(work.tx, Household, { code: [...codes] });
  if (households.length === 0) return new Map();
  const ids = households.map((household) => household.id);
  const members = await listRows(work.tx, HouseholdMember, { householdId: ids, leftOn: null });
  const statuses = await statusesOf(work).openOf(ids);
  const heads = await headsOf(work).openOf(ids);
  const traits = await traitsOf(work).openOf(members.map((member) => member.id));
  const ofMember = new Map(traits.map((one) => [one.memberId, one]));
  const head = new Map(heads.map((one) => [one.householdId, one]));
  const status = new Map(statuses.map((one) => [one.householdId, one]));
  const ofHousehold = new Map<string, HouseholdMember[]>(ids.map((id) => [id, []]));
  for (const member of members) ofHousehold.get(member.householdId)?.push(member);
  return new Map(
    households.map((household) => [
      household.code,
      {
        household,
        members: ofHousehold.get(household.id) ?? [],
        status: status.get(household.id) ?? null,
        head: head.get(household.id) ?? null,
        traits: ofMember,
      },
    ]),
  );
}

/** Where these people stand or stood, by blind index of the ID number. */
async function placesOf(
  work: Work,
  indexes: readonly string[],
): Promise<Map<string, PersonPlace[]>> {
  const rows = await work.tx.rows<PersonPlace & { idIndex: string }>(
    `SELECT m.id_number_index AS idIndex, m.household_id AS householdId, h.code AS householdCode,
            h.region_code AS regionCode, m.left_on AS leftOn, m.deceased_on AS deceasedOn
       FROM household_member m JOIN household h ON h.id = m.household_id
      WHERE m.id_number_index IN (:indexes)`,
    { indexes },
  );
  const places = new Map<string, PersonPlace[]>();
  for (const { idIndex, ...place } of rows) {
    places.set(idIndex, [...(places.get(idIndex) ?? []), place]);
  }
  return places;
}
