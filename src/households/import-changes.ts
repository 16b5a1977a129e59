/**
 * What a list changes in a household that the register has: people who join, facts that are told anew, another head,
 * another status. Pure. What the list does not say, or says as it is, changes nothing.
 */

import { maskName } from '../platform/crypto/mask';
import type { BusinessDate } from '../platform/dates';
import type { HouseholdMember, MemberTraits } from './household.entity';
import { type HouseholdKind, KIND_NAMES } from './household-kind';
import type { CorrectedFacts } from './households.store';
import {
  type PlanContext,
  type PresentHousehold,
  type Remarks,
  type StagedHousehold,
  type StagedRow,
  said,
} from './import-staged';
import { titleOf } from './list-columns';
import { belongsOnList } from './list-row';
import { type Traits, traitsChanged, UNKNOWN_TRAITS, withTraits } from './traits';

/** What is to be written for one household. */
export interface HouseholdChanges {
  present: PresentHousehold;
  /** The rows of the list. */
  rows: readonly StagedRow[];
  /** The document of the changes. */
  source: string;
  join: StagedRow[];
  correct: { member: HouseholdMember; facts: CorrectedFacts }[];
  traits: { member: HouseholdMember; open: MemberTraits | null; next: Traits; fields: string[] }[];
  status: { status: HouseholdKind; fromOn: BusinessDate } | null;
  /** The new head, by blind index of the ID number; null when the head stays. */
  head: string | null;
}

/** The changes of one household, null when there are none. Faults are added to the remarks. */
export function planChanges(
  staged: StagedHousehold,
  present: PresentHousehold,
  context: PlanContext,
  remarks: Remarks,
): HouseholdChanges | null {
  const { rows } = staged;
  const members = new Map(present.members.map((member) => [member.idNumberIndex, member]));
  const changes: HouseholdChanges = {
    present,
    rows,
    source: said(rows, 'source') ?? context.source,
    join: rows.filter((row) => !members.has(row.idIndex)),
    correct: [],
    traits: [],
    status: statusChange(rows, present, remarks),
    head: headChange(rows, present, context, remarks),
  };
  for (const row of rows) {
    const member = members.get(row.idIndex);
    if (!member) continue;
    const facts = factsChanged(row, member, changes.head !== null);
    if (facts) changes.correct.push({ member, facts });
    const traits = traitsToWrite(row, member, present, context, remarks);
    if (traits) changes.traits.push(traits);
  }
  tellMissing(rows, present, remarks);
  return fieldsOf(changes).length === 0 ? null : changes;
}

/** Names of what changes, for the audit, the edit rows and the screen. */
export function fieldsOf({ join, correct, traits, status, head }: HouseholdChanges): string[] {
  const names = [
    ...(join.length > 0 ? ['members'] : []),
    ...(status ? ['status'] : []),
    ...(head ? ['headMemberId'] : []),
    ...correct.flatMap(({ facts }) => Object.keys(facts)),
    ...traits.flatMap(({ fields }) => fields),
  ];
  return [...new Set(names)];
}

function statusChange(
  rows: readonly StagedRow[],
  { status: open }: PresentHousehold,
  remarks: Remarks,
): HouseholdChanges['status'] {
  const [first] = rows as [StagedRow];
  const kind = said(rows, 'kind');
  const fromOn = said(rows, 'kindFrom');
  if (kind === null) return null;
  if (kind === open?.status) {
    if (fromOn !== null && fromOn !== open.fromOn) {
      const text = `登记册中“${KIND_NAMES[kind]}”自 ${open.fromOn} 起，与本表不同，未作改动`;
      remarks.told(first.row, titleOf('kindFrom'), text);
    }
    return null;
  }
  if (!belongsOnList(kind)) {
    remarks.fault(
      first.row,
      titleOf('kind'),
      '移出、迁出不能由名单办理',
      '请在系统中逐户变更身份类别。',
    );
  } else if (fromOn === null) {
    const remedy = '身份类别有变化，须填新类别的起始日，如 2018-03-01。';
    remarks.fault(first.row, titleOf('kindFrom'), '为空', remedy);
  } else if (open && fromOn <= open.fromOn) {
    const reason = `不晚于现有类别“${KIND_NAMES[open.status]}”的起始日 ${open.fromOn}`;
    remarks.fault(first.row, titleOf('kindFrom'), reason, '请按认定文件核对日期。');
  } else return { status: kind, fromOn };
  return null;
}

/** The list names another head: everybody of the household must stand in it with the relation to the new one. */
function headChange(
  rows: readonly StagedRow[],
  { household, members, head: open }: PresentHousehold,
  { today }: PlanContext,
  remarks: Remarks,
): string | null {
  const head = rows.find(({ person }) => person.relation === 'HEAD') as StagedRow;
  const former = members.find((member) => member.id === household.headMemberId);
  if (former?.idNumberIndex === head.idIndex) return null;
  const listed = new Set(rows.map((row) => row.idIndex));
  const differs = `户主与登记册（${maskName(household.headName, 'surname')}）不同`;
  if (!members.every((member) => listed.has(member.idNumberIndex))) {
    const remedy = '请把全部成员连同与新户主的关系列入，或先在系统中变更户主。';
    remarks.fault(head.row, titleOf('relation'), `${differs}，登记册中有成员不在本表中`, remedy);
  } else if (open && open.fromOn >= today) {
    const remedy = '请核对后在系统中更正，或明日再导入。';
    remarks.fault(head.row, titleOf('relation'), `${differs}，而登记册的户主是今天登记的`, remedy);
  } else return head.idIndex;
  return null;
}

function factsChanged(
  { person, phoneIndex, accountIndex }: StagedRow,
  member: HouseholdMember,
  headChanges: boolean,
): CorrectedFacts | null {
  const facts: CorrectedFacts = {};
  if (person.name !== member.name) facts.name = person.name;
  // With another head all relations are told anew.
  if (!headChanges && person.relation !== member.relation) facts.relation = person.relation;
  if (phoneIndex !== null && phoneIndex !== member.phoneIndex) facts.phone = person.phone;
  if (accountIndex !== null && accountIndex !== member.accountIndex) {
    facts.account = person.account;
  }
  return Object.keys(facts).length === 0 ? null : facts;
}

function traitsToWrite(
  { row, traits }: StagedRow,
  member: HouseholdMember,
  present: PresentHousehold,
  { today }: PlanContext,
  remarks: Remarks,
): HouseholdChanges['traits'][number] | null {
  const open = present.traits.get(member.id) ?? null;
  const now = open ?? UNKNOWN_TRAITS;
  const next = withTraits(pick(now), traits);
  const fields = traitsChanged(now, next);
  if (fields.length === 0) return null;
  if (open && open.fromOn >= today) {
    const reason = '健康、劳动等情况今天已在系统中登记过，与本表不同';
    remarks.fault(row, '', reason, '请核对后在系统中更正，或明日再导入。');
  }
  return { member, open, next, fields };
}

/** The parts of the traits alone, without the keys of their period. */
function pick(now: Readonly<Traits>): Traits {
  const { health, labour, skills, workingAway, awayPlace, publicEmployee } = now;
  return { health, labour, skills, workingAway, awayPlace, publicEmployee };
}

/** Members who are not in the list stay where they are, and that is said. */
function tellMissing(
  rows: readonly StagedRow[],
  { members }: PresentHousehold,
  remarks: Remarks,
): void {
  const listed = new Set(rows.map((row) => row.idIndex));
  const missing = members.filter((member) => !listed.has(member.idNumberIndex));
  if (missing.length === 0) return;
  const names = missing.map((member) => maskName(member.name, 'surname')).join('、');
  const [first] = rows as [StagedRow];
  remarks.told(first.row, '', `登记册中的成员 ${names} 不在本表中，未作改动；确已离户的请逐户办理`);
}
