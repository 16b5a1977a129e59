/**
 * What one household of a list would do to the register. Pure: the same function answers the dry run and, later, the
 * import itself, so that what was confirmed and what is done cannot drift apart.
 *
 * Laws:
 * - A household enters whole or not at all: one faulty row keeps all of its rows out, and says so.
 * - The list never takes anybody away, never moves a household or a person, and what it leaves blank stays as it is.
 * - Who stands in another household, has left this one, or is dead stays so until an officer settles it by hand.
 */
import type { BusinessDate } from '../platform/dates';
import type { HouseholdKind } from './household-kind';
import { type HouseholdChanges, planChanges } from './import-changes';
import type { Outcome, Remark } from './import-outcome';
import {
  type PlanContext,
  type PresentHousehold,
  type RegisterSide,
  Remarks,
  type StagedHousehold,
  type StagedRow,
  said,
} from './import-staged';
import { titleOf } from './list-columns';
import { belongsOnList } from './list-row';
import type { NewHousehold } from './registration';

/** What is to be done with one household. */
export interface HouseholdPlan {
  code: string;
  outcome: Outcome;
  firstRow: number;
  rowCount: number;
  remarks: Remark[];
  /** To be entered, for NEW. */
  enter: NewHousehold | null;
  /** To be changed, for CHANGED. */
  changes: HouseholdChanges | null;
}

/** Plans one household. */
export function planHousehold(
  staged: StagedHousehold,
  register: RegisterSide,
  context: PlanContext,
): HouseholdPlan {
  const remarks = new Remarks();
  checkList(staged, remarks);
  if (staged.rows.length > 0) {
    checkPeople(staged, register, context, remarks);
    if (register.present) checkPlace(staged, register.present, context, remarks);
  }
  const numbers = [...staged.rows.map((row) => row.row), ...staged.faultyRows].sort(
    (a, b) => a - b,
  );
  const base = {
    code: staged.code,
    firstRow: numbers[0] as number,
    rowCount: numbers.length,
    remarks: remarks.list,
    enter: null,
    changes: null,
  };
  const rejected = () => {
    tellOthers(staged, remarks);
    return { ...base, outcome: 'REJECTED' as const };
  };
  if (staged.faultyRows.length > 0 || remarks.hasFault) return rejected();
  if (!register.present) {
    const enter = newHousehold(staged, context, remarks);
    return enter ? { ...base, outcome: 'NEW', enter } : rejected();
  }
  const changes = planChanges(staged, register.present, context, remarks);
  if (remarks.hasFault) return rejected();
  if (changes === null) return { ...base, outcome: 'UNCHANGED' };
  return { ...base, outcome: 'CHANGED', changes };
}

/** Faults of the list alone: heads, people twice, rows of one household that contradict each other. */
function checkList({ rows, faultyRows, twice }: StagedHousehold, remarks: Remarks): void {
  const relation = titleOf('relation');
  const heads = rows.filter((row) => row.person.relation === 'HEAD');
  // A faulty row may be that of the head; then this is not said on top.
  if (heads.length === 0 && faultyRows.length === 0) {
    remarks.fault(
      (rows[0] as StagedRow).row,
      relation,
      '本户没有户主',
      '请把一名成员的关系填为“户主”。',
    );
  }
  for (const second of heads.slice(1)) {
    const reason = `本户有不止一名户主（另见第 ${(heads[0] as StagedRow).row} 行）`;
    remarks.fault(second.row, relation, reason, '每户只填一名户主，其余填与户主的关系。');
  }
  const seen = new Map<string, number>();
  for (const { row, idIndex } of rows) {
    const first = seen.get(idIndex);
    if (first === undefined) seen.set(idIndex, row);
    else
      remarks.fault(row, titleOf('idNumber'), `与第 ${first} 行是同一身份号码`, '请删去重复的行。');
  }
  for (const { row, otherRow } of twice) {
    const reason = `此人在本表另一户中也有（第 ${otherRow} 行）`;
    remarks.fault(row, titleOf('idNumber'), reason, '一人只能属于一户：请核对后删去其中一行。');
  }
  checkAgreement(rows, remarks);
  const [head] = heads;
  for (const { row, household } of head ? rows : []) {
    if (household.headName !== null && household.headName !== head?.person.name) {
      const reason = `与户主（第 ${head?.row} 行）的姓名不一致`;
      remarks.fault(row, titleOf('headName'), reason, '请核对户编号和户主姓名。');
    }
  }
}

const SHARED = ['regionCode', 'kind', 'kindFrom', 'source'] as const;
const SHARED_COLUMN = {
  regionCode: 'village',
  kind: 'kind',
  kindFrom: 'kindFrom',
  source: 'source',
} as const;

/** What is repeated on every row of a household must be the same wherever it is given. */
function checkAgreement(rows: readonly StagedRow[], remarks: Remarks): void {
  for (const field of SHARED) {
    const given = rows.filter(({ household }) => household[field] !== null);
    const [first] = given;
    const other = given.find(({ household }) => household[field] !== first?.household[field]);
    if (!first || !other) continue;
    remarks.fault(
      other.row,
      titleOf(SHARED_COLUMN[field]),
      `与同户第 ${first.row} 行不一致`,
      '同一户的各行须填写相同的内容；若不是一户，请核对户编号。',
    );
  }
}

/** People who stand elsewhere, have left this household, or are dead. */
function checkPeople(
  { rows }: StagedHousehold,
  { present, people }: RegisterSide,
  context: PlanContext,
  remarks: Remarks,
): void {
  const column = titleOf('idNumber');
  for (const { row, idIndex } of rows) {
    const places = people.get(idIndex) ?? [];
    const own = places.filter((place) => place.householdId === present?.household.id);
    const dead = places.find((place) => place.deceasedOn !== null);
    const elsewhere = places.find(
      (place) =>
        place.householdId !== present?.household.id &&
        (place.leftOn === null || place.leftOn >= context.today),
    );
    if (dead) {
      const reason = `登记册记载此人已于 ${dead.deceasedOn} 死亡`;
      remarks.fault(row, column, reason, '请核对名单；登记有误的，请先在系统中更正。');
    } else if (elsewhere) {
      const where = context.covers(elsewhere.regionCode)
        ? `户编号 ${elsewhere.householdCode}`
        : '辖区外的农户';
      const reason = `此人已登记在${where}`;
      remarks.fault(row, column, reason, '一人同一时间只能属于一户：请先在原户办理转出。');
    } else if (own.length > 0 && own.every((place) => place.leftOn !== null)) {
      const left = own.map((place) => place.leftOn as string).sort();
      const reason = `登记册记载此人已于 ${left.at(-1)} 离开本户`;
      remarks.fault(row, column, reason, '确已回户的，请在系统中逐户办理；否则请从名单中删去。');
    }
  }
}

/** The household stands where the list says, within the importer's region. */
function checkPlace(
  { rows }: StagedHousehold,
  { household }: PresentHousehold,
  context: PlanContext,
  remarks: Remarks,
): void {
  const [first] = rows as [StagedRow];
  if (!context.covers(household.regionCode)) {
    const reason = '此户编号已由辖区外的农户使用';
    remarks.fault(first.row, titleOf('code'), reason, '请核对户编号。');
  } else if (first.household.regionCode !== household.regionCode) {
    const reason = `登记册中该户在${context.nameOf(household.regionCode)}`;
    remarks.fault(
      first.row,
      titleOf('village'),
      reason,
      '请核对；确已迁移的，请先在系统中办理迁移。',
    );
  }
}

function newHousehold(
  { code, rows }: StagedHousehold,
  context: PlanContext,
  remarks: Remarks,
): NewHousehold | null {
  const [first] = rows as [StagedRow];
  const status = firstStatus(rows, context, remarks);
  if (!status) return null;
  return {
    code,
    regionCode: first.household.regionCode,
    members: rows.map(({ person, traits }) => ({ ...person, traits })),
    status: { ...status, source: said(rows, 'source') ?? context.source },
  };
}

function firstStatus(
  rows: readonly StagedRow[],
  { defaultStatus }: PlanContext,
  remarks: Remarks,
): { status: HouseholdKind; fromOn: BusinessDate } | null {
  const [first] = rows as [StagedRow];
  const kind = said(rows, 'kind') ?? defaultStatus?.status ?? null;
  const fromOn =
    said(rows, 'kindFrom') ?? (defaultStatus?.status === kind ? defaultStatus.fromOn : null);
  if (kind !== null && fromOn !== null && belongsOnList(kind)) return { status: kind, fromOn };
  if (kind === null) {
    remarks.fault(first.row, titleOf('kind'), '为空', '请填户类型，或在发起导入时给定默认类别。');
  } else if (!belongsOnList(kind)) {
    const remedy = '已移出或迁出的农户不在导入之列，请从名单中删去。';
    remarks.fault(first.row, titleOf('kind'), '新登记的农户不能是此类别', remedy);
  } else {
    remarks.fault(first.row, titleOf('kindFrom'), '为空', '请填识别时间，如 2018-03-01。');
  }
  return null;
}

/** Rows that are right themselves are told why they stay out with their household. */
function tellOthers({ rows, faultyRows }: StagedHousehold, remarks: Remarks): void {
  const faulty = [
    ...faultyRows,
    ...remarks.list.filter((remark) => remark.kind === 'FAULT').map((remark) => remark.row),
  ];
  const first = Math.min(...faulty);
  for (const { row } of rows) {
    if (faulty.includes(row)) continue;
    remarks.fault(row, '', `同户第 ${first} 行有误，整户未导入`, '改正该行后重新上传。');
  }
}
