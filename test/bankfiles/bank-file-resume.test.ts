/** A bank file killed at any step of its check or posting and taken up again ends as one that nobody disturbed. */
import { bankFileTask } from '../../src/bankfiles/bank-file-task';
import { showBankFile } from '../../src/bankfiles/bank-files.queries';
import { confirmBankFile } from '../../src/bankfiles/confirm-bank-file';
import { startBankFile } from '../../src/bankfiles/start-bank-file';
import { defineTask } from '../../src/platform/jobs/task';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { expectLawful, type Lent, lent, onDay } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  type FileBook,
  type Line,
  numberOf,
  openFileBook,
  plainFile,
  runTasks,
  upload,
} from './files';

class Killed extends Error {}

/** The task, killed before its n-th step, or within it when the work is done but not committed. */
const killedAt = (n: number, within: boolean) => {
  let steps = 0;
  return defineTask({
    ...bankFileTask,
    run: (job) => {
      const step: typeof job.step = (run) => {
        steps += 1;
        if (steps !== n) return job.step(run);
        if (!within) throw new Killed();
        return job.step(async (work) => {
          await run(work);
          throw new Killed();
        });
      };
      return bankFileTask.run({
        get task() {
          return job.task;
        },
        platform: job.platform,
        step,
        beat: (progress) => job.beat(progress),
      });
    },
  });
};

describeEachDatabase('A disturbed bank file', (open) => {
  const run = async (book: FileBook, n: number | null, within = false): Promise<boolean> => {
    if (n === null) return (await runTasks(book)) < 0;
    const kinds = [killedAt(n, within)];
    const runner = new TaskRunner(book.platform, kinds, { holder: `killed-${n}` });
    try {
      await runner.runWaiting();
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(Killed);
      // The next try comes after a pause.
      book.clock.stepMs(60_000);
      await runTasks(book);
      return true;
    }
  };

  /** Twelve payments on four loans, one that nobody knows, one that is wrong, one that is too late. */
  const linesOf = async (book: FileBook, loans: readonly Lent[]): Promise<Line[]> => {
    const lines: Line[] = [];
    for (let at = 0; at < 12; at += 1) {
      const contract = await numberOf(book, loans[at % 4] as Lent);
      const paidOn = `2018-07-${String(19 - at).padStart(2, '0')}`;
      lines.push({ contract, paidOn, amount: `${at + 1}00.00`, reference: `HP-RESUME-${at}` });
    }
    const [first] = lines as [Line];
    return [
      ...lines,
      { ...first, contract: 'HT-UNKNOWN', reference: 'HP-RESUME-A' },
      { ...first, amount: '0', reference: 'HP-RESUME-B' },
      { ...first, amount: '50000.00', paidOn: '2018-07-19', reference: 'HP-RESUME-C' },
      { ...first, amount: '1.00', paidOn: '2018-07-20', reference: 'HP-RESUME-D' },
    ];
  };

  /** Everything that came of it, without ids, numbers and instants that another run makes anew. */
  const outcome = async (book: FileBook) => {
    const rows = (sql: string) => book.platform.db.reader().rows(sql);
    return [
      await rows(
        `SELECT happened_on, natural_key, kind, principal_fen, interest_fen, overpaid_fen,
                outstanding_after_fen, revision
           FROM loan_event WHERE kind = 'repayment' ORDER BY natural_key, revision`,
      ),
      await rows(
        `SELECT state, outstanding_fen, interest_due_fen, overpaid_fen, last_booking_on, version
           FROM loan ORDER BY id`,
      ),
      await rows(
        `SELECT row_no, reference, paid_on, amount_fen, outcome, remarks, state, version
           FROM bank_file_row ORDER BY row_no`,
      ),
      await rows('SELECT state, counts, note FROM bank_file'),
      await rows(
        `SELECT e.event AS event, l.account AS account, SUM(l.amount_fen) AS amount, COUNT(*) AS n
           FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
          GROUP BY e.event, l.account ORDER BY e.event, l.account`,
      ),
    ];
  };

  const posted = async (n: number | null, within: boolean) => {
    const book = await openFileBook(open);
    onDay(book, '2018-06-15');
    const loans: Lent[] = [];
    for (let at = 0; at < 4; at += 1) loans.push(await lent(book));
    onDay(book, '2018-07-20');
    const fileId = await upload(book, plainFile(await linesOf(book, loans)));
    const form = { fileId, kind: 'repayments' };
    const { bankFileId } = await book.do(book.uploader, startBankFile, form);
    const inCheck = await run(book, n, within);
    const { version, countsDigest } = await book.ask(book.checker, showBankFile, { bankFileId });
    await book.do(book.checker, confirmBankFile, { bankFileId, version, countsDigest });
    const inPosting = await run(book, n, within);
    for (const loan of loans) await expectLawful(book, loan);
    return { killed: inCheck || inPosting, outcome: await outcome(book) };
  };

  test('ends as an undisturbed one, wherever it was killed', async () => {
    const quiet = await posted(null, false);
    expect(quiet.outcome[3]).toMatchObject([{ state: 'DONE' }]);
    for (const [n, within] of [
      [1, true],
      [2, false],
      [3, true],
      [5, false],
      [7, true],
      [9, true],
    ] as const) {
      const disturbed = await posted(n, within);
      expect({ n, within, killed: disturbed.killed }).toEqual({ n, within, killed: true });
      expect(disturbed.outcome).toEqual(quiet.outcome);
    }
  }, 240_000);
});
