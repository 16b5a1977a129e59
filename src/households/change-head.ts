/**
 * 变更户主: from a day on another member heads the household. The relations of all others are told anew, because
 * a son of the former head may be the brother of the new one.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import { EditStore } from './edits.store';
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
import { HouseholdProblem } from './problems';
import { succeed, successor } from './succession';

interface Input extends EditInput {
  memberId: string;
  fromOn: BusinessDate;
  relations: RelationOf[];
}

export const changeHead = defineAct({
  name: 'households.change-head',
  title: '变更户主',
  permission: 'households.edit',
  input: shape<Input>({
    ...editFields,
    memberId: idField('新户主的成员编号'),
    fromOn: dateField('新户主的起始日'),
    relations: relationsField,
  }),
  answer: shape({ ...editAnswer, headMemberId: idField(), headName: answer.text() }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { memberId, fromOn, source } = input;
    const store = new HouseholdStore(work);
    const members = await store.present(household.id);
    if (memberId === household.headMemberId) throw HouseholdProblem.headUnchanged();
    const head = successor(members, input, fromOn);
    const { version } = await store.touchSeen(household, input.version, headColumns(head));
    await succeed(work, members, head, input);
    await new EditStore(work, 'households.change-head').add({
      householdId: household.id,
      regionCode: household.regionCode,
      memberId,
      fields: ['head', 'relation'],
      detail: `${household.headName} → ${head.name}`,
    });
    work.record({
      ...editOf(household, household.headMemberId, memberId),
      before: { headMemberId: household.headMemberId },
      after: { headMemberId: memberId, fromOn, source },
    });
    return { householdId: household.id, version, headMemberId: memberId, headName: head.name };
  },
});
