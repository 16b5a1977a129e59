/**
 * Writing what a list changes, by the same functions as the acts by hand: entering, joining, correcting, periods. Each
 * household's owner row is written under the version that the plan saw, and each leaves an edit row with the task.
 */
import { RunAgain } from '../platform/db/database';
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import type { Household } from './household.entity';
import { HouseholdStore } from './households.store';
import { fieldsOf, type HouseholdChanges } from './import-changes';
import type { HouseholdPlan } from './import-plan';
import type { StagedRow } from './import-staged';
import { initialsOf } from './initials';
import { headColumns } from './one-household';
import { statusesOf, traitsOf } from './periods.store';
import { enterHouseholds, type NewHousehold } from './registration';
import { succeed } from './succession';
import { UNKNOWN_TRAITS, withTraits } from './traits';

/** Carries out the plans of one step that are NEW or CHANGED. */
export async function applyPlans(
  work: Work,
  plans: readonly HouseholdPlan[],
  taskId: string,
): Promise<void> {
  const edits = new EditStore(work, 'households.import', taskId);
  const forms = plans.flatMap(({ enter }) => (enter ? [enter] : []));
  if (forms.length > 0) await enter(work, forms, edits);
  for (const { changes } of plans) {
    if (changes) await change(work, changes, edits);
  }
}

/** A code or person that another took while we planned: the step is planned anew on what is there now. */
async function enter(work: Work, forms: readonly NewHousehold[], edits: EditStore): Promise<void> {
  const entered = await enterHouseholds(work, forms, edits).catch(planAnew);
  entered.forEach(({ householdId, memberIds }, at) => {
    const { code, regionCode, status } = forms[at] as NewHousehold;
    work.record({
      subject: { kind: 'household', id: householdId },
      related: memberIds.map((id) => ({ kind: 'member', id })),
      after: { code, regionCode, memberIds, status },
    });
  });
}

function planAnew(error: unknown): never {
  if (error instanceof Problem && error.kind === 'conflict') {
    throw new RunAgain('The register was changed while the step was planned', { cause: error });
  }
  throw error;
}

async function change(work: Work, changes: HouseholdChanges, edits: EditStore): Promise<void> {
  const { present, source, status, head } = changes;
  const { household } = present;
  const store = new HouseholdStore(work);
  await store.touchSeen(household, household.version, copiesOf(changes));
  const joined = await join(work, store, changes);
  for (const { member, facts } of changes.correct) await store.correct(member, facts);
  if (status) {
    const next = { householdId: household.id, ...status, source };
    await statusesOf(work).follow(present.status, next);
  }
  if (head) await changeHead(work, store, changes);
  for (const { member, open, next } of changes.traits) {
    const period = { ...next, memberId: member.id, fromOn: work.today, source };
    await traitsOf(work).follow(open, period);
  }
  await tell(work, changes, joined, edits);
}

/** What the owner row copies of what changes. The head's columns follow when the head is known by id. */
function copiesOf({ status, head, correct, present }: HouseholdChanges): Partial<Household> {
  const named = correct.find(({ member }) => member.id === present.household.headMemberId);
  const name = head ? undefined : named?.facts.name;
  return {
    ...(status ? { statusNow: status.status } : {}),
    ...(name === undefined ? {} : { headName: name, headInitials: initialsOf(name) }),
  };
}

async function join(
  work: Work,
  store: HouseholdStore,
  { join: rows, present, source }: HouseholdChanges,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const joinedOn = work.today;
  const members = rows.map(({ person }) => ({
    ...person,
    id: work.newId(),
    householdId: present.household.id,
    joinedOn,
  }));
  await store.addMembers(members).catch(planAnew);
  const known = rows.flatMap(({ traits }, at) => {
    const memberId = (members[at] as { id: string }).id;
    const said = withTraits(UNKNOWN_TRAITS, traits);
    return Object.keys(traits).length > 0 ? [{ ...said, memberId, fromOn: joinedOn, source }] : [];
  });
  await traitsOf(work).first(known);
  return members.map((member) => member.id);
}

/** The relations to the new head are those of the list, which names everybody of the household. */
async function changeHead(
  work: Work,
  store: HouseholdStore,
  { present, source, head, rows }: HouseholdChanges,
): Promise<void> {
  const staying = await store.present(present.household.id);
  const next = staying.find((member) => member.idNumberIndex === head);
  if (!next) throw new RunAgain('The new head is no longer in the household');
  const relationOf = new Map(rows.map((row: StagedRow) => [row.idIndex, row.person.relation]));
  const relations = staying
    .filter((member) => member !== next)
    .map((member) => ({
      memberId: member.id,
      relation: relationOf.get(member.idNumberIndex) ?? member.relation,
    }));
  const form = { memberId: next.id, relations, fromOn: work.today, source };
  await store.touchSeen(present.household, present.household.version + 1, headColumns(next));
  await succeed(work, staying, next, form);
}

async function tell(
  work: Work,
  changes: HouseholdChanges,
  joined: readonly string[],
  edits: EditStore,
): Promise<void> {
  const { household } = changes.present;
  const fields = fieldsOf(changes);
  const touched = [
    ...joined,
    ...changes.correct.map(({ member }) => member.id),
    ...changes.traits.map(({ member }) => member.id),
  ];
  await edits.add({ householdId: household.id, regionCode: household.regionCode, fields });
  work.record({
    subject: { kind: 'household', id: household.id },
    related: [...new Set(touched)].map((id) => ({ kind: 'member', id })),
    before: { version: household.version },
    after: { fields, status: changes.status, joined, source: changes.source },
  });
}
