/**
 * 分户: some members form a household of their own from a day on, in the same village and status, under a code of
 * its own. The head stays with the old household; a head who is to go is succeeded first.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { dateField, idField, Joi, listOf, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import type {
  Household,
  HouseholdMember,
  HouseholdPlace,
  HouseholdStatus,
} from './household.entity';
import { householdChanging } from './household-events';
import { HouseholdStore } from './households.store';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  headColumns,
  locateHousehold,
  type RelationOf,
  relationsField,
} from './one-household';
import { headsOf, placesOf, requireArrived, statusesOf } from './periods.store';
import { HouseholdProblem } from './problems';
import { HOUSEHOLD_CODE } from './register-household';
import { type Passing, pass, passing } from './transfer';

interface Input extends EditInput {
  code: string;
  headId: string;
  relations: RelationOf[];
  fromOn: BusinessDate;
}

export const splitHousehold = defineAct({
  name: 'households.split-household',
  title: '分户',
  permission: 'households.move',
  input: shape<Input>({
    ...editFields,
    code: Joi.string()
      .pattern(HOUSEHOLD_CODE, '4–32 位数字、大写字母或连字符')
      .description('新户编号'),
    headId: idField('新户户主的现成员编号'),
    relations: relationsField.description('分出的其余成员与新户主的关系'),
    fromOn: dateField('分户首日'),
  }),
  answer: shape({
    ...editAnswer,
    newHouseholdId: idField(),
    memberIds: listOf(idField()).description('在新户中的成员编号，户主在前'),
  }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { code, fromOn, source } = input;
    requireArrived(work, fromOn);
    const store = new HouseholdStore(work);
    const leaving = thoseLeaving(work, household, await store.present(household.id), input);
    if (await store.byCode(code)) throw HouseholdProblem.codeTaken();
    await work.emit(householdChanging, { householdId: household.id, change: 'split' });
    const paid = leaving.some((member) => member.id === household.subsidyMemberId);
    const changes = paid ? { subsidyMemberId: null } : {};
    const { version } = await store.touchSeen(household, input.version, changes);
    const newHouseholdId = await openNew(work, household, leaving[0] as Passing, input);
    const way = { householdId: newHouseholdId, fromOn, reason: 'SPLIT', source } as const;
    await pass(work, leaving, way);
    await firstPeriods(work, household.id, newHouseholdId, leaving[0] as Passing, input);
    const memberIds = leaving.map((member) => member.newId);
    await new EditStore(work, 'households.split-household').add(
      ...[household.id, newHouseholdId].map((id) => ({
        ...{ householdId: id, regionCode: household.regionCode, fields: ['members'] },
        detail: `${household.code} → ${code}`,
      })),
    );
    const { subject, related } = editOf(household, ...leaving.map(({ id }) => id), ...memberIds);
    work.record({
      subject,
      related: [{ kind: 'household', id: newHouseholdId }, ...related],
      after: { newHouseholdId, code, memberIds, fromOn, source },
    });
    return { householdId: household.id, version, newHouseholdId, memberIds };
  },
});

/** Who goes, the new head first. @throws Problem households.head-leaving, households.not-of-household */
function thoseLeaving(
  work: Work,
  household: Household,
  present: readonly HouseholdMember[],
  { headId, relations }: Input,
): Passing[] {
  const named: RelationOf[] = [{ memberId: headId, relation: 'HEAD' }, ...relations];
  if (named.some(({ memberId }) => memberId === household.headMemberId)) {
    throw HouseholdProblem.headLeaving({ detail: '户主须留在原户' });
  }
  const members = named.map(({ memberId }) => {
    const found = present.find((member) => member.id === memberId);
    if (!found) throw HouseholdProblem.notOfHousehold();
    return found;
  });
  return passing(work, members, named);
}

/** Inserts the row of the new household; its members and periods follow. Returns its id. */
async function openNew(
  work: Work,
  household: Household,
  head: Passing,
  { code }: Input,
): Promise<string> {
  const id = work.newId();
  await new HouseholdStore(work).add([
    {
      ...headColumns({ ...head, id: head.newId }),
      ...{ id, code, regionCode: household.regionCode, statusNow: household.statusNow },
      subsidyMemberId: null,
      registeredOn: work.today,
      registeredBy: work.actor.id,
    },
  ]);
  return id;
}

/**
 * The new household begins where and as what the old one stands.
 * @throws Problem households.period-overlap when that is so only from a later day on.
 */
async function firstPeriods(
  work: Work,
  oldId: string,
  householdId: string,
  head: Passing,
  { fromOn, source }: Input,
): Promise<void> {
  const place = (await placesOf(work).open(oldId)) as HouseholdPlace;
  const status = (await statusesOf(work).open(oldId)) as HouseholdStatus;
  const later = [place, status].find((period) => period.fromOn > fromOn);
  if (later) throw HouseholdProblem.periodOverlap({ detail: `原户的记录自 ${later.fromOn} 起` });
  const begin = { householdId, fromOn, source };
  const { regionCode } = place;
  await placesOf(work).first([{ ...begin, regionCode, cause: 'REGISTERED' }]);
  await statusesOf(work).first([{ ...begin, status: status.status }]);
  await headsOf(work).first([{ ...begin, memberId: head.newId }]);
}
