/** 处理未匹配款项: by another person than the uploader, to a loan or with a reason, once. */
import { listBankWork } from '../../src/bankfiles/bank-rows.queries';
import { resolveBankRow } from '../../src/bankfiles/resolve-bank-row';
import { repay } from '../../src/loans';
import { refusedByDatabase } from '../households/register';
import { expectLawful, type Lent, lent, onDay, rowOf } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aReference,
  type FileBook,
  type Line,
  numberOf,
  openFileBook,
  POSTED_TABLES,
  plainFile,
  posted,
  rowsOf,
} from './files';

const INTEREST = ['序号', '合同号', '借款人', '收息日期', '实收利息', '流水号'];
const PAYOUTS = ['序号', '合同号', '借款人', '放款日期', '放款金额', '流水号'];

describeEachDatabase('An open row of a bank file', (open) => {
  let book: FileBook;
  beforeAll(async () => {
    book = await openFileBook(open);
  });
  beforeEach(() => {
    onDay(book, '2018-07-20');
  });

  const aLoan = async (): Promise<Lent> => {
    onDay(book, '2018-06-15');
    const loan = await lent(book);
    onDay(book, '2018-07-20');
    return loan;
  };

  /** A payment under a contract number that is not in the book. */
  const lost = (changes: Partial<Line> = {}): Line => ({
    ...{ contract: 'HT-MISWRITTEN', paidOn: '2018-07-15', amount: '100.00' },
    ...{ reference: aReference(), ...changes },
  });

  const openRow = async (
    line = lost(),
    kind: 'repayments' | 'interest' | 'disbursals' = 'repayments',
  ) => {
    const header = { repayments: undefined, interest: INTEREST, disbursals: PAYOUTS }[kind];
    const done = await posted(book, plainFile([line], header), kind);
    const [row] = await rowsOf(book, done.id);
    expect(row?.state).toBe('OPEN');
    return row as NonNullable<typeof row>;
  };

  const resolve = (row: { id: string; version: number }, how: object, actor = book.checker) => {
    const form = { bankRowId: row.id, version: row.version, reason: '经核对回单，合同号写错' };
    return book.do(actor, resolveBankRow, { ...form, ...how });
  };

  test('is posted to the loan that a person names, and the trail tells who and why', async () => {
    const loan = await aLoan();
    const row = await openRow(lost({ amount: '1197.91' }));
    const done = await resolve(row, { outcome: 'post-to', loanId: loan.loanId });
    expect(done).toMatchObject({
      state: 'RESOLVED',
      repeated: false,
      principal: '1000.00',
      interest: '197.91',
    });
    expect((await rowOf(book, loan)).outstandingFen).toBe(4_900_000);
    await expectLawful(book, loan);
    const [shown] = await rowsOf(book, row.bankFileId);
    expect(shown).toMatchObject({
      state: 'RESOLVED',
      loanId: loan.loanId,
      repaymentId: done.repaymentId,
      resolvedByName: '廖复核',
      resolveReason: '经核对回单，合同号写错',
    });
    const work = await book.ask(book.checker, listBankWork, { size: 200 });
    expect(work.items.map(({ id }) => id)).not.toContain(row.id);
  });

  test('that a person posted is known when the same payment comes in another file', async () => {
    const loan = await aLoan();
    const line = lost();
    await resolve(await openRow(line), { outcome: 'post-to', loanId: loan.loanId });
    const before = await book.snapshot(...POSTED_TABLES);
    const again = await posted(book, plainFile([line, { ...line, reference: aReference() }]));
    const rows = await rowsOf(book, again.id);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ALREADY', 'UNMATCHED']);
    expect(await book.snapshot(...POSTED_TABLES)).toBe(before);
  });

  test('that was entered by hand meanwhile is resolved without a second posting', async () => {
    const loan = await aLoan();
    const row = await openRow();
    const { amount, reference: bankReference, paidOn } = row;
    await book.do(book.officer, repay, { loanId: loan.loanId, amount, paidOn, bankReference });
    const before = await book.snapshot('loan_event', 'ledger_entry');
    const done = await resolve(row, { outcome: 'post-to', loanId: loan.loanId });
    expect(done).toMatchObject({ state: 'RESOLVED', repeated: true });
    expect(await book.snapshot('loan_event', 'ledger_entry')).toBe(before);
  });

  test('is dismissed with a reason, and the payment may come again', async () => {
    const line = lost();
    const row = await openRow(line);
    const before = await book.snapshot(...POSTED_TABLES);
    const done = await resolve(row, { outcome: 'dismiss', reason: '其他业务的款项' });
    expect(done).toMatchObject({ state: 'RESOLVED', repaymentId: null, principal: null });
    expect(await book.snapshot(...POSTED_TABLES)).toBe(before);
    const contract = await numberOf(book, await aLoan());
    const again = await posted(book, plainFile([{ ...line, contract }]));
    expect(again.result.map(({ code }) => code)).toEqual(['POSTED']);
  });

  test('of interest may pay principal when a person posts it', async () => {
    const loan = await aLoan();
    const contract = await numberOf(book, loan);
    const row = await openRow(lost({ contract, amount: '200.00' }), 'interest');
    const done = await resolve(row, { outcome: 'post-to', loanId: loan.loanId });
    expect(done).toMatchObject({ principal: '2.09', interest: '197.91' });
    await expectLawful(book, loan);
  });

  test('is refused for the uploader, another bank, a wrong loan or form; nothing is changed', async () => {
    const loan = await aLoan();
    const row = await openRow();
    const payout = await openRow(lost({ amount: '50000.00' }), 'disbursals');
    const before = await book.snapshot(...POSTED_TABLES, 'bank_file_row');
    const refused = (...args: Parameters<typeof resolve>) => book.refusal(resolve(...args));
    const dismiss = { outcome: 'dismiss' };
    const postTo = { outcome: 'post-to', loanId: loan.loanId };
    expect(await refused(row, dismiss, book.uploader)).toBe('bankfiles.uploader-resolves');
    expect(await refused(row, dismiss, book.outsider)).toBe('platform.absent');
    const office = book.actor({ permissions: ['bankfiles.resolve'] });
    expect(await refused(row, dismiss, office)).toBe('bankfiles.not-a-bank');
    const reader = book.actor({ permissions: ['bankfiles.read'] });
    expect(await refused(row, dismiss, reader)).toBe('platform.not-permitted');
    expect(await refused(row, { outcome: 'post-to' })).toBe('platform.invalid-input');
    expect(await refused(row, { ...postTo, ...dismiss })).toBe('platform.invalid-input');
    expect(await refused(row, { ...dismiss, version: row.version - 1 })).toBe('platform.stale');
    const absent = { outcome: 'post-to', loanId: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ' };
    expect(await refused(row, absent)).toBe('loans.absent');
    expect(await refused(payout, postTo)).toBe('bankfiles.payout-posts-nothing');
    expect(await book.snapshot(...POSTED_TABLES, 'bank_file_row')).toBe(before);
    const own = book.system((work) =>
      work.tx.exec(
        `UPDATE bank_file_row SET state = 'RESOLVED', work_key = NULL, resolution = 'DISMISSED',
                resolved_by = uploaded_by, resolved_at = 1, resolve_reason = 'x' WHERE id = :id`,
        { id: row.id },
      ),
    );
    expect(await refusedByDatabase(own)).toBe('check');
    await resolve(row, dismiss);
    expect(await refused({ ...row, version: row.version + 2 }, dismiss)).toBe(
      'bankfiles.row-not-open',
    );
  });

  test('is resolved once, whoever tries at the same moment', async () => {
    const loan = await aLoan();
    const row = await openRow();
    const third = book.actor({
      permissions: ['bankfiles.resolve'],
      org: { id: book.bankId, kind: 'bank' },
    });
    const postTo = { outcome: 'post-to', loanId: loan.loanId };
    const tries = await Promise.allSettled([
      resolve(row, postTo),
      resolve(row, { outcome: 'dismiss' }, third),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expectLawful(book, loan);
  });
});
