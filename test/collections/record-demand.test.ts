/** The township's meeting and the formal demand. */
import { collectionRecordsOf, recordDemand } from '../../src/collections';
import { collectionOfLoan } from '../../src/collections/collections.queries';
import { type Book, lent, onDay, openBook, refused, repaid, signed, TOWNSHIP } from '../loans/book';
import { describeEachDatabase } from '../support/databases';

describeEachDatabase('A demand', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const permissions = ['collections.record-demand', 'collections.read'];
  const township = () => book.actor({ permissions, roles: ['township-officer'], region: TOWNSHIP });
  const bank = (organisation = book.officer.organisation) =>
    book.actor({ permissions, roles: ['bank-officer'], org: organisation });
  const meeting = (loanId: string, heldOn: string) => ({
    ...{ loanId, heldOn, kind: 'TOWNSHIP_MEETING' },
    evidence: '会商纪要〔2021〕7号：分两期还清',
  });
  const letter = (loanId: string, heldOn: string) => ({
    ...{ loanId, heldOn, kind: 'FORMAL_DEMAND', evidence: '送达回执 2021-118' },
  });

  test('each is recorded by its role, and both count for a claim', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-08-20');
    expect(await book.do(township(), recordDemand, meeting(loanId, '2021-07-15'))).toMatchObject({
      ...{ stepCode: 'T+30', countsForClaim: true },
    });
    await book.do(bank(), recordDemand, letter(loanId, '2021-08-14'));
    expect(await collectionRecordsOf(book.platform.db.reader(), loanId)).toMatchObject({
      ...{ counted: 2, visits: 0, useChecked: false },
    });
    const page = await book.ask(bank(), collectionOfLoan, { loanId });
    expect(page.demands).toEqual([
      expect.objectContaining({ kind: 'TOWNSHIP_MEETING', heldOn: '2021-07-15' }),
      expect.objectContaining({ kind: 'FORMAL_DEMAND', stepCode: 'T+60' }),
    ]);
  });

  test('by the other’s role is refused', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-08-20');
    const demand = (actor: Book['officer'], input: object) => () =>
      book.do(actor, recordDemand, input);
    await refused(book, 'collections.not-your-step', demand(bank(), meeting(loanId, '2021-07-15')));
    await refused(
      book,
      'collections.not-your-step',
      demand(township(), letter(loanId, '2021-08-14')),
    );
  });

  test('on a loan that is not overdue, or on a day to come, is refused', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-08-20');
    const demand = (id: string, on: string) => () =>
      book.do(township(), recordDemand, meeting(id, on));
    await refused(book, 'collections.not-overdue', demand(loanId, '2021-06-15'));
    await refused(book, 'collections.in-future', demand(loanId, '2021-08-21'));
    onDay(book, '2018-06-15');
    const waiting = await signed(book);
    const done = await lent(book, { termMonths: 1, rate: '4.35' });
    await repaid(book, done, '50000.00');
    onDay(book, '2021-08-20');
    await refused(book, 'collections.not-paid-out', demand(waiting.loanId, '2021-07-15'));
    await refused(book, 'collections.not-overdue', demand(done.loanId, '2021-07-15'));
  });

  test('for one day is recorded once', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-08-20');
    const demand = () => book.do(township(), recordDemand, meeting(loanId, '2021-07-15'));
    await demand();
    await refused(book, 'collections.already-recorded', demand);
  });

  test('without the permission, by another bank or of a kind the act does not know is refused', async () => {
    const { loanId } = await lent(book);
    onDay(book, '2021-08-20');
    const input = letter(loanId, '2021-08-14');
    const demand =
      (actor: Book['officer'], form: object = input) =>
      () =>
        book.do(actor, recordDemand, form);
    await refused(book, 'platform.not-permitted', demand(book.officer));
    await refused(book, 'platform.absent', demand(bank(book.stranger.organisation)));
    const call = { ...input, kind: 'OVERDUE_NOTICE' };
    await refused(book, 'platform.invalid-input', demand(bank(), call));
  });
});
