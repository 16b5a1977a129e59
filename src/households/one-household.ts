/**
 * What the edits of one household share: the household as it was seen, the document or reason, the member meant,
 * and the answer with the version that stands now.
 */
import type { BusinessDate } from '../platform/dates';
import {
  answer,
  codeField,
  idField,
  listOf,
  shape,
  textField,
  versionField,
} from '../platform/shape';
import type { Work } from '../platform/work';
import type { Household, HouseholdMember } from './household.entity';
import { RELATIONS, type Relation } from './household-kind';
import { HouseholdStore } from './households.store';
import { HouseholdProblem } from './problems';

/** Input of every edit. */
export interface EditInput {
  householdId: string;
  /** Version of the household that the officer saw. */
  version: number;
  /** The document or the reason, kept with what changes. */
  source: string;
}

/** Fields of `EditInput`. */
export const editFields = {
  householdId: idField('农户编号'),
  version: versionField(),
  source: textField(200, '依据的文件或事由'),
};

/** Answer of every edit. */
export const editAnswer = { householdId: idField(), version: answer.count('农户现版本号') };

/** A member's relation to the head, as a form gives it. */
export interface RelationOf {
  memberId: string;
  relation: Relation;
}

/** Relations to a new head, one for each other member. */
export const relationsField = listOf(
  shape<RelationOf>({
    memberId: idField('成员编号'),
    relation: codeField(RELATIONS, '与新户主关系').invalid('HEAD'),
  }),
).description('其余成员与新户主的关系');

/** Where an edit of a household stands. @throws Problem households.household-absent */
export async function locateHousehold(work: Work, input: { householdId: string }) {
  const household = await new HouseholdStore(work).get(input.householdId);
  return { region: household.regionCode, household };
}

/** The household, and one of its members. @throws Problem households.member-absent */
export async function locateMember(work: Work, input: { householdId: string; memberId: string }) {
  const located = await locateHousehold(work, input);
  const member = await new HouseholdStore(work).member(input.memberId);
  if (member.householdId !== located.household.id) throw HouseholdProblem.memberAbsent();
  return { ...located, member };
}

/** @throws Problem households.member-left */
export function requirePresent(member: HouseholdMember): void {
  if (member.leftOn === null) return;
  throw HouseholdProblem.memberLeft({ detail: `${member.name}的最后一日为 ${member.leftOn}` });
}

/** What the owner row copies of a head. */
export function headColumns(head: Pick<HouseholdMember, 'id' | 'name' | 'initials'>) {
  return { headMemberId: head.id, headName: head.name, headInitials: head.initials };
}

/** The reference of an edit for the audit: the household first, the members with it. */
export function editOf(household: Household, ...memberIds: readonly string[]) {
  return {
    subject: { kind: 'household', id: household.id },
    related: memberIds.map((id) => ({ kind: 'member', id })),
  };
}

/** @throws Problem households.not-of-household unless the member belongs there on the day. */
export function requireThere(
  member: HouseholdMember | undefined,
  day: BusinessDate,
): HouseholdMember {
  if (member && member.leftOn === null && member.joinedOn <= day) return member;
  const detail = member ? `${member.name}自 ${member.joinedOn} 起属于本户` : undefined;
  throw HouseholdProblem.notOfHousehold({ detail });
}

/** An emptied household keeps its story and takes nobody in. @throws Problem households.household-empty */
export async function requireInhabited(work: Work, householdId: string): Promise<void> {
  const { present } = await new HouseholdStore(work).occupancy(householdId);
  if (present === 0) throw HouseholdProblem.householdEmpty();
}
