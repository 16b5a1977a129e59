/** Taking back what was entered wrongly: the loan is as if it had never been, and both stand in the books. */
import { loanCorrected, repay } from '../../src/loans';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectLawful,
  lent,
  onDay,
  openBook,
  payment,
  refused,
  repaid,
  rowOf,
  TABLES,
} from './book';

describeEachDatabase('A reversal', (open) => {
  let book: Book;
  const told: { loanId: string; from: string; eventIds: readonly string[] }[] = [];
  beforeAll(async () => {
    book = await openBook(open);
    book.platform.events.on(loanCorrected, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => {
    told.length = 0;
    onDay(book, '2018-06-15');
  });
  const reverse = (
    loan: { loanId: string },
    eventId: string,
    actor = banker(book, 'loans.reverse-event'),
  ) =>
    book.do(actor, reverseLoanEvent, {
      loanId: loan.loanId,
      eventId,
      reason: '串户，流水属于另一户',
    });
  const figures = async (loan: { loanId: string }) => {
    const row = await rowOf(book, loan);
    const { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen, state, settledOn } = row;
    return { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen, state, settledOn };
  };

  test('of the only repayment brings the loan back to its beginning', async () => {
    const loan = await lent(book);
    const before = await figures(loan);
    onDay(book, '2018-06-18');
    const { repaymentId } = await repaid(book, loan, '10000.00');
    onDay(book, '2018-06-19');
    const done = await reverse(loan, repaymentId);
    expect(done.eventsVoided).toBe(1);
    expect(await figures(loan)).toEqual(before);
    expect(told).toEqual([
      expect.objectContaining({ loanId: loan.loanId, from: '2018-06-18', eventIds: [repaymentId] }),
    ]);
    await expectLawful(book, loan);
  });

  test('in the middle shares out anew what came later, and its entries point at what they correct', async () => {
    const loan = await lent(book);
    const other = await lent(book);
    onDay(book, '2018-07-15');
    const wrong = await repaid(book, loan, '10000.00');
    onDay(book, '2018-08-15');
    for (const one of [loan, other]) await repaid(book, one, '5000.00');
    onDay(book, '2018-08-20');
    await reverse(loan, wrong.repaymentId);
    expect(await figures(loan)).toEqual(await figures(other));
    const entries = await book.platform.db.reader().rows<{ corrects: string | null }>(
      `SELECT o.entry_key AS corrects FROM ledger_entry e
         JOIN ledger_entry o ON o.id = e.corrects_entry_id
        WHERE e.subject_id = :loanId`,
      { loanId: loan.loanId },
    );
    expect(entries.map(({ corrects }) => corrects?.split('/')[0]).sort()).toEqual([
      'loans.interest',
      'loans.interest',
      'loans.repayment',
      'loans.repayment',
    ]);
    await expectLawful(book, loan);
  });

  test('of what settled the loan lets it run again, and the bank reference may be used again', async () => {
    const loan = await lent(book);
    const input = payment(book, loan, '50000.00');
    const { repaymentId } = await book.do(book.officer, repay, input);
    expect((await figures(loan)).state).toBe('settled');
    await reverse(loan, repaymentId);
    expect(await figures(loan)).toMatchObject({ state: 'running', outstandingFen: 5_000_000 });
    const again = await book.do(book.officer, repay, input);
    expect(again).toMatchObject({ repeated: false, loan: { state: 'settled' } });
    expect(again.repaymentId).not.toBe(repaymentId);
    await expectLawful(book, loan);
  });

  test('settles the quarters that passed while the loan seemed settled', async () => {
    const loan = await lent(book);
    const { repaymentId } = await repaid(book, loan, '50000.00');
    onDay(book, '2018-10-08');
    await reverse(loan, repaymentId);
    // 6 days 39.58 and 92 days 606.94.
    expect(await figures(loan)).toMatchObject({
      outstandingFen: 5_000_000,
      interestDueFen: 64_652,
    });
    await expectLawful(book, loan);
  });

  test('by who entered it, without the permission, of another kind, or twice, is refused', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    const { repaymentId } = await repaid(book, loan, '100.00');
    const snapshot = () => book.snapshot(...TABLES);
    const before = await snapshot();
    await refused(book, 'platform.not-permitted', () => reverse(loan, repaymentId, book.officer));
    const stranger = book.actor({
      permissions: ['loans.reverse-event'],
      org: { id: 'another-bank', kind: 'bank' },
    });
    await refused(book, 'platform.absent', () => reverse(loan, repaymentId, stranger));
    const disbursal = await book.platform.db
      .reader()
      .one<{ id: string }>(
        `SELECT origin_id AS id FROM loan_event WHERE loan_id = :loanId AND kind = 'disbursal'`,
        { loanId: loan.loanId },
      );
    await refused(book, 'loans.not-reversible', () => reverse(loan, disbursal!.id));
    expect(await snapshot()).toBe(before);
    await reverse(loan, repaymentId);
    await refused(book, 'loans.event-absent', () => reverse(loan, repaymentId));
  });

  test('by one person of what they entered is refused, by rule', async () => {
    const loan = await lent(book);
    const both = banker(book, 'loans.repay', 'loans.reverse-event');
    const { repaymentId } = await book.do(both, repay, payment(book, loan, '100.00'));
    await refused(book, 'loans.reverser-entered', () => reverse(loan, repaymentId, both));
  });
});
