/**
 * 增加家庭成员: a person joins the household on a day (birth, marriage, return). A person who belongs to another
 * household on any day from then on is not moved silently: the act is refused.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, listOf, shape } from '../platform/shape';
import { EditStore } from './edits.store';
import { HouseholdStore } from './households.store';
import { type MemberForm, memberField, readNewMember } from './member';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  locateHousehold,
  requireInhabited,
} from './one-household';
import { placesOf, requireArrived, traitsOf } from './periods.store';
import { HouseholdProblem } from './problems';
import { type Traits, traitsField, UNKNOWN_TRAITS, withTraits } from './traits';

interface Input extends EditInput {
  member: MemberForm;
  joinedOn: BusinessDate;
  traits?: Partial<Traits>;
}

export const addMember = defineAct({
  name: 'households.add-member',
  title: '增加家庭成员',
  permission: 'households.register',
  input: shape<Input>({
    ...editFields,
    member: memberField.description('新成员，关系不能为户主'),
    joinedOn: dateField('成为本户成员的首日'),
    traits: traitsField.optional(),
  }),
  answer: shape({
    ...editAnswer,
    memberId: idField(),
    notes: listOf(shape({ field: answer.text(), text: answer.text() })).description('读取时的更正'),
  }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { joinedOn, source, traits } = input;
    const { member, notes } = readNewMember(input.member, work.today);
    requireArrived(work, joinedOn);
    if (joinedOn < member.birthDate) throw HouseholdProblem.joinedBeforeBirth();
    const store = new HouseholdStore(work);
    const { version } = await store.touchSeen(household, input.version);
    await requireInhabited(work, household.id);
    const firstPlace = await placesOf(work).firstDay(household.id);
    if (firstPlace && joinedOn < firstPlace) {
      throw HouseholdProblem.joinedBeforeBirth({ detail: `本户自 ${firstPlace} 起在册` });
    }
    const memberId = work.newId();
    await store.addMembers([{ ...member, id: memberId, householdId: household.id, joinedOn }]);
    if (traits) {
      await traitsOf(work).first([
        { ...withTraits(UNKNOWN_TRAITS, traits), memberId, fromOn: joinedOn, source },
      ]);
    }
    const { id: householdId, regionCode } = household;
    const fields = ['member'];
    await new EditStore(work, 'households.add-member').add({
      ...{ householdId, regionCode, memberId, fields },
    });
    work.record({
      ...editOf(household, memberId),
      after: { memberId, relation: member.relation, joinedOn, source },
    });
    return { householdId, version, memberId, notes };
  },
});
