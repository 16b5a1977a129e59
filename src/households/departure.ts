/**
 * Leaving a household, alone, by a split or by a merger: the last day lies within what is written of the person,
 * and on no day does somebody head a household to which that person does not belong.
 */
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import type { HouseholdMember } from './household.entity';
import { HouseholdStore, type Leaving } from './households.store';
import { headsOf, requireArrived } from './periods.store';
import { HouseholdProblem } from './problems';

/**
 * Lets members leave. The owner row has been written.
 * @throws Problem households.day-in-future, households.left-before-joined
 */
export async function depart(
  work: Work,
  members: readonly HouseholdMember[],
  leaving: Leaving,
): Promise<void> {
  const { leftOn } = leaving;
  requireArrived(work, leftOn);
  for (const member of members) {
    const since = await lastHeadDay(work, member);
    const earliest = since && since > member.joinedOn ? since : member.joinedOn;
    if (leftOn < earliest) {
      const why = since === earliest ? `至 ${earliest} 为户主` : `自 ${earliest} 起属于本户`;
      throw HouseholdProblem.leftBeforeJoined({ detail: `${member.name}${why}` });
    }
  }
  const store = new HouseholdStore(work);
  await store.leave(members, leaving);
  await requireLastToLeave(store, members, leftOn);
}

/** Who empties a household leaves with or after the others: its head on record is the last of them. */
async function requireLastToLeave(
  store: HouseholdStore,
  [member]: readonly HouseholdMember[],
  leftOn: BusinessDate,
): Promise<void> {
  if (!member) return;
  const { present, lastLeft } = await store.occupancy(member.householdId);
  if (present > 0 || lastLeft === null || lastLeft <= leftOn) return;
  throw HouseholdProblem.leftBeforeJoined({ detail: `本户至 ${lastLeft} 仍有其他成员` });
}

/** The last day on which the member is written as a former head, null when never. */
async function lastHeadDay(work: Work, member: HouseholdMember): Promise<BusinessDate | null> {
  const periods = await headsOf(work).all(member.householdId);
  const own = periods.filter((period) => period.memberId === member.id);
  return own.reduce<BusinessDate | null>((last, { toOn }) => toOn ?? last, null);
}
