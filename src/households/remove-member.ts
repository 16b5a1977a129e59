/**
 * 成员离户: a member leaves the household after a last day, for a reason; the row stays. A head who leaves is
 * succeeded in the same act, from that last day on; only the last member of a household leaves without a
 * successor and stays its head on record.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { codeField, dateField, idField, shape } from '../platform/shape';
import { depart } from './departure';
import { EditStore } from './edits.store';
import type { Household, HouseholdMember } from './household.entity';
import { LEFT_REASON_NAMES, type LeftReason } from './household-kind';
import { HouseholdStore } from './households.store';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  headColumns,
  locateMember,
  relationsField,
  requirePresent,
} from './one-household';
import { HouseholdProblem } from './problems';
import { type Succession, succeed, successor } from './succession';

/** Reasons a person is said to leave by; SPLIT and MERGED come with the acts of that name. */
const REASONS = ['MOVED', 'MARRIED', 'DIVORCED', 'DIED', 'OTHER'] as const;

interface Input extends EditInput {
  memberId: string;
  leftOn: BusinessDate;
  reason: LeftReason;
  newHead?: Succession;
}

export const removeMember = defineAct({
  name: 'households.remove-member',
  title: '成员离户',
  permission: 'households.edit',
  input: shape<Input>({
    ...editFields,
    memberId: idField('成员编号'),
    leftOn: dateField('在本户的最后一日；死亡的为死亡日'),
    reason: codeField(REASONS, '离户原因'),
    newHead: shape<Succession>({
      memberId: idField('新户主的成员编号'),
      relations: relationsField,
    })
      .description('户主离户时的新户主')
      .optional(),
  }),
  answer: shape(editAnswer),
  locate: locateMember,
  run: async (work, input, { household, member }) => {
    requirePresent(member);
    const { leftOn, reason, source, memberId } = input;
    const store = new HouseholdStore(work);
    const staying = (await store.present(household.id)).filter(({ id }) => id !== member.id);
    const head = headAfter(household, member, staying, input);
    const { version } = await store.touchSeen(household, input.version, {
      ...(head && headColumns(head)),
      ...(household.subsidyMemberId === member.id && { subsidyMemberId: null }),
    });
    if (head && input.newHead) {
      await succeed(work, staying, head, { ...input.newHead, fromOn: leftOn, source });
    }
    const deceasedOn = reason === 'DIED' ? leftOn : null;
    await depart(work, [member], { leftOn, leftReason: reason, deceasedOn });
    await new EditStore(work, 'households.remove-member').add({
      householdId: household.id,
      regionCode: household.regionCode,
      memberId,
      fields: head ? ['member', 'head', 'relation'] : ['member'],
      detail: LEFT_REASON_NAMES[reason],
    });
    work.record({
      ...editOf(household, memberId),
      after: { memberId, leftOn, reason, source, ...(head && { headMemberId: head.id }) },
    });
    return { householdId: household.id, version };
  },
});

/** The new head where one is needed. @throws Problem households.head-leaving, among others */
function headAfter(
  household: Household,
  leaving: HouseholdMember,
  staying: readonly HouseholdMember[],
  input: Input,
): HouseholdMember | null {
  if (household.headMemberId !== leaving.id || staying.length === 0) return null;
  if (!input.newHead) throw HouseholdProblem.headLeaving();
  return successor(staying, input.newHead, input.leftOn);
}
