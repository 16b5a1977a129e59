/**
 * The dry run of a bank file: its rows are read once and kept, references that stand twice are told, then every row is
 * matched with the loan book. Nothing is posted. Killed anywhere, it goes on at its checkpoint: `row:<number>` while
 * reading, `match` after that.
 */
import { currentPosition, loansByNumber, payoutsOf, repaymentsByReference } from '../loans';
import { regionCovers } from '../platform/authority';
import type { TaskInHand } from '../platform/jobs/task';
import { addFen, type Fen, yuan, ZERO_FEN } from '../platform/money';
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import { type BankFileCounts, countsDigestOf, countsText, workKeyOf } from './bank-file';
import type { BankFile, BankFileRow } from './bank-file.entity';
import { BankFileStore, rowToKeep } from './bank-file.store';
import { titleOf } from './columns';
import { keepErrorSheet } from './error-sheet';
import { FileReader } from './file-reading';
import type { FileRow } from './file-row';
import { type BookSide, type Match, matchPayment, type Payment } from './match';
import { P } from './problems';
import { countsOf } from './tallies.queries';

/** Rows of one step: some tenths of a second. */
const ROWS = 500;
/** So many rows with the same reference are named. */
const NAMED = 8;

/** Checks a file from where it stands. Returns the counts in words. */
export async function checkFile(job: TaskInHand, file: BankFile): Promise<string> {
  const { checkpoint } = job.task;
  if (checkpoint !== 'match') {
    try {
      await readRows(job, file, Number(checkpoint?.slice(4) ?? 0));
    } catch (error) {
      if (error instanceof Problem && error.code !== P.over().code) {
        await giveUp(job, file, error);
      }
      throw error;
    }
  }
  for (let more = true; more; ) {
    more = (await job.step((work) => matchSome(work, file))) === true;
  }
  return finish(job, file);
}

/** A file that cannot be read ends here; the officer finds the reason with it, and may upload it again. */
async function giveUp(job: TaskInHand, { id }: BankFile, problem: Problem): Promise<void> {
  await job.step(async (work) => {
    const store = new BankFileStore(work);
    const note = `${problem.message}。${problem.advice}`.slice(0, 500);
    const changes = { state: 'FAILED' as const, digestKey: null, endedOn: work.today, note };
    await store.update(await store.get(id), changes);
    await store.forgetWritten(id);
    return { checkpoint: null, done: 0 };
  });
}

async function readRows(job: TaskInHand, file: BankFile, reached: number): Promise<void> {
  const reader = new FileReader(job.platform, file);
  let batch: FileRow[] = [];
  const keep = async () => {
    const rows = batch.map((read) => rowToKeep(job.platform, file, read));
    const last = batch.at(-1)?.row;
    batch = [];
    await job.step(async (work) => {
      const store = new BankFileStore(work);
      await store.hold(file.id, 'CHECKING');
      await store.addRows(rows);
      return { checkpoint: `row:${last}`, done: 0 };
    });
  };
  for await (const read of reader.payments()) {
    if (read.row <= reached) continue;
    batch.push(read);
    if (batch.length === ROWS) await keep();
  }
  if (batch.length > 0) await keep();
  if (reader.count === 0) throw P.empty();
  await job.step(async (work) => {
    const store = new BankFileStore(work);
    await store.hold(file.id, 'CHECKING');
    await store.update(await store.get(file.id), { about: reader.about() });
    await tellRepeated(store, file);
    return { checkpoint: 'match', done: 0, total: reader.count };
  });
}

/** Rows of one file with the same reference contradict each other or are one payment twice: none is taken. */
async function tellRepeated(store: BankFileStore, { id, kind }: BankFile): Promise<void> {
  for (const [reference, rows] of await store.repeatedReferences(id)) {
    const more = rows.length > NAMED ? ` 等 ${rows.length} 行` : ' 行';
    const remark = {
      column: titleOf(kind, 'reference'),
      value: '',
      reason: `流水号在本文件中重复：第 ${rows.slice(0, NAMED).join('、')}${more}`,
      remedy: '请核对是否同一笔款项，只保留一行后重新上传。',
    };
    for (const row of await store.unmatchedWith(id, reference)) {
      await store.updateRow(row, { outcome: 'ERROR', remarks: [remark], writtenSealed: null });
    }
  }
}

async function matchSome(work: Work, file: BankFile) {
  const store = new BankFileStore(work);
  await store.hold(file.id, 'CHECKING');
  const rows = await store.toMatch(file.id, ROWS);
  if (rows.length === 0) return { checkpoint: null, done: 0, value: false };
  const payments = rows.map((row) => paymentOf(store, row));
  const sides = await bookSides(work, file, payments);
  const open = await store.openKeys(rows.map(workKeyOf));
  let failed = 0;
  for (const [at, row] of rows.entries()) {
    const found = matchPayment(payments[at] as Payment, sides[at] as BookSide);
    const { outcome, loanId, remarks } = open.has(workKeyOf(row)) ? waiting(found) : found;
    if (outcome === 'ERROR') failed += 1;
    await store.updateRow(row, { outcome, loanId, remarks, writtenSealed: null });
  }
  return { checkpoint: null, done: rows.length - failed, failed, value: true };
}

/** What would become work again is told to be work already. */
function waiting(found: Match): Match {
  if (found.outcome !== 'UNMATCHED' && found.outcome !== 'DIFFERS') return found;
  const reason = '同一流水号的款项已在待处理中';
  const remark = { column: '', value: '', reason, remedy: '请在待处理中办理，不必重复。' };
  return { ...found, outcome: 'WAITING', remarks: [remark, ...found.remarks] };
}

function paymentOf(store: BankFileStore, row: BankFileRow): Payment {
  const { kind, paidOn, amountFen, reference } = row;
  return { kind, paidOn, amountFen, reference, ...store.written(row) } as Payment;
}

/** What the loan book knows about these payments, in a few questions for all of them. */
async function bookSides(
  work: Work,
  { bankId, regionCode, kind }: BankFile,
  payments: readonly Payment[],
): Promise<BookSide[]> {
  const found = await loansByNumber(
    work.tx,
    bankId,
    payments.map(({ contract }) => contract),
  );
  const loans = new Map(
    found
      .filter((loan) => regionCovers(regionCode, loan.regionCode))
      .map((loan) => [loan.number, loan]),
  );
  const references = payments.map(({ reference }) => reference);
  const standing =
    kind === 'disbursals' ? [] : await repaymentsByReference(work.tx, bankId, references);
  const byReference = new Map(standing.map((event) => [event.reference, event]));
  const ids = [...loans.values()].map(({ id }) => id);
  const payouts = kind === 'disbursals' ? await payoutsOf(work.tx, ids) : [];
  const byLoan = new Map(payouts.map((event) => [event.loanId, event]));
  const sides: BookSide[] = [];
  for (const payment of payments) {
    const loan = loans.get(payment.contract) ?? null;
    const asks = kind === 'interest' && loan?.state === 'running';
    sides.push({
      loan,
      standing: byReference.get(payment.reference) ?? null,
      payout: (loan && byLoan.get(loan.id)) ?? null,
      interestDueFen: asks ? await interestDue(work, loan.id, payment) : null,
    });
  }
  return sides;
}

/** Interest and penalty due on the day; null for a day before the last booking, which only the posting can tell. */
async function interestDue(work: Work, loanId: string, { paidOn }: Payment): Promise<Fen | null> {
  const { on, position } = await currentPosition(work.tx, loanId, paidOn);
  return on === paidOn ? addFen(position.interestToDateFen, position.penaltyToDateFen) : null;
}

async function finish(job: TaskInHand, file: BankFile): Promise<string> {
  const counts = await countsOf(job.platform.db.reader(), file.id);
  const countsDigest = countsDigestOf(file.fileDigest, counts);
  let text = countsText(counts);
  await keepErrorSheet(job, file, async (work, errorFileId) => {
    const store = new BankFileStore(work);
    await store.hold(file.id, 'CHECKING');
    const now = await store.get(file.id);
    text = `${countsText(counts)}${totalText(now, counts)}`.slice(0, 500);
    await store.update(now, { state: 'CHECKED', counts, countsDigest, errorFileId, note: text });
  });
  return text;
}

/** Whether the total that the file gives is that of its rows. */
function totalText({ about }: BankFile, { outcomes }: BankFileCounts): string {
  const stated = about?.statedTotalFen ?? ZERO_FEN;
  if (stated === 0) return '';
  const sum = addFen(...Object.values(outcomes).map(({ amountFen }) => amountFen));
  if (sum === stated) return '；与文件合计一致';
  return `；文件合计 ${yuan(stated)} 元，逐行相加 ${yuan(sum)} 元，不一致`;
}
