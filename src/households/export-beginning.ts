/** What the two exports of the register, masked and with whole numbers, have in common: the form and the beginning. */
import { requireRegion } from '../identity';
import type { BusinessDate } from '../platform/dates';
import { startTask } from '../platform/jobs/task';
import { codeField, dateField, idField, regionField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { ExportStore } from './export.store';
import { exportTask } from './export-task';
import { HOUSEHOLD_KINDS, type HouseholdKind } from './household-kind';
import { HouseholdProblem } from './problems';

/** What is to be exported, and why. */
export interface ExportInput {
  region?: string;
  status?: HouseholdKind;
  on?: BusinessDate;
  reason: string;
}

/** The form. */
export const exportInput = shape<ExportInput>({
  region: regionField('只导出此地，缺省为本人辖区').optional(),
  status: codeField(HOUSEHOLD_KINDS, '只导出当日属此类别的农户').optional(),
  on: dateField('按此日的情况，缺省为今天').optional(),
  reason: textField(200, '导出的事由').min(4),
});

export const exportAnswer = shape({ exportId: idField(), taskId: idField('任务编号，可查进度') });

/** Where an export stands. */
export async function locateExport(work: Work, input: ExportInput) {
  if (input.region) await requireRegion(work, input.region);
  return { region: input.region ?? work.actor.region };
}

/** Begins an export; `full` with whole ID numbers, phones and accounts. */
export async function beginExport(
  work: Work,
  { status, on = work.today, reason }: ExportInput,
  region: string,
  full: boolean,
) {
  if (on > work.today) throw HouseholdProblem.dayInFuture({ detail: `今天是 ${work.today}` });
  const exportId = work.newId();
  const subject = { kind: 'household-export', id: exportId };
  const taskId = await startTask(work, exportTask, { subject, region, title: '导出农户名册' });
  await new ExportStore(work).add({
    id: exportId,
    regionCode: region,
    status: status ?? null,
    onDate: on,
    fullForm: full,
    reason,
    taskId,
    askedBy: work.actor.id,
    askedByName: work.actor.name,
    askedAt: work.now,
    state: 'RUNNING',
    households: null,
    persons: null,
    fileId: null,
    version: 1,
  });
  work.record({ subject, after: { region, status: status ?? null, on, full, reason } });
  return { exportId, taskId };
}
