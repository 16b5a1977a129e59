/** 指定补贴账户: the member of the household on whose account subsidies are paid; null takes the naming back. */
import { defineAct } from '../platform/act';
import { answer, idField, shape } from '../platform/shape';
import { EditStore } from './edits.store';
import { HouseholdStore } from './households.store';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  locateHousehold,
  requireThere,
} from './one-household';
import { HouseholdProblem } from './problems';

interface Input extends EditInput {
  memberId: string | null;
}

export const setSubsidyAccount = defineAct({
  name: 'households.set-subsidy-account',
  title: '指定补贴账户',
  permission: 'households.edit',
  input: shape<Input>({
    ...editFields,
    memberId: idField('账户所属成员的编号，空为取消').allow(null),
  }),
  answer: shape({ ...editAnswer, accountMasked: answer.text().allow(null) }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { memberId } = input;
    if (memberId === household.subsidyMemberId) throw HouseholdProblem.nothingChanged();
    const store = new HouseholdStore(work);
    const members = await store.present(household.id);
    const found = members.find((member) => member.id === memberId);
    const named = memberId === null ? null : requireThere(found, work.today);
    if (named && named.accountMasked === null) throw HouseholdProblem.accountMissing();
    const { version } = await store.touchSeen(household, input.version, {
      subsidyMemberId: memberId,
    });
    await new EditStore(work, 'households.set-subsidy-account').add({
      householdId: household.id,
      regionCode: household.regionCode,
      memberId: memberId ?? undefined,
      fields: ['subsidyMemberId'],
    });
    work.record({
      ...editOf(household, ...(memberId === null ? [] : [memberId])),
      before: { subsidyMemberId: household.subsidyMemberId },
      after: { subsidyMemberId: memberId, source: input.source },
    });
    return { householdId: household.id, version, accountMasked: named?.accountMasked ?? null };
  },
});
