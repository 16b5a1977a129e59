/**
 * 更正成员信息: a name or an ID number was written down wrongly, or phone, account or relation are others now. It is
 * no rewriting of history: the edit keeps the former and the present form, masked. Birth date and sex follow from
 * a corrected number, which must belong to nobody in another household.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import { EditStore } from './edits.store';
import type { HouseholdMember } from './household.entity';
import { RELATION_NAMES, RELATIONS, type Relation } from './household-kind';
import { HouseholdStore } from './households.store';
import { type CorrectionForm, correctionFields, readCorrection } from './member';
import {
  type EditInput,
  editAnswer,
  editFields,
  editOf,
  headColumns,
  locateMember,
  requirePresent,
} from './one-household';
import { HouseholdProblem } from './problems';

interface Input extends EditInput, CorrectionForm {
  memberId: string;
  relation?: Relation;
}

export const correctMember = defineAct({
  name: 'households.correct-member',
  title: '更正成员信息',
  permission: 'households.edit',
  input: shape<Input>({
    ...editFields,
    memberId: idField('成员编号'),
    ...correctionFields,
    relation: codeField(RELATIONS, '与户主关系，户主不在此更正').invalid('HEAD').optional(),
  }),
  answer: shape({
    ...editAnswer,
    memberId: idField(),
    fields: listOf(answer.text()).description('已更正的字段'),
    notes: listOf(shape({ field: answer.text(), text: answer.text() })).description('读取时的更正'),
  }),
  locate: locateMember,
  run: async (work, input, { household, member }) => {
    requirePresent(member);
    const { facts, notes } = readCorrection(input, work.today);
    if (input.relation && member.id !== household.headMemberId) facts.relation = input.relation;
    const fields = Object.keys(facts);
    if (fields.length === 0) throw HouseholdProblem.nothingChanged();
    const store = new HouseholdStore(work);
    const isHead = household.headMemberId === member.id;
    const unpaid = facts.account === null && household.subsidyMemberId === member.id;
    const named = store.named(member, facts);
    const { version } = await store.touchSeen(household, input.version, {
      ...(isHead && headColumns(named)),
      ...(unpaid && { subsidyMemberId: null }),
    });
    await store.correct(member, facts);
    const after = await store.member(member.id);
    await new EditStore(work, 'households.correct-member').add({
      householdId: household.id,
      regionCode: household.regionCode,
      memberId: member.id,
      fields,
      detail: difference(member, after),
    });
    work.record({
      ...editOf(household, member.id),
      before: masked(member),
      after: { ...masked(after), source: input.source },
    });
    return { householdId: household.id, version, memberId: member.id, fields, notes };
  },
});

/** What the audit and the edit tell of a member: never a clear number. */
function masked(member: HouseholdMember) {
  return {
    name: member.name,
    idMasked: member.idNumberMasked,
    phoneMasked: member.phoneMasked,
    accountMasked: member.accountMasked,
    relation: RELATION_NAMES[member.relation],
  };
}

/** Former and present forms of what differs, at most 200 characters. */
function difference(before: HouseholdMember, after: HouseholdMember): string {
  const now = masked(after);
  return Object.entries(masked(before))
    .filter(([field, value]) => value !== now[field as keyof typeof now])
    .map(([field, value]) => `${value ?? '无'} → ${now[field as keyof typeof now] ?? '无'}`)
    .join(';')
    .slice(0, 200);
}
