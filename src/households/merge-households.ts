/**
 * 并户: all present members of one household join another from a day on; the emptied household is taken off the
 * list and keeps its story and its last head on record. Both owner rows are written as they were seen.
 */
import { defineAct } from '../platform/act';
import { covers } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, listOf, shape, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import type { Household } from './household.entity';
import { householdChanging } from './household-events';
import { LISTED_KINDS } from './household-kind';
import { HouseholdStore } from './households.store';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  locateHousehold,
  type RelationOf,
  relationsField,
  requireInhabited,
} from './one-household';
import { headsOf, statusesOf } from './periods.store';
import { HouseholdProblem } from './problems';
import { pass, passing } from './transfer';

interface Input extends EditInput {
  intoId: string;
  intoVersion: number;
  fromOn: BusinessDate;
  relations: RelationOf[];
}

export const mergeHouseholds = defineAct({
  name: 'households.merge-households',
  title: '并户',
  permission: 'households.move',
  input: shape<Input>({
    ...editFields,
    intoId: idField('并入农户的编号'),
    intoVersion: versionField().description('所见并入农户的版本号'),
    fromOn: dateField('并入首日'),
    relations: relationsField.description('每名成员与并入农户户主的关系'),
  }),
  answer: shape({
    ...editAnswer,
    intoId: idField(),
    intoVersion: answer.count('并入农户现版本号'),
    memberIds: listOf(idField()).description('在并入农户中的成员编号'),
  }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { intoId, fromOn, source } = input;
    const into = await otherHousehold(work, household, intoId);
    const store = new HouseholdStore(work);
    const members = passing(work, await store.present(household.id), input.relations);
    for (const { id } of [household, into]) {
      await work.emit(householdChanging, { householdId: id, change: 'merge' });
    }
    const listed = isOnList(household);
    const changes = { subsidyMemberId: null, ...(listed && { statusNow: 'REMOVED' as const }) };
    const { version } = await store.touchSeen(household, input.version, changes);
    const { version: intoVersion } = await store.touchSeen(into, input.intoVersion);
    await requireInhabited(work, into.id);
    await requireLaterThanHeads(work, [household, into], fromOn);
    const way = { householdId: into.id, fromOn, reason: 'MERGED', source } as const;
    await pass(work, members, way);
    const memberIds = members.map((member) => member.newId);
    if (listed) await leaveList(work, household, fromOn, source);
    await new EditStore(work, 'households.merge-households').add(
      ...[household, into].map(({ id, regionCode }) => ({
        ...{ householdId: id, regionCode, fields: ['members'] },
        detail: `${household.code} → ${into.code}`,
      })),
    );
    const { subject, related } = editOf(household, ...members.map(({ id }) => id), ...memberIds);
    work.record({
      subject,
      related: [{ kind: 'household', id: into.id }, ...related],
      after: { intoId: into.id, memberIds, fromOn, source },
    });
    return { householdId: household.id, version, intoId: into.id, intoVersion, memberIds };
  },
});

/** The household that is joined, which the officer must cover too. */
async function otherHousehold(work: Work, household: Household, id: string): Promise<Household> {
  if (id === household.id) throw HouseholdProblem.sameHousehold();
  const into = await new HouseholdStore(work).get(id);
  if (!covers(work.actor, { region: into.regionCode })) throw HouseholdProblem.householdAbsent();
  return into;
}

const isOnList = ({ statusNow }: Household) =>
  (LISTED_KINDS as readonly string[]).includes(statusNow);

/** A household that is emptied, and one that is joined, has its present head on that day already. */
async function requireLaterThanHeads(
  work: Work,
  households: readonly Household[],
  fromOn: BusinessDate,
): Promise<void> {
  const heads = await headsOf(work).openOf(households.map(({ id }) => id));
  const later = heads.find((head) => head.fromOn >= fromOn);
  if (later) throw HouseholdProblem.periodOverlap({ detail: `现户主自 ${later.fromOn} 起` });
}

async function leaveList(
  work: Work,
  { id: householdId }: Household,
  fromOn: BusinessDate,
  source: string,
): Promise<void> {
  const statuses = statusesOf(work);
  const next = { householdId, status: 'REMOVED' as const, fromOn, source };
  await statuses.follow(await statuses.open(householdId), next);
}
