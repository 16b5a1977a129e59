/**
 * The sheet of errors of an import: what was said of which row, and what to do. Values are masked, so that the sheet
 * can be sent to the village without the numbers in it.
 */
import type { Sql } from '../platform/db/database';
import { keepFile } from '../platform/files/file.store';
import { withSpool } from '../platform/files/spool';
import type { TaskInHand } from '../platform/jobs/task';
import { type OutRow, writeSheet } from '../platform/sheets/write-sheet';
import type { Work } from '../platform/work';
import { remarksAfter } from './import-counts.queries';
import type { ImportCounts } from './import-outcome';

const COLUMNS = [
  { title: '行号', width: 8, kind: 'count' as const },
  { title: '列', width: 14 },
  { title: '值（已遮盖）', width: 22 },
  { title: '性质', width: 10 },
  { title: '原因', width: 60 },
  { title: '处理办法', width: 50 },
];

const PAGE = 2000;

/** Media type of the sheets we make. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Makes the sheet where something was said, and stores what `store` does in the same step. The sheet is laid down
 * first, so that the transaction only copies it.
 */
export async function keepErrorSheet(
  job: TaskInHand,
  importId: string,
  counts: ImportCounts,
  store: (work: Work, errorFileId: string | null) => Promise<void>,
): Promise<void> {
  const region = job.task.region;
  const empty = counts.faults + counts.told === 0;
  const sheet = writeSheet({ sheet: '导入说明', columns: COLUMNS }, remarks(job, importId));
  const step = (content: (() => AsyncIterable<Buffer>) | null) =>
    job.step(async (work) => {
      const file = content && {
        name: `导入说明-${importId.slice(-6)}.xlsx`,
        type: XLSX,
        purpose: 'households-import-errors',
        region,
        content: content(),
      };
      const kept = file && (await keepFile(work, file));
      await store(work, kept?.fileId ?? null);
      return { checkpoint: null, done: 0 };
    });
  if (empty) await step(null);
  else await withSpool(sheet, (spooled) => step(() => spooled.read()));
}

async function* remarks(job: TaskInHand, importId: string): AsyncGenerator<OutRow> {
  const sql: Sql = job.platform.db.reader();
  let after = { row: 0, phase: '', no: 0 };
  for (;;) {
    const page = await remarksAfter(sql, importId, after, PAGE);
    for (const { rowNo, columnTitle, valueMasked, kind, reason, remedy } of page) {
      const nature = kind === 'FAULT' ? '不予导入' : '提示';
      yield [rowNo, columnTitle || '整行', valueMasked, nature, reason, remedy];
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { row: last.rowNo, phase: last.phase, no: last.no };
  }
}
