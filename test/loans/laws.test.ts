/**
 * Random lives of a loan: whatever is paid by whom and however the nights fall, the loan's amounts are those of the
 * bank's book and of its events, every period is rounded once, no day is booked twice, and nobody pays twice. A
 * thousand lives for each database are in test/faults.
 */
import fc from 'fast-check';
import { proveBooks } from '../../src/ledger';
import { repay } from '../../src/loans';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { describeEachDatabase } from '../support/databases';
import { type Book, banker, expectLawful, lent, onDay, openBook, payment, repaid } from './book';
import { lifePlan, live, type Plan } from './lives';

/** Interest whose booking a correction voided is booked again to the same day by a payment in time. */
const BOOKED_AGAIN: Plan = {
  termMonths: 1,
  amount: '1.54',
  steps: [
    { what: 'wait', days: 57 },
    { what: 'repay', sharePpm: 1, daysLate: 0 },
    { what: 'reverse', nth: 0 },
    { what: 'repay', sharePpm: 1_000_000, daysLate: 0 },
    { what: 'repay', sharePpm: 1_000_000, daysLate: 1 },
    { what: 'repay', sharePpm: 1, daysLate: 0 },
    { what: 'repay', sharePpm: 1_000_000, daysLate: 1 },
    { what: 'repeat' },
  ],
  undo: false,
};

describeEachDatabase('Random lives of loans', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });

  test('the loan, its events and the books agree after every step', async () => {
    await fc.assert(
      fc.asyncProperty(lifePlan, (plan) => live(book, plan)),
      { numRuns: 20, examples: [[BOOKED_AGAIN]] },
    );
    expect((await proveBooks(book.platform.db.reader())).faults).toEqual([]);
  }, 180_000);

  test('16 people at once, in time, late and taking back, lose nothing', async () => {
    onDay(book, '2018-06-15');
    const loan = await lent(book);
    onDay(book, '2018-07-30');
    const wrong: { repaymentId: string }[] = [];
    for (let n = 0; n < 4; n += 1) wrong.push(await repaid(book, loan, '1000.00', '2018-07-10'));
    const reverser = banker(book, 'loans.reverse-event');
    const tries = Array.from({ length: 16 }, (_, n) => {
      const taken = wrong[n];
      if (taken) {
        const input = { loanId: loan.loanId, eventId: taken.repaymentId, reason: '串户' };
        return book.do(reverser, reverseLoanEvent, input);
      }
      const on = n % 2 === 0 ? '2018-07-30' : `2018-07-${String(n).padStart(2, '0')}`;
      return book.do(book.officer, repay, payment(book, loan, '100.00', on));
    });
    await Promise.all(tries);
    await expectLawful(book, loan);
    const events = await book.platform.db.reader().one<{ n: number; fen: number }>(
      `SELECT COUNT(*) AS n, SUM(amount_fen) AS fen FROM loan_event
        WHERE loan_id = :loanId AND kind = 'repayment' AND voided_by IS NULL`,
      { loanId: loan.loanId },
    );
    expect(events).toEqual({ n: 12, fen: 120_000 });
  }, 60_000);
});
