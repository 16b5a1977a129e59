/**
 * 变更成员情况: health, labour ability, skills, work away and public employment of a member, from a day on. What the
 * form leaves out stays as it was; null says that it is no longer known.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, listOf, shape } from '../platform/shape';
import { EditStore } from './edits.store';
import { HouseholdStore } from './households.store';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  locateMember,
  requirePresent,
  requireThere,
} from './one-household';
import { traitsOf } from './periods.store';
import { HouseholdProblem } from './problems';
import {
  type Traits,
  traitFields,
  traitsChanged,
  traitsIn,
  UNKNOWN_TRAITS,
  withTraits,
} from './traits';

interface Input extends EditInput, Partial<Traits> {
  memberId: string;
  fromOn: BusinessDate;
}

export const changeTraits = defineAct({
  name: 'households.change-traits',
  title: '变更成员情况',
  permission: 'households.edit',
  input: shape<Input>({
    ...editFields,
    memberId: idField('成员编号'),
    fromOn: dateField('新情况的起始日'),
    ...traitFields,
  }),
  answer: shape({ ...editAnswer, memberId: idField(), fields: listOf(answer.text()) }),
  locate: locateMember,
  run: async (work, input, { household, member }) => {
    requirePresent(member);
    const { fromOn, source, memberId } = input;
    const { version } = await new HouseholdStore(work).touchSeen(household, input.version);
    requireThere(member, fromOn);
    const periods = traitsOf(work);
    const open = await periods.open(memberId);
    const before = open ? traitsIn(open) : UNKNOWN_TRAITS;
    const after = withTraits(before, traitsIn(input));
    const fields = traitsChanged(before, after);
    if (fields.length === 0) throw HouseholdProblem.nothingChanged();
    await periods.follow(open, { ...after, memberId, fromOn, source });
    const { id: householdId, regionCode } = household;
    await new EditStore(work, 'households.change-traits').add({
      ...{ householdId, regionCode, memberId, fields },
    });
    // The state of health is told by its name only: whoever may read it finds it in the register.
    work.record({ ...editOf(household, memberId), after: { memberId, fields, fromOn, source } });
    return { householdId, version, memberId, fields: [...fields] };
  },
});
