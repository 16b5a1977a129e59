/**
 * Posting a confirmed file, row by row in the order of the days: each payment stands with its row and its trail in one
 * transaction, so that nothing is half-posted and a killed task goes on with the rows that are left. A payment that the
 * loan book refuses becomes work, with the reason. A file of payouts posts nothing; its differences become work.
 */
import { CheckFailed } from '../platform/check';
import type { TaskInHand } from '../platform/jobs/task';
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import { ROW_STATE_NAMES, ROW_STATES, talliesText } from './bank-file';
import type { BankFile, BankFileRow } from './bank-file.entity';
import { BankFileStore } from './bank-file.store';
import { keepErrorSheet } from './error-sheet';
import { postPayment, type ToPost } from './post-payment';
import { rowsToPost, statesOf } from './tallies.queries';

/**
 * Payments of one transaction: the trail and the commit are shared, and nobody else waits long for a loan.
 * Rows opened and rows closed in one step.
 */
const TOGETHER = 10;
const OPENED = 200;
const CLOSED = 5000;

/** Posts a file from where it stands. Returns what came of it in words. */
export async function postFile(job: TaskInHand, file: BankFile): Promise<string> {
  const total = file.counts?.outcomes.READY.count ?? 0;
  for (;;) {
    const rows = await rowsToPost(job.platform.db.reader(), file.id, TOGETHER);
    if (rows.length === 0) break;
    await postRows(
      job,
      file,
      rows.map(({ id }) => id),
      total,
    );
  }
  for (let more = true; more; ) {
    more = (await job.step((work) => openSome(new BankFileStore(work), file.id))) === true;
  }
  for (let more = true; more; ) {
    more =
      (await job.step(async (work) => {
        const closed = await new BankFileStore(work).closeRest(file.id, CLOSED);
        return { checkpoint: null, done: 0, value: closed === CLOSED };
      })) === true;
  }
  return finish(job, file);
}

/** Posts rows in one transaction; where one is refused, all of it is undone and each is tried alone. */
async function postRows(
  job: TaskInHand,
  file: BankFile,
  ids: readonly string[],
  total: number,
): Promise<void> {
  try {
    await job.step(async (work) => {
      const store = new BankFileStore(work);
      let done = 0;
      for (const id of ids) done += await postRow(work, store, file, id);
      return { checkpoint: null, done, total };
    });
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof CheckFailed)) throw error;
    const [id] = ids;
    if (ids.length === 1 && id !== undefined) await leaveRow(job, file, id, reasonOf(error));
    else for (const one of ids) await postRows(job, file, [one], total);
  }
}

/** Posts a row that still waits; how many payments that were. */
async function postRow(
  work: Work,
  store: BankFileStore,
  file: BankFile,
  id: string,
): Promise<number> {
  const row = await store.row(id);
  if (row.state !== 'CHECKED') return 0;
  const payment = toPost(row);
  const { repaymentId, repeated } = await postPayment(work, payment, file.kind === 'interest');
  await store.updateRow(row, { state: repeated ? 'REPEATED' : 'POSTED', repaymentId });
  work.record({
    subject: { kind: 'bank-file', id: file.id },
    related: [{ kind: 'loan', id: payment.loanId }],
    after: { row: row.rowNo, reference: payment.reference, repaymentId, repeated },
  });
  return 1;
}

function toPost({ loanId, amountFen, paidOn, reference }: BankFileRow): ToPost {
  return { loanId, amountFen, paidOn, reference } as ToPost;
}

interface Reason {
  reason: string;
  remedy: string;
}

/** What a refusal says; a law of the program that was broken says nothing that an officer could use. */
function reasonOf(error: Problem | CheckFailed): Reason {
  if (error instanceof Problem) {
    return { reason: `入账时被拒绝：${error.message}`.slice(0, 500), remedy: error.advice };
  }
  return { reason: '入账时系统核对未通过，未入账', remedy: '请联系管理员后再处理。' };
}

/** The row that was refused becomes work; nothing of it is in the books. */
async function leaveRow(job: TaskInHand, file: BankFile, id: string, why: Reason): Promise<void> {
  await job.step(async (work) => {
    const store = new BankFileStore(work);
    const row = await store.row(id);
    const remarks = [...row.remarks, { column: '', value: '', ...why }];
    await store.openRow(row, { outcome: 'UNMATCHED', remarks });
    work.record({
      subject: { kind: 'bank-file', id: file.id },
      related: [{ kind: 'loan', id: row.loanId as string }],
      after: { row: row.rowNo, reference: row.reference, left: why.reason },
    });
    return { checkpoint: null, done: 0, failed: 1 };
  });
}

async function openSome(store: BankFileStore, bankFileId: string) {
  const rows = await store.toOpen(bankFileId, OPENED);
  for (const row of rows) await store.openRow(row);
  return { checkpoint: null, done: 0, failed: rows.length, value: rows.length === OPENED };
}

async function finish(job: TaskInHand, file: BankFile): Promise<string> {
  const states = await statesOf(job.platform.db.reader(), file.id);
  const text = talliesText(
    ROW_STATES.flatMap((state) => {
      const tally = states.get(state);
      return tally ? [[ROW_STATE_NAMES[state], tally] as const] : [];
    }),
  );
  await keepErrorSheet(job, file, async (work, errorFileId) => {
    const store = new BankFileStore(work);
    const now = await store.get(file.id);
    const note = text.slice(0, 500);
    await store.update(now, { state: 'DONE', errorFileId, note, endedOn: work.today });
    work.record({ subject: { kind: 'bank-file', id: file.id }, after: { state: 'DONE', note } });
  });
  return text;
}
