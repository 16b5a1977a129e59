/**
 * People who pass from one household into another on a day, by a split or a merger: they leave the one on the day
 * before and join the other on the day, with what is known of them.
 */
import { addDays, type BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { depart } from './departure';
import type { HouseholdMember } from './household.entity';
import type { LeftReason, Relation } from './household-kind';
import { HouseholdStore } from './households.store';
import type { RelationOf } from './one-household';
import { traitsOf } from './periods.store';
import { HouseholdProblem } from './problems';
import { traitsIn } from './traits';

/** Where they go, from which day on and why. */
export interface Passage {
  householdId: string;
  fromOn: BusinessDate;
  reason: LeftReason;
  source: string;
}

/** A member with the relation to the head of the household that is joined, and the id of the row there. */
export type Passing = HouseholdMember & { relation: Relation; newId: string };

/** The members with their new relations. @throws Problem households.relations-incomplete */
export function passing(
  work: Work,
  members: readonly HouseholdMember[],
  relations: readonly RelationOf[],
): Passing[] {
  const named = new Map(relations.map((one) => [one.memberId, one.relation]));
  const all = members.every((member) => named.has(member.id));
  if (!all || named.size !== members.length) throw HouseholdProblem.relationsIncomplete();
  return members.map((member) => ({
    ...member,
    relation: named.get(member.id) as Relation,
    newId: work.newId(),
  }));
}

/** Passes members over. Both owner rows have been written. */
export async function pass(
  work: Work,
  members: readonly Passing[],
  { householdId, fromOn, reason, source }: Passage,
): Promise<void> {
  const leftOn = addDays(fromOn, -1);
  await depart(work, members, { leftOn, leftReason: reason, deceasedOn: null });
  await new HouseholdStore(work).join(members, householdId, fromOn);
  const newIds = new Map(members.map((member) => [member.id, member.newId]));
  const periods = traitsOf(work);
  const known = await periods.openOf([...newIds.keys()]);
  await periods.first(
    known.map((open) => ({
      ...traitsIn(open),
      memberId: newIds.get(open.memberId) as string,
      fromOn,
      source,
    })),
  );
}
