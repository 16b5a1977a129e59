/**
 * The sheet of errors of a bank file: what is wrong with which row, and what to do. Values are masked, so that the
 * sheet can be sent back to the branch.
 */
import { keepFile } from '../platform/files/file.store';
import { withSpool } from '../platform/files/spool';
import type { TaskInHand } from '../platform/jobs/task';
import { yuan } from '../platform/money';
import { type OutRow, writeSheet } from '../platform/sheets/write-sheet';
import type { Work } from '../platform/work';
import { OUTCOME_NAMES } from './bank-file';
import type { BankFile } from './bank-file.entity';
import { rowsWithRemarks } from './tallies.queries';

const COLUMNS = [
  { title: '行号', width: 8, kind: 'count' as const },
  { title: '合同号', width: 22 },
  { title: '借款人', width: 12 },
  { title: '日期', width: 12, kind: 'date' as const },
  { title: '金额（元）', width: 14, kind: 'yuan' as const },
  { title: '流水号', width: 26 },
  { title: '结果', width: 12 },
  { title: '列', width: 12 },
  { title: '值（已遮盖）', width: 22 },
  { title: '原因', width: 50 },
  { title: '处理办法', width: 50 },
];

const PAGE = 1000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes the sheet where something is to be said, and stores what `store` does in the same step. */
export async function keepErrorSheet(
  job: TaskInHand,
  file: BankFile,
  store: (work: Work, errorFileId: string | null) => Promise<void>,
): Promise<void> {
  const first = await rowsWithRemarks(job.platform.db.reader(), file.id, 0, 1);
  const step = (content: (() => AsyncIterable<Buffer>) | null) =>
    job.step(async (work) => {
      const kept =
        content &&
        (await keepFile(work, {
          name: `错误清单-${file.id.slice(-6)}.xlsx`,
          type: XLSX,
          purpose: 'bank-file-errors',
          region: file.regionCode,
          content: content(),
        }));
      await store(work, kept?.fileId ?? null);
      return { checkpoint: null, done: 0 };
    });
  if (first.length === 0) return void (await step(null));
  const sheet = writeSheet({ sheet: '错误清单', columns: COLUMNS }, lines(job, file.id));
  await withSpool(sheet, (spooled) => step(() => spooled.read()));
}

async function* lines(job: TaskInHand, bankFileId: string): AsyncGenerator<OutRow> {
  const sql = job.platform.db.reader();
  for (let after = 0; ; ) {
    const page = await rowsWithRemarks(sql, bankFileId, after, PAGE);
    for (const row of page) {
      const head = [row.rowNo, row.contractShown, row.nameMasked, row.paidOn];
      const money = row.amountFen === null ? null : yuan(row.amountFen);
      const outcome = row.outcome && OUTCOME_NAMES[row.outcome];
      for (const { column, value, reason, remedy } of row.remarks) {
        const said = [column || '整行', value, reason, remedy];
        yield [...head, money, row.reference, outcome, ...said];
      }
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.rowNo;
  }
}
