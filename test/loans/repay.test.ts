/** Repayments: booking, order, repeats, settling, and what is refused. */
import { loanRepaid, repay } from '../../src/loans';
import { payoffQuote } from '../../src/loans/quotes.queries';
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
  signed,
} from './book';

describeEachDatabase('A repayment', (open) => {
  let book: Book;
  const told: unknown[] = [];
  beforeAll(async () => {
    book = await openBook(open);
    book.platform.events.on(loanRepaid, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => {
    told.length = 0;
    onDay(book, '2018-06-15');
  });

  test('books the interest to the day and pays it first, then the principal', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    const done = await repaid(book, loan, '10000.00');
    // Thirty days at 4.75 %: 6 days 39.58 to the settlement day, 24 days 158.33 after it.
    expect(done).toMatchObject({
      principal: '9802.09',
      interest: '197.91',
      penalty: '0.00',
      repeated: false,
      loan: { state: 'running', outstanding: '40197.91', interestDue: '0.00' },
    });
    expect(told).toEqual([
      {
        loanId: loan.loanId,
        repaymentId: done.repaymentId,
        on: '2018-07-15',
        principalFen: 980_209,
        interestFen: 19_791,
        penaltyFen: 0,
      },
    ]);
    await expectLawful(book, loan);
  });

  test('of the payoff figure settles the loan, to the fen', async () => {
    const loan = await lent(book);
    onDay(book, '2021-06-15');
    const quote = await book.ask(book.officer, payoffQuote, { loanId: loan.loanId });
    // Thirteen periods, each rounded once: 1,096 days in one sum would be 7,230.56.
    expect(quote).toEqual({
      on: '2021-06-15',
      principal: '50000.00',
      interest: '7230.54',
      penalty: '0.00',
      total: '57230.54',
    });
    const done = await repaid(book, loan, quote.total);
    expect(done.loan).toMatchObject({
      state: 'settled',
      outstanding: '0.00',
      interestDue: '0.00',
      settledOn: '2021-06-15',
    });
    await expectLawful(book, loan);
  });

  test('after maturity pays the penalty before the interest before the principal', async () => {
    const loan = await lent(book);
    onDay(book, '2021-07-15');
    const quote = await book.ask(book.officer, payoffQuote, { loanId: loan.loanId });
    // Thirty days overdue: the surcharge is half of the contract rate, 98.96.
    expect(quote).toMatchObject({ principal: '50000.00', penalty: '98.96' });
    const done = await repaid(book, loan, '100.00');
    expect(done).toMatchObject({ penalty: '98.96', interest: '1.04', principal: '0.00' });
    expect(done.loan).toMatchObject({ penaltyDue: '0.00', outstanding: '50000.00' });
    await expectLawful(book, loan);
  });

  test('under a known bank reference is the same one, and answers the same', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    const input = payment(book, loan, '10000.00');
    const first = await book.do(book.officer, repay, input);
    const before = await book.snapshot('loan', 'loan_event', 'loan_interest', 'ledger_entry');
    const second = await book.do(book.officer, repay, input);
    expect(second).toEqual({ ...first, repeated: true });
    expect(await book.snapshot('loan', 'loan_event', 'loan_interest', 'ledger_entry')).toBe(before);
    expect(told).toHaveLength(1);
    const otherAmount = { ...input, amount: '10000.01' };
    await refused(book, 'loans.reference-used', () => book.do(book.officer, repay, otherAmount));
    const otherLoan = { ...input, loanId: (await lent(book)).loanId };
    await refused(book, 'loans.reference-used', () => book.do(book.officer, repay, otherLoan));
  });

  test('that settled the loan is repeated harmlessly too', async () => {
    const loan = await lent(book);
    const input = payment(book, loan, '50000.00');
    await book.do(book.officer, repay, input);
    const again = await book.do(book.officer, repay, input);
    expect(again).toMatchObject({ repeated: true, loan: { state: 'settled' } });
  });

  test('beyond the payoff figure settles the loan and holds the rest as overpaid', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    expect(await repaid(book, loan, '50197.92')).toMatchObject({
      ...{ principal: '50000.00', interest: '197.91', overpaid: '0.01' },
      loan: { state: 'settled', overpaid: '0.01', outstanding: '0.00' },
    });
    await expectLawful(book, loan);
  });

  test('by whom lacks the permission or sits at another bank is refused', async () => {
    const loan = await lent(book);
    const pay = (actor: Book['officer']) => () =>
      book.do(actor, repay, payment(book, loan, '1.00'));
    await refused(book, 'platform.not-permitted', pay(banker(book, 'loans.read')));
    await refused(book, 'platform.absent', pay(book.stranger));
  });

  test('has a day between the payout and today, and an amount', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    await repaid(book, loan, '100.00', '2018-07-10');
    const pay = (amount: string, on: string) => () =>
      book.do(book.officer, repay, payment(book, loan, amount, on));
    await refused(book, 'loans.paid-in-future', pay('100.00', '2018-07-16'));
    await refused(book, 'loans.paid-before-disbursal', pay('100.00', '2018-06-14'));
    await refused(book, 'loans.nothing-paid', pay('0.00', '2018-07-15'));
    await repaid(book, loan, '100.00', '2018-07-10');
    await expectLawful(book, loan);
  });

  test('of an earlier day than the last booking is as if it had been entered in time', async () => {
    const late = await lent(book);
    const inTime = await lent(book);
    onDay(book, '2018-07-05');
    await repaid(book, inTime, '5000.00', '2018-07-05');
    onDay(book, '2018-08-15');
    for (const loan of [late, inTime]) await repaid(book, loan, '10000.00', '2018-08-15');
    const done = await repaid(book, late, '5000.00', '2018-07-05');
    // 20 days of 4.75 % on 50,000: 131.94.
    expect(done).toMatchObject({ interest: '131.94', principal: '4868.06' });
    const { id, number, applicationId, householdId, memberId, version, ...own } = await rowOf(
      book,
      late,
    );
    expect(await rowOf(book, inTime)).toMatchObject({
      ...{ outstandingFen: own.outstandingFen, interestDueFen: own.interestDueFen },
      ...{ bookedUntil: own.bookedUntil, lastBookingOn: own.lastBookingOn },
    });
    const kept = await book.platform.db.reader().rows<{ kind: string; voided: number }>(
      `SELECT kind, CASE WHEN voided_by IS NULL THEN 0 ELSE 1 END AS voided FROM loan_event
        WHERE loan_id = :loanId ORDER BY origin_id, revision`,
      { loanId: late.loanId },
    );
    expect(kept.filter(({ voided }) => voided === 1).map(({ kind }) => kind)).toContain(
      'repayment',
    );
    for (const loan of [late, inTime]) await expectLawful(book, loan);
  });

  test('on a loan that is not running is refused', async () => {
    const waiting = await signed(book);
    const pay = (loan: { loanId: string }) => () =>
      book.do(book.officer, repay, payment(book, loan, '1.00'));
    await refused(book, 'loans.not-running', pay(waiting));
    const done = await lent(book);
    await repaid(book, done, '50000.00');
    await refused(book, 'loans.not-running', pay(done));
    await refused(book, 'loans.absent', pay({ loanId: book.platform.newId() }));
  });

  test('one of sixteen at once on one loan is lost by none of them', async () => {
    const loan = await lent(book);
    const inputs = Array.from({ length: 16 }, () => payment(book, loan, '100.00'));
    await Promise.all(inputs.map((input) => book.do(book.officer, repay, input)));
    expect((await rowOf(book, loan)).outstandingFen).toBe(4_840_000);
    await expectLawful(book, loan);
  });
});
