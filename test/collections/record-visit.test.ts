/** Visits: who records them, when they count, and what the audit keeps of them. */
import { collectionRecordsOf, recordVisit } from '../../src/collections';
import { collectionOfLoan } from '../../src/collections/collections.queries';
import { refusedByDatabase } from '../households/register';
import {
  type Book,
  lent,
  OTHER_VILLAGE,
  onDay,
  openBook,
  refused,
  signed,
  VILLAGE,
} from '../loans/book';
import { describeEachDatabase } from '../support/databases';

describeEachDatabase('A visit', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const visitor = (region = VILLAGE) =>
    book.actor({ permissions: ['collections.record-visit', 'collections.read'], region });
  const form = (loanId: string, visitedOn: string, changes: object = {}) => ({
    ...{ loanId, visitedOn, place: '城关村三组韦家', metWith: '韦大明夫妇' },
    ...{ finding: '鸡舍在用，存栏 280 羽', useChecked: true, ...changes },
  });
  const counts = (loanId: string) => collectionRecordsOf(book.platform.db.reader(), loanId);

  test('before maturity checks the use and does not count for a claim', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2018-07-10');
    const photoDigest = 'c'.repeat(64);
    const visit = await book.do(
      visitor(),
      recordVisit,
      form(loanId, '2018-07-09', { photoDigest }),
    );
    expect(visit).toMatchObject({ useChecked: true, countsForClaim: false });
    expect(await counts(loanId)).toEqual({ counted: 0, useChecked: true, visits: 1, reminders: 0 });
    const page = await book.ask(visitor(), collectionOfLoan, { loanId });
    expect(page).toMatchObject({ counted: 0, useChecked: true });
    expect(page.visits).toEqual([
      expect.objectContaining({ visitedOn: '2018-07-09', metWith: '韦大明夫妇', photoDigest }),
    ]);
  });

  test('counts from the day after maturity on', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-07-01');
    const visit = (on: string) =>
      book.do(visitor(), recordVisit, form(loanId, on, { useChecked: false }));
    expect((await visit('2021-06-15')).countsForClaim).toBe(false);
    expect((await visit('2021-06-16')).countsForClaim).toBe(true);
    expect(await counts(loanId)).toMatchObject({ counted: 1, useChecked: false, visits: 2 });
  });

  test('lies between the payout and today, on a loan that was paid out', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2018-07-10');
    const visit = (id: string, on: string) => () => book.do(visitor(), recordVisit, form(id, on));
    await refused(book, 'collections.in-future', visit(loanId, '2018-07-11'));
    await refused(book, 'collections.before-payout', visit(loanId, '2018-06-14'));
    const waiting = await signed(book);
    await refused(book, 'collections.not-paid-out', visit(waiting.loanId, '2018-07-10'));
    await refused(book, 'loans.absent', visit(book.platform.newId(), '2018-07-10'));
    const bare = () => book.do(visitor(), recordVisit, form(loanId, '2018-07-10', { place: ' ' }));
    await refused(book, 'platform.invalid-input', bare);
  });

  test('is recorded by nobody of another village or bank, nor without the permission', async () => {
    const { loanId } = await lent(book);
    const input = form(loanId, '2018-06-15');
    const visit = (actor: Book['officer']) => () => book.do(actor, recordVisit, input);
    await refused(book, 'platform.absent', visit(visitor(OTHER_VILLAGE)));
    const org = book.stranger.organisation;
    const stranger = book.actor({ permissions: ['collections.record-visit'], org });
    await refused(book, 'platform.absent', visit(stranger));
    await refused(book, 'platform.not-permitted', visit(book.officer));
    const looking = book.ask(visitor(OTHER_VILLAGE), collectionOfLoan, { loanId });
    expect(await book.refusal(looking)).toBe('collections.absent');
  });

  test('is told to the audit without the people’s words, and never changed', async () => {
    const { loanId } = await lent(book);
    const { visitId } = await book.do(visitor(), recordVisit, form(loanId, '2018-06-15'));
    const audit = await book.snapshot('audit_entry');
    expect(audit).toContain(visitId);
    expect(audit).not.toContain('存栏');
    expect(audit).not.toContain('韦大明夫妇');
    const change = book.system((work) =>
      work.tx.exec('UPDATE visit SET use_checked = 0 WHERE id = :visitId', { visitId }),
    );
    expect(await refusedByDatabase(change)).toBe('append-only');
  });
});
