/**
 * Entering households: the one way in which a household comes into the register, by hand or from a list. Made for
 * many at once; the act of registration enters one. Who belongs to another household now is refused by the unique
 * key; who has left one belongs here from the day after, at the earliest.
 */
import { addDays, type BusinessDate, maxDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import type { HouseholdKind } from './household-kind';
import { HouseholdStore, type NewMember } from './households.store';
import { initialsOf } from './initials';
import type { ReadMember } from './member';
import { headsOf, placesOf, statusesOf, traitsOf } from './periods.store';
import { type Traits, UNKNOWN_TRAITS, withTraits } from './traits';

/** A household to be entered, checked: one head, nobody twice, the village known, the code free. */
export interface NewHousehold {
  code: string;
  /** The village, 12 digits. */
  regionCode: string;
  members: readonly (ReadMember & { traits?: Partial<Traits> })[];
  status: { status: HouseholdKind; fromOn: BusinessDate; source: string };
}

/** An entered household with its members' ids, in the order of the form. */
export interface Entered {
  householdId: string;
  code: string;
  memberIds: string[];
}

/** One household with what was made for it. */
interface Prepared {
  form: NewHousehold;
  householdId: string;
  people: (NewMember & { traits?: Partial<Traits> })[];
  head: NewMember;
}

/**
 * Enters households with members and first periods, all from the first day of the first status on; a member
 * born or freed later joins on that day. `edits` notes them (with the task of a bulk entry).
 * @throws Problem households.code-taken, households.person-elsewhere
 */
export async function enterHouseholds(
  work: Work,
  forms: readonly NewHousehold[],
  edits: EditStore,
): Promise<Entered[]> {
  const store = new HouseholdStore(work);
  const numbers = forms.flatMap((form) => form.members.map((member) => member.idNumber));
  const freed = await store.lastDays(numbers);
  const entered = forms.map((form) => prepared(work, form, freed));
  await store.add(entered.map((one) => householdRow(work, one)));
  await store.addMembers(entered.flatMap(({ people }) => people));
  await firstPeriods(work, entered);
  await edits.add(
    ...entered.map(({ householdId, form }) => ({
      householdId,
      regionCode: form.regionCode,
      fields: ['code', 'regionCode', 'members', 'status'],
    })),
  );
  return entered.map(({ householdId, form, people }) => ({
    householdId,
    code: form.code,
    memberIds: people.map((member) => member.id),
  }));
}

function prepared(
  work: Work,
  form: NewHousehold,
  freed: ReadonlyMap<string, BusinessDate>,
): Prepared {
  const householdId = work.newId();
  const people = form.members.map((member) => {
    const left = freed.get(member.idNumber);
    const days = [member.birthDate, ...(left ? [addDays(left, 1)] : [])];
    const joinedOn = maxDate(form.status.fromOn, ...days);
    return { ...member, id: work.newId(), householdId, joinedOn };
  });
  const head = people.find((member) => member.relation === 'HEAD') as NewMember;
  return { form, householdId, people, head };
}

function householdRow(work: Work, { form, householdId, head }: Prepared) {
  return {
    id: householdId,
    code: form.code,
    regionCode: form.regionCode,
    headMemberId: head.id,
    headName: head.name,
    headInitials: initialsOf(head.name),
    statusNow: form.status.status,
    subsidyMemberId: null,
    registeredOn: work.today,
    registeredBy: work.actor.id,
  };
}

async function firstPeriods(work: Work, entered: readonly Prepared[]): Promise<void> {
  const each = <T>(row: (one: Prepared, householdId: string, begin: Begin) => T): T[] =>
    entered.map((one) => {
      const { fromOn, source } = one.form.status;
      return row(one, one.householdId, { fromOn, source });
    });
  await statusesOf(work).first(
    each(({ form }, householdId, begin) => ({
      ...begin,
      householdId,
      status: form.status.status,
    })),
  );
  await placesOf(work).first(
    each(({ form }, householdId, begin) => ({
      ...begin,
      householdId,
      regionCode: form.regionCode,
      cause: 'REGISTERED' as const,
    })),
  );
  await headsOf(work).first(
    each(({ head }, householdId, begin) => ({ ...begin, householdId, memberId: head.id })),
  );
  const known = entered.flatMap(({ people, form }) =>
    people.flatMap(({ traits, id, joinedOn }) =>
      traits
        ? [
            {
              ...withTraits(UNKNOWN_TRAITS, traits),
              memberId: id,
              fromOn: joinedOn,
              source: form.status.source,
            },
          ]
        : [],
    ),
  );
  await traitsOf(work).first(known);
}

interface Begin {
  fromOn: BusinessDate;
  source: string;
}
