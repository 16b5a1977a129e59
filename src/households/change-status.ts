/**
 * 变更身份类别: from a day on the household stands in another status, by a document. The period before ends on
 * the day before, so every day since registration has exactly one status. The officer names the version of the
 * household that was seen; writing that owner row keeps two changes from overlapping.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import {
  answer,
  codeField,
  dateField,
  idField,
  shape,
  textField,
  versionField,
} from '../platform/shape';
import { EditStore } from './edits.store';
import { HOUSEHOLD_KINDS, type HouseholdKind, KIND_NAMES } from './household-kind';
import { HouseholdStore } from './households.store';
import { statusesOf } from './periods.store';
import { HouseholdProblem } from './problems';

interface Input {
  householdId: string;
  version: number;
  status: HouseholdKind;
  fromOn: BusinessDate;
  source: string;
}

export const changeStatus = defineAct({
  name: 'households.change-status',
  title: '变更身份类别',
  permission: 'households.change-status',
  input: shape<Input>({
    householdId: idField('农户编号'),
    version: versionField(),
    status: codeField(HOUSEHOLD_KINDS, '新身份类别'),
    fromOn: dateField('新类别的起始日'),
    source: textField(200, '认定文件'),
  }),
  answer: shape({
    householdId: idField(),
    status: answer.text(),
    statusName: answer.text(),
    fromOn: answer.date(),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    const household = await new HouseholdStore(work).get(input.householdId);
    return { region: household.regionCode, household };
  },
  run: async (work, input, { household }) => {
    const { status, fromOn, source } = input;
    if (fromOn > work.today) throw HouseholdProblem.statusInFuture();
    const { version } = await new HouseholdStore(work).touchSeen(household, input.version, {
      statusNow: status,
    });
    const statuses = statusesOf(work);
    const open = await statuses.open(household.id);
    if (open?.status === status) {
      throw HouseholdProblem.statusUnchanged({
        detail: `自 ${open.fromOn} 起为${KIND_NAMES[status]}`,
      });
    }
    if (open && fromOn <= open.fromOn) {
      throw HouseholdProblem.statusOverlap({ detail: `现有类别自 ${open.fromOn} 起` });
    }
    await statuses.follow(open, { householdId: household.id, status, fromOn, source });
    await new EditStore(work, 'households.change-status').add({
      householdId: household.id,
      regionCode: household.regionCode,
      fields: ['status'],
      detail: open ? `${open.status} → ${status}` : status,
    });
    work.record({
      subject: { kind: 'household', id: household.id },
      before: open && { status: open.status, fromOn: open.fromOn, source: open.source },
      after: { status, fromOn, source },
    });
    return { householdId: household.id, status, statusName: KIND_NAMES[status], fromOn, version };
  },
});
