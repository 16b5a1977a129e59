/** The bank's file of repayments in the loan book's journey: tried, confirmed, posted, resolved, sent again. */
import { ABSENT, type Fate, type LoanBook, NOT_PERMITTED } from './loan-book';
import { csv, type Line, workbook } from './loan-forms';

/** Counts by outcome or state, those of nothing left out. */
const tallies = (list: { code: string; count: number }[]) =>
  Object.fromEntries(list.filter(({ count }) => count > 0).map(({ code, count }) => [code, count]));

const UPLOADER = 'lenderTan';
const CHECKER = 'deciderLiao';

/** What the bank's file says: two payments of loans, and one under a number that no loan has. */
function linesOf({ loans }: LoanBook): Line[] {
  const line = (fate: Fate, amount: string, reference: string): Line => {
    const { contract, name } = loans[fate];
    return { contract, name, paidOn: '2018-07-10', amount, reference };
  };
  return [
    line('right', '2000.00', 'HP-0001'),
    line('late', '1000.00', 'HP-0002'),
    { ...line('watched', '800.00', 'HP-0003'), contract: 'HT-UNKNOWN' },
  ];
}

/** Uploads a file; what starts its check. */
async function upload(book: LoanBook, name: string, bytes: Buffer) {
  const query = `name=${encodeURIComponent(name)}&purpose=bank-file`;
  const { fileId } = await book.person(UPLOADER).does(`/files?${query}`, bytes);
  return { fileId, kind: 'repayments' };
}

const seen = (book: LoanBook, path: string) => book.person(UPLOADER).sees(path);

/** The file is tried, confirmed and posted. */
export async function fileIsPosted(book: LoanBook): Promise<void> {
  book.on('2018-07-10');
  const file = await upload(book, '还款回盘.xlsx', await workbook(linesOf(book)));
  await book.refused('townshipChen', '/bank-files', file, NOT_PERMITTED);
  await book.refused('lenderSu', '/bank-files', file, ABSENT);
  const { bankFileId } = await book.person(UPLOADER).does('/bank-files', file);
  const screen = `/bank-files/${bankFileId}`;
  book.facts.bankFile = bankFileId;
  await book.runTasks();
  const tried = await seen(book, screen);
  expect([tried.state, tallies(tried.counts)]).toEqual(['CHECKED', { READY: 2, UNMATCHED: 1 }]);
  expect(await book.loan('right')).toMatchObject({ outstanding: '47283.96' });
  const { version, countsDigest } = tried;
  const confirm = { version, countsDigest };
  const own = [403, 'bankfiles.uploader-confirms'] as const;
  await book.refused(UPLOADER, `${screen}/confirm`, confirm, own);
  await book.refused('strangerBank', `${screen}/confirm`, confirm, ABSENT);
  const other = { version, countsDigest: 'a'.repeat(64) };
  await book.refused(CHECKER, `${screen}/confirm`, other, [409, 'bankfiles.counts-differ']);
  await book.person(CHECKER).does(`${screen}/confirm`, confirm);
  await book.runTasks();
  const done = await seen(book, screen);
  expect([done.state, tallies(done.result)]).toEqual(['DONE', { POSTED: 2, OPEN: 1 }]);
  const { events } = await seen(book, book.path('right', '/statement'));
  expect(events.at(-1)).toMatchObject({ kind: 'repayment', amount: '2000.00' });
}

/** The payment under an unknown number is posted to the loan that it is for. */
export async function openRowIsResolved(book: LoanBook): Promise<void> {
  const { items } = await book.person(CHECKER).sees('/bank-rows');
  expect(items).toMatchObject([{ reference: 'HP-0003', state: 'OPEN', contract: 'HT-UNKNOWN' }]);
  const path = `/bank-rows/${items[0].id}/resolve`;
  const resolution = {
    ...{ version: items[0].version, outcome: 'post-to', loanId: book.loans.watched.loan },
    reason: '银行回单上的合同号抄错一位',
  };
  await book.refused(UPLOADER, path, resolution, [403, 'bankfiles.uploader-resolves']);
  await book.refused('strangerBank', path, resolution, ABSENT);
  const posted = await book.person(CHECKER).does(path, resolution);
  expect(posted).toMatchObject({ state: 'RESOLVED', repeated: false });
  await book.refused(CHECKER, path, resolution, [409, 'bankfiles.row-not-open']);
  // Whoever resolved it entered the repayment, so another approver would have to take it back.
  const reversal = book.path('watched', `/events/${posted.repaymentId}/reversal`);
  const own = [403, 'loans.reverser-entered'] as const;
  await book.refused(CHECKER, reversal, { reason: '误入账' }, own);
  expect((await book.person(CHECKER).sees('/bank-rows')).items).toEqual([]);
}

/** The file is sent again, as it was and as text. */
export async function sameFileIsKnown(book: LoanBook): Promise<void> {
  const before = await book.whole();
  const again = await upload(book, '再传一次.xlsx', await workbook(linesOf(book)));
  const answer = await book.person(UPLOADER).does('/bank-files', again);
  expect(answer).toMatchObject({ bankFileId: book.facts.bankFile, repeated: true });
  await book.runTasks();
  expect(await book.whole()).toBe(before);
  const uploaded = await upload(book, '还款.csv', csv(linesOf(book).slice(0, 2)));
  const { bankFileId } = await book.person(UPLOADER).does('/bank-files', uploaded);
  await book.runTasks();
  const known = await seen(book, `/bank-files/${bankFileId}`);
  expect([known.state, tallies(known.counts)]).toEqual(['CHECKED', { ALREADY: 2 }]);
  expect(known.about).toMatchObject({ format: 'csv', encoding: 'gb18030' });
  const cancel = { version: known.version, reason: '重复的文件' };
  await book.person(UPLOADER).does(`/bank-files/${bankFileId}/cancel`, cancel);
}
