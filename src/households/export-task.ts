/**
 * The long task of an export: the register is read page by page and laid down as a spreadsheet, which is then kept as
 * a file in one step. Killed before that, it begins anew.
 */
import { findRow } from '../platform/db/store';
import { keepFile } from '../platform/files/file.store';
import { withSpool } from '../platform/files/spool';
import { defineTask, type TaskInHand } from '../platform/jobs/task';
import { type OutRow, writeSheet } from '../platform/sheets/write-sheet';
import { ExportStore } from './export.store';
import { type ExportedHousehold, exportPages } from './exports.queries';
import { HouseholdExport } from './import.entity';
import { XLSX } from './import-error-sheet';
import { LIST_COLUMNS } from './list-columns';
import { exportRows } from './list-row-out';
import { HouseholdProblem } from './problems';

export const exportTask = defineTask({
  name: 'households.export',
  title: '导出农户名册',
  run: async (job) => {
    const id = job.task.subject.id;
    const row = await findRow(job.platform.db.reader(), HouseholdExport, { id });
    if (!row) throw HouseholdProblem.exportAbsent();
    const counted = { households: 0, persons: 0 };
    const sheet = writeSheet(
      { sheet: '农户名册', columns: LIST_COLUMNS },
      rowsOf(job, row, counted),
    );
    await withSpool(sheet, (spooled) =>
      job.step(async (work) => {
        const kept = await keepFile(work, {
          name: `农户名册-${row.onDate}.xlsx`,
          type: XLSX,
          purpose: 'households-export',
          region: row.regionCode,
          content: spooled.read(),
        });
        const store = new ExportStore(work);
        await store.update(await store.get(id), { ...counted, state: 'DONE', fileId: kept.fileId });
        work.record({
          subject: { kind: 'household-export', id },
          related: [{ kind: 'file', id: kept.fileId }],
          after: { ...counted, digest: kept.digest },
        });
        return { checkpoint: null, done: counted.households, total: counted.households };
      }),
    );
    return `${counted.households} 户 ${counted.persons} 人`;
  },
});

async function* rowsOf(
  job: TaskInHand,
  row: HouseholdExport,
  counted: { households: number; persons: number },
): AsyncGenerator<OutRow> {
  for await (const page of exportPages(job.platform, row)) {
    for (const household of page as ExportedHousehold[]) {
      const rows = exportRows(household);
      counted.households += 1;
      counted.persons += rows.length;
      yield* rows;
    }
    await job.beat({ done: counted.households });
  }
}
