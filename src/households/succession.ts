/**
 * 户主更替: who heads the household from a day on, and how the others are related to the new head. Used when the
 * head is changed and when the head leaves.
 */
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import type { HouseholdMember } from './household.entity';
import { HouseholdStore } from './households.store';
import { type RelationOf, requireThere } from './one-household';
import { headsOf } from './periods.store';
import { HouseholdProblem } from './problems';

/** The new head and the relations of all others who stay. */
export interface Succession {
  memberId: string;
  relations: RelationOf[];
}

/**
 * The member who is to be head from a day on, after checking the form against those who will belong to the
 * household then (`staying`).
 * @throws Problem households.not-of-household, households.relations-incomplete
 */
export function successor(
  staying: readonly HouseholdMember[],
  form: Succession,
  fromOn: BusinessDate,
): HouseholdMember {
  const head = requireThere(
    staying.find((member) => member.id === form.memberId),
    fromOn,
  );
  const others = staying.filter((member) => member.id !== head.id).map((member) => member.id);
  const named = form.relations.map((one) => one.memberId);
  if ([...others].sort().join() !== [...named].sort().join()) {
    throw HouseholdProblem.relationsIncomplete({
      detail: `除新户主外有 ${others.length} 名成员，现填 ${named.length} 名`,
    });
  }
  return head;
}

/**
 * Begins the period of a head and writes the relations to him or her. The owner row has been written with the
 * new head.
 * @throws Problem households.period-overlap, households.day-in-future
 */
export async function succeed(
  work: Work,
  staying: readonly HouseholdMember[],
  head: HouseholdMember,
  form: Succession & { fromOn: BusinessDate; source: string },
): Promise<void> {
  const { householdId } = head;
  const heads = headsOf(work);
  const { fromOn, source } = form;
  await heads.follow(await heads.open(householdId), {
    ...{ householdId, memberId: head.id, fromOn, source },
  });
  const store = new HouseholdStore(work);
  for (const member of staying) {
    const named = form.relations.find((one) => one.memberId === member.id);
    await store.correct(member, { relation: named?.relation ?? 'HEAD' });
  }
}
