/**
 * 登记农户: a household enters the register with its members and its first status, by a village worker or a
 * township officer of the place. The code is the one of the national list. A person who belongs to another
 * household is not moved silently: the registration is refused.
 */

import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import { covers } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import {
  answer,
  codeField,
  dateField,
  idField,
  Joi,
  listOf,
  regionField,
  shape,
  textField,
} from '../platform/shape';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import { type HouseholdKind, LISTED_KINDS } from './household-kind';
import { HouseholdStore } from './households.store';
import { type MemberForm, memberField, type ReadMember, readMembers } from './member';
import { HouseholdProblem } from './problems';
import { type Entered, enterHouseholds } from './registration';

/** 户编号: the number that the national list gives a household. */
export const HOUSEHOLD_CODE = /^[0-9A-Z][0-9A-Z-]{3,31}$/;

interface Input {
  code: string;
  regionCode: string;
  members: MemberForm[];
  status: { status: HouseholdKind; fromOn: BusinessDate; source: string };
}

export const registerHousehold = defineAct({
  name: 'households.register',
  title: '登记农户',
  permission: 'households.register',
  input: shape<Input>({
    code: Joi.string()
      .pattern(HOUSEHOLD_CODE, '4–32 位数字、大写字母或连字符')
      .description('户编号(全国名单上的编号)'),
    regionCode: regionField('所在村代码(12 位)'),
    members: listOf(memberField).min(1).max(30).description('家庭成员，含户主'),
    status: shape({
      status: codeField(LISTED_KINDS, '身份类别'),
      fromOn: dateField('类别起始日'),
      source: textField(200, '认定文件'),
    }).description('登记时的身份类别'),
  }),
  answer: shape({
    householdId: idField(),
    code: answer.text(),
    memberIds: listOf(idField()).description('成员编号，顺序同提交'),
    version: answer.count(),
    notes: listOf(shape({ field: answer.text(), text: answer.text() })).description('读取时的更正'),
  }),
  locate: async (work, input) => {
    await requireRegion(work, input.regionCode, 'village');
    return { region: input.regionCode };
  },
  run: async (work, input) => {
    const { members, notes } = readMembers(input.members, work.today);
    if (input.status.fromOn > work.today) throw HouseholdProblem.statusInFuture();
    const store = new HouseholdStore(work);
    if (await store.byCode(input.code)) throw HouseholdProblem.codeTaken();
    await requireNobodyElsewhere(work, store, members);

    const { code, regionCode, status } = input;
    const edits = new EditStore(work, 'households.register');
    const [entered] = await enterHouseholds(work, [{ code, regionCode, members, status }], edits);
    const { householdId, memberIds } = entered as Entered;
    work.record({
      subject: { kind: 'household', id: householdId },
      related: memberIds.map((id) => ({ kind: 'member', id })),
      after: { code, regionCode, memberIds, status },
    });
    return { householdId, code, memberIds, version: 1, notes };
  },
});

/** @throws Problem households.person-elsewhere naming the rows; another region's household is not shown. */
async function requireNobodyElsewhere(
  work: Work,
  store: HouseholdStore,
  members: readonly ReadMember[],
): Promise<void> {
  const taken = await store.currentAmong(members.map((member) => member.idNumber));
  if (taken.length === 0) return;
  const fields = [];
  for (const other of taken) {
    const place = members.findIndex((one) => store.idIndex(one.idNumber) === other.idNumberIndex);
    const { code, regionCode } = await store.get(other.householdId);
    const where = covers(work.actor, { region: regionCode }) ? `户编号 ${code}` : '辖区外的农户';
    fields.push({ field: `members.${place}.idNumber`, reason: `此人已登记在${where}` });
  }
  const detail = fields.map((field) => `${field.field}:${field.reason}`).join(';');
  throw HouseholdProblem.personElsewhere({ fields, detail });
}
