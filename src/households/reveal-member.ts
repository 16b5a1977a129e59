/**
 * 查看完整身份信息: the only way in which an ID number, phone or account leaves unmasked. Looking is an act: who
 * looked, at whom, when and why stands in the audit, and the answer itself is kept sealed.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField } from '../platform/shape';
import { HouseholdStore } from './households.store';

export const revealMember = defineAct({
  name: 'households.reveal-member',
  title: '查看成员完整身份信息',
  permission: 'households.reveal',
  privateAnswer: true,
  input: shape<{ memberId: string; reason: string }>({
    memberId: idField('成员编号'),
    reason: textField(200, '查看事由').min(4),
  }),
  answer: shape({
    memberId: idField(),
    name: answer.text(),
    idNumber: answer.text(),
    phone: answer.text().allow(null),
    account: answer.text().allow(null),
  }),
  locate: async (work, input) => {
    const store = new HouseholdStore(work);
    const member = await store.member(input.memberId);
    const household = await store.get(member.householdId);
    return { region: household.regionCode, member };
  },
  run: async (work, _input, { member }) => {
    work.record({
      subject: { kind: 'member', id: member.id },
      related: [{ kind: 'household', id: member.householdId }],
    });
    const { idNumber, phone, account } = new HouseholdStore(work).open(member);
    return { memberId: member.id, name: member.name, idNumber, phone, account };
  },
});
