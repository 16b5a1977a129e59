/**
 * 确认导入: what the dry run found is done. The officer confirms the counts that the screen showed; where the register
 * changes before a household's turn, that household is left alone and told. An import whose task broke off is
 * confirmed again to go on.
 */
import { defineAct } from '../platform/act';
import { startTask } from '../platform/jobs/task';
import { findTask } from '../platform/jobs/task-row';
import { answer, idField, Joi, shape, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { HouseholdImport } from './import.entity';
import { ImportStore } from './import.store';
import { importTask } from './import-task';
import { HouseholdProblem } from './problems';

interface Input {
  importId: string;
  version: number;
  countsDigest: string;
}

export const confirmImport = defineAct({
  name: 'households.confirm-import',
  title: '确认导入人员名单',
  permission: 'households.import',
  input: shape<Input>({
    importId: idField('导入编号'),
    version: versionField(),
    countsDigest: Joi.string().hex().length(64).description('所见核对结果的摘要'),
  }),
  answer: shape({ importId: idField(), taskId: idField('任务编号'), version: answer.count() }),
  locate: locateImport,
  run: async (work, { countsDigest, version }, { row }) => {
    if (row.state !== 'CHECKED' && !(row.state === 'APPLYING' && (await brokeOff(work, row)))) {
      throw HouseholdProblem.importNotChecked();
    }
    if (countsDigest !== row.countsDigest) throw HouseholdProblem.importCountsDiffer();
    const { regionCode: region } = row;
    const subject = { kind: 'household-import', id: row.id };
    const taskId = await startTask(work, importTask, { subject, region, title: '导入人员名单' });
    const seen = Object.assign(row, { version });
    const now = await new ImportStore(work).update(seen, {
      state: 'APPLYING',
      taskId,
      confirmedBy: work.actor.id,
      appliedOn: work.today,
    });
    work.record({ subject, before: { state: 'CHECKED' }, after: { counts: row.counts } });
    return { importId: row.id, taskId, version: now.version };
  },
});

/** Where an act on an import stands. @throws Problem households.import-absent */
export async function locateImport(work: Work, { importId }: { importId: string }) {
  const row = await new ImportStore(work).get(importId);
  return { region: row.regionCode, row };
}

/** Whether the task of the import has ended without ending the import. */
export async function brokeOff(work: Work, { taskId }: HouseholdImport): Promise<boolean> {
  const task = taskId === null ? null : await findTask(work.tx, taskId);
  return task?.state === 'failed' || task?.state === 'cancelled';
}
