/** The long task of an import: the dry run when it was begun, the import itself when it was confirmed. */
import { findRow } from '../platform/db/store';
import { defineTask } from '../platform/jobs/task';
import { HouseholdImport } from './import.entity';
import { checkImport } from './import-check';
import { applyImport } from './import-run';
import { HouseholdProblem } from './problems';

export const importTask = defineTask({
  name: 'households.import',
  title: '导入人员名单',
  run: async (job) => {
    const row = await findRow(job.platform.db.reader(), HouseholdImport, {
      id: job.task.subject.id,
    });
    if (!row) throw HouseholdProblem.importAbsent();
    if (row.state === 'CHECKING') return checkImport(job, row);
    if (row.state === 'APPLYING') return applyImport(job, row);
    return row.note;
  },
});
