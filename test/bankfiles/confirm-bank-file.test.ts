/** 复核确认银行文件: what was confirmed is posted once, row by row; what cannot be posted becomes work, with the reason. */
import { showBankFile } from '../../src/bankfiles/bank-files.queries';
import { listBankWork } from '../../src/bankfiles/bank-rows.queries';
import { confirmBankFile } from '../../src/bankfiles/confirm-bank-file';
import { startBankFile } from '../../src/bankfiles/start-bank-file';
import { loanRepaid, repay } from '../../src/loans';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { CheckFailed } from '../../src/platform/check';
import type { Work } from '../../src/platform/work';
import { refusedByDatabase } from '../households/register';
import { expectLawful, type Lent, lent, onDay, payment, rowOf } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aReference,
  checked,
  confirmed,
  type FileBook,
  HEADER,
  type Line,
  numberOf,
  openFileBook,
  POSTED_TABLES,
  plainFile,
  posted,
  rowsOf,
  runTasks,
  saidOf,
  started,
  tallied,
  upload,
} from './files';

const INTEREST = ['序号', '合同号', '借款人', '收息日期', '实收利息', '流水号'];
const PAYOUTS = ['序号', '合同号', '借款人', '放款日期', '放款金额', '流水号'];

describeEachDatabase('A bank file that is confirmed', (open) => {
  let book: FileBook;
  /** A payment of this amount makes a listener refuse, as a module above the loans might. */
  const UNLUCKY = 444_444;
  beforeAll(async () => {
    book = await openFileBook(open);
    book.platform.events.on(loanRepaid, async (work: Work, { principalFen, interestFen }) => {
      if (principalFen + interestFen !== UNLUCKY) return;
      await work.tx.exec("UPDATE loan SET class_code = 'LOSS'");
      throw new CheckFailed('An unlucky payment');
    });
  });

  const someLoans = async (count: number): Promise<Lent[]> => {
    onDay(book, '2018-06-15');
    const loans: Lent[] = [];
    for (let left = count; left > 0; left -= 1) loans.push(await lent(book));
    onDay(book, '2018-07-20');
    return loans;
  };

  const lineOn = async (loan: Lent, changes: Partial<Line> = {}): Promise<Line> => ({
    contract: await numberOf(book, loan),
    paidOn: '2018-07-15',
    amount: '100.00',
    reference: aReference(),
    ...changes,
  });

  test('of 300 repayments posts each once, in the order of the days, and a second upload changes nothing', async () => {
    const loans = await someLoans(10);
    const lines: Line[] = [];
    for (let at = 0; at < 300; at += 1) {
      const day = 19 - (at % 15);
      const paidOn = `2018-07-${String(day).padStart(2, '0')}`;
      lines.push(await lineOn(loans[at % 10] as Lent, { paidOn, amount: '101.00' }));
    }
    const done = await posted(book, plainFile(lines));
    expect(done).toMatchObject({ state: 'DONE', confirmedByName: '廖复核', hasErrors: false });
    expect(tallied(done.result)).toEqual({ POSTED: [300, '30300.00'] });
    expect({ done: done.done, total: done.total }).toEqual({ done: 300, total: 300 });
    for (const loan of loans) await expectLawful(book, loan);
    // Nothing was replayed: no payment came before one that had been posted.
    const sql = book.platform.db.reader();
    const [voided] = await sql.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM loan_event WHERE kind = 'repayment' AND voided_by IS NOT NULL",
    );
    expect(voided?.n).toBe(0);
    const before = await book.snapshot(...POSTED_TABLES, 'bank_file_row');
    const again = await started(book, plainFile(lines));
    expect(again).toMatchObject({ bankFileId: done.id, repeated: true });
    // The same payments saved anew by another program: other bytes.
    const saved = await posted(book, plainFile([...lines].reverse()));
    expect(tallied(saved.counts)).toEqual({ ALREADY: [300, '30300.00'] });
    expect(tallied(saved.result)).toEqual({ CLOSED: [300, '30300.00'] });
    const tables = await book.snapshot(...POSTED_TABLES);
    expect(before.startsWith(tables)).toBe(true);
  }, 120_000);

  test('is told in the story of each loan, as an act of whoever confirmed', async () => {
    const [loan] = await someLoans(1);
    const done = await posted(book, plainFile([await lineOn(loan as Lent)]));
    const sql = book.platform.db.reader();
    const entries = await sql.rows<{ act: string; actor: string }>(
      `SELECT e.act AS act, e.actor_id AS actor FROM audit_entry e
         JOIN audit_subject s ON s.entry_id = e.id
        WHERE s.subject_id = :loanId AND e.act = 'bankfiles.file'`,
      { loanId: (loan as Lent).loanId },
    );
    expect(entries).toEqual([{ act: 'bankfiles.file', actor: book.checker.id }]);
    const [row] = await rowsOf(book, done.id);
    const event = await sql.one<{ causedBy: string }>(
      'SELECT caused_by AS causedBy FROM loan_event WHERE origin_id = :id',
      { id: row?.repaymentId as string },
    );
    expect(event).toEqual({ causedBy: book.checker.id });
  });

  test('needs a second person, in the act and in the database', async () => {
    const [loan] = await someLoans(1);
    const seen = await checked(book, plainFile([await lineOn(loan as Lent)]));
    const { id: bankFileId, version, countsDigest } = seen;
    const form = { bankFileId, version, countsDigest };
    const before = await book.snapshot(...POSTED_TABLES, 'bank_file', 'bank_file_row', 'task');
    const refused = (actor: typeof book.uploader, input: object) =>
      book.refusal(book.do(actor, confirmBankFile, input));
    expect(await refused(book.uploader, form)).toBe('bankfiles.uploader-confirms');
    expect(await refused(book.outsider, form)).toBe('platform.absent');
    const office = book.actor({ permissions: ['bankfiles.confirm'] });
    expect(await refused(office, form)).toBe('bankfiles.not-a-bank');
    const reader = book.actor({ permissions: ['bankfiles.read'] });
    expect(await refused(reader, form)).toBe('platform.not-permitted');
    const wrong = { ...form, countsDigest: 'a'.repeat(64) };
    expect(await refused(book.checker, wrong)).toBe('bankfiles.counts-differ');
    expect(await refused(book.checker, { ...form, version: version - 1 })).toBe('platform.stale');
    expect(await book.snapshot(...POSTED_TABLES, 'bank_file', 'bank_file_row', 'task')).toBe(
      before,
    );
    const own = book.system((work) =>
      work.tx.exec('UPDATE bank_file SET confirmed_by = started_by WHERE id = :bankFileId', {
        bankFileId,
      }),
    );
    expect(await refusedByDatabase(own)).toBe('check');
    await confirmed(book, seen);
    expect(await refused(book.checker, form)).toBe('bankfiles.not-checked');
  });

  test('before it has been checked is refused', async () => {
    const [loan] = await someLoans(1);
    const { bankFileId } = await started(book, plainFile([await lineOn(loan as Lent)]));
    const form = { bankFileId, version: 2, countsDigest: 'a'.repeat(64) };
    const attempt = book.do(book.checker, confirmBankFile, form);
    expect(await book.refusal(attempt)).toBe('bankfiles.not-checked');
    await runTasks(book);
  });

  test('posts nothing of a row that is refused halfway: it becomes work, the others are posted', async () => {
    const loans = await someLoans(3);
    const [one, two, three] = loans as [Lent, Lent, Lent];
    const lines = [
      await lineOn(one),
      await lineOn(two, { amount: '4444.44' }),
      await lineOn(three),
      { ...(await lineOn(three)), contract: 'HT-UNKNOWN-1' },
    ];
    const done = await posted(book, plainFile(lines));
    expect(tallied(done.result)).toEqual({ POSTED: [2, '200.00'], OPEN: [2, '4544.44'] });
    expect(done).toMatchObject({ state: 'DONE', open: 2, hasErrors: true });
    expect(await saidOf(book, done.id)).toEqual([
      [3, 'UNMATCHED', '', '入账时系统核对未通过，未入账'],
      [5, 'UNMATCHED', '合同号', '本行在本辖区的贷款台账中没有此合同号'],
    ]);
    const left = await rowOf(book, two);
    expect([left.outstandingFen, left.lastBookingOn, left.classCode]).toEqual([
      5_000_000,
      '2018-06-15',
      'NORMAL',
    ]);
    for (const loan of loans) await expectLawful(book, loan);
    const work = await book.ask(book.checker, listBankWork, { size: 200 });
    const own = work.items.filter(({ bankFileId }) => bankFileId === done.id);
    expect(own.map(({ row, state }) => [row, state])).toEqual([
      [3, 'OPEN'],
      [5, 'OPEN'],
    ]);
    expect((await book.ask(book.outsider, listBankWork, { size: 200 })).items).toEqual([]);
  });

  test('whose loan was changed since the check is judged by the loan book of the day', async () => {
    const [settled, same] = (await someLoans(2)) as [Lent, Lent];
    const lines = [await lineOn(settled, { paidOn: '2018-07-20' }), await lineOn(same)];
    const seen = await checked(book, plainFile(lines));
    await book.do(book.officer, repay, { ...payment(book, settled, '50230.91') });
    const { paidOn, amount, reference } = lines[1] as Line;
    const byHand = { loanId: same.loanId, paidOn, amount, bankReference: reference };
    await book.do(book.officer, repay, byHand);
    const done = await confirmed(book, seen);
    expect(tallied(done.result)).toEqual({ REPEATED: [1, '100.00'], OPEN: [1, '100.00'] });
    const [[row, outcome, , reason] = []] = await saidOf(book, done.id);
    expect([row, outcome]).toEqual([2, 'UNMATCHED']);
    expect(reason).toContain('入账时被拒绝：该贷款未放款或已结清');
  });

  test('of an earlier day than the last booking is posted too', async () => {
    const [loan] = (await someLoans(1)) as [Lent];
    await book.do(book.officer, repay, payment(book, loan, '1000.00'));
    const done = await posted(book, plainFile([await lineOn(loan, { paidOn: '2018-07-01' })]));
    expect(tallied(done.result)).toEqual({ POSTED: [1, '100.00'] });
    await expectLawful(book, loan);
  });

  test('a payment whose repayment was reversed is no repeat: it is ready again in a later file', async () => {
    const [loan] = (await someLoans(1)) as [Lent];
    const line = await lineOn(loan);
    const first = await posted(book, plainFile([line]));
    const [row] = await rowsOf(book, first.id);
    const reverser = book.actor({
      permissions: ['loans.reverse-event'],
      org: { id: book.bankId, kind: 'bank' },
    });
    await book.do(reverser, reverseLoanEvent, {
      loanId: loan.loanId,
      eventId: row?.repaymentId,
      reason: '记错贷款',
    });
    const seen = await checked(book, plainFile([line, await lineOn(loan)]));
    expect(tallied(seen.counts)).toEqual({ READY: [2, '200.00'] });
  });

  test('does not open the same payment twice, whatever file it comes in', async () => {
    const [loan] = (await someLoans(1)) as [Lent];
    const lost = { ...(await lineOn(loan)), contract: 'HT-UNKNOWN-2' };
    const first = await posted(book, plainFile([lost]));
    expect(tallied(first.result)).toEqual({ OPEN: [1, '100.00'] });
    const second = await posted(book, plainFile([lost, await lineOn(loan)]));
    expect(tallied(second.counts)).toEqual({ READY: [1, '100.00'], WAITING: [1, '100.00'] });
    expect(tallied(second.result)).toEqual({ POSTED: [1, '100.00'], CLOSED: [1, '100.00'] });
  });

  test('and two files checked before one of them was confirmed open it once as well', async () => {
    const [loan] = (await someLoans(1)) as [Lent];
    const line = await lineOn(loan);
    const lost = { ...(await lineOn(loan)), contract: 'HT-UNKNOWN-3' };
    const one = await checked(book, plainFile([lost, line]));
    const two = await checked(book, plainFile([line, lost]));
    const first = await confirmed(book, one);
    const second = await confirmed(book, two);
    expect(tallied(first.result)).toEqual({ POSTED: [1, '100.00'], OPEN: [1, '100.00'] });
    expect(tallied(second.result)).toEqual({ REPEATED: [1, '100.00'], CLOSED: [1, '100.00'] });
    await expectLawful(book, loan);
  });

  test('of interest pays interest alone; more than what is due is left to a person', async () => {
    const loans = (await someLoans(3)) as [Lent, Lent, Lent];
    // Thirty days of 50,000 yuan at 4.75 %, six of them before the settlement day: 39.58 + 158.33.
    const lines = [
      await lineOn(loans[0], { amount: '197.91' }),
      await lineOn(loans[1], { amount: '197.92' }),
      await lineOn(loans[2], { amount: '150.00' }),
      await lineOn(loans[2], { amount: '50.00' }),
    ];
    const done = await posted(book, plainFile(lines, INTEREST), 'interest');
    expect(tallied(done.counts)).toEqual({ READY: [3, '397.91'], UNMATCHED: [1, '197.92'] });
    expect(tallied(done.result)).toEqual({ POSTED: [2, '347.91'], OPEN: [2, '247.92'] });
    const said = await saidOf(book, done.id);
    expect(said[0]).toEqual([
      3,
      'UNMATCHED',
      '实收利息',
      '超过到账日应收利息和罚息合计 197.91 元，多出部分将冲减本金',
    ]);
    expect(said[1]?.[3]).toBe(
      '入账时被拒绝：利息实收超过应收利息:到账 50.00 元，其中利息和罚息 47.91 元',
    );
    for (const loan of loans) {
      expect((await rowOf(book, loan)).outstandingFen).toBe(5_000_000);
      await expectLawful(book, loan);
    }
  });

  test('of payouts posts nothing: it is compared, and differences become work', async () => {
    const loans = (await someLoans(5)) as [Lent, Lent, Lent, Lent, Lent];
    const payout = async (loan: Lent, changes: Partial<Line> = {}) =>
      lineOn(loan, {
        ...{ amount: '50000.00', paidOn: '2018-06-15' },
        ...{ reference: `FK-${loan.certificateNumber}`, name: loan.borrower, ...changes },
      });
    const lines = [
      await payout(loans[0]),
      await payout(loans[1], { amount: '45000.00', paidOn: '2018-06-16' }),
      await payout(loans[2], { reference: 'FK-OTHER' }),
      await payout(loans[3], { name: '王小二' }),
      await payout(loans[4], { contract: 'HT-UNKNOWN-4' }),
    ];
    const before = await book.snapshot(...POSTED_TABLES);
    const done = await posted(book, plainFile(lines, PAYOUTS), 'disbursals');
    expect(await book.snapshot(...POSTED_TABLES)).toBe(before);
    expect(tallied(done.counts)).toEqual({
      AGREES: [1, '50000.00'],
      DIFFERS: [3, '145000.00'],
      UNMATCHED: [1, '50000.00'],
    });
    expect(tallied(done.result)).toEqual({ OPEN: [4, '195000.00'], CLOSED: [1, '50000.00'] });
    expect(
      (await saidOf(book, done.id)).map(([row, , column, reason]) => [row, column, reason]),
    ).toEqual([
      [3, '放款金额', '台账为 50000.00 元'],
      [3, '放款日期', '台账为 2018-06-15'],
      [4, '流水号', `台账为 FK-${loans[2].certificateNumber}`],
      [5, '借款人', '与台账登记的借款人不符'],
      [6, '合同号', '本行在本辖区的贷款台账中没有此合同号'],
    ]);
  });

  test('stops where whoever confirmed may no longer act, and a third person carries it on', async () => {
    const loans = await someLoans(2);
    const seen = await checked(
      book,
      plainFile([await lineOn(loans[0] as Lent), await lineOn(loans[1] as Lent)]),
    );
    const { id: bankFileId, version, countsDigest } = seen;
    const leaver = book.actor({
      permissions: ['bankfiles.confirm'],
      org: { id: book.bankId, kind: 'bank' },
    });
    const begun = await book.do(leaver, confirmBankFile, { bankFileId, version, countsDigest });
    book.disable(leaver);
    await runTasks(book);
    expect(tallied((await rowsTally(bankFileId)) ?? [])).toEqual({ CHECKED: [2, '200.00'] });
    const done = await confirmed(book, { ...seen, version: begun.version });
    expect(tallied(done.result)).toEqual({ POSTED: [2, '200.00'] });
  });

  const rowsTally = async (bankFileId: string) => {
    return (await book.ask(book.checker, showBankFile, { bankFileId })).result;
  };

  test('keeps its kind apart: the same bytes as interest are another file', async () => {
    const [loan] = (await someLoans(1)) as [Lent];
    const header = HEADER.map((title) =>
      title.replace('还款日期', '日期').replace('还款金额', '金额'),
    );
    const file = () => plainFile(lines, header);
    const lines = [await lineOn(loan, { amount: '10.00' })];
    await posted(book, file());
    const fileId = await upload(book, file());
    const other = await book.do(book.uploader, startBankFile, { fileId, kind: 'interest' });
    expect(other.repeated).toBe(false);
    await runTasks(book);
    const rows = await rowsOf(book, other.bankFileId);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ALREADY']);
  });
});
