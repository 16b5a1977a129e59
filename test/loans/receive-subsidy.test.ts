/** The county's subsidy at the bank, and the fund's mark on a loan. */
import { markCompensated, receiveSubsidy, settleInterestStep } from '../../src/loans';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  expectLawful,
  lent,
  night,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  signed,
} from './book';

describeEachDatabase('A subsidy received', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const receive = (loanId: string, amount: number, key = `2018Q3/${loanId}`) =>
    book.system((work) =>
      receiveSubsidy(work, { loanId, periodCode: '2018Q3', amountFen: fen(amount), key }),
    );

  test('pays interest that is due, once for its key', async () => {
    const loan = await lent(book);
    await night(book, '2018-09-20', settleInterestStep);
    onDay(book, '2018-09-21');
    expect(await receive(loan.loanId, 60_694)).toEqual({
      ...{ interestFen: 60_694, overpaidFen: 0, fresh: true },
    });
    expect((await rowOf(book, loan)).interestDueFen).toBe(3958);
    const before = await book.snapshot('loan', 'loan_event', 'ledger_entry');
    expect(await receive(loan.loanId, 60_694)).toMatchObject({ fresh: false });
    expect(await book.snapshot('loan', 'loan_event', 'ledger_entry')).toBe(before);
    await refused(book, 'loans.subsidy-conflict', () => receive(loan.loanId, 60_695));
    await expectLawful(book, loan);
  });

  test('beyond what is due stands as overpaid, also when the loan is settled', async () => {
    const loan = await lent(book);
    await night(book, '2018-09-20', settleInterestStep);
    onDay(book, '2018-09-21');
    await repaid(book, loan, '50646.52');
    expect((await rowOf(book, loan)).state).toBe('settled');
    expect(await receive(loan.loanId, 60_694)).toMatchObject({
      ...{ interestFen: 0, overpaidFen: 60_694 },
    });
    expect((await rowOf(book, loan)).overpaidFen).toBe(60_694);
    await expectLawful(book, loan);
  });

  test('settles nothing by itself while principal is owed', async () => {
    const loan = await lent(book);
    await night(book, '2018-06-20', settleInterestStep);
    onDay(book, '2018-06-21');
    await receive(loan.loanId, 3958);
    const row = await rowOf(book, loan);
    expect([row.state, row.interestDueFen]).toEqual(['running', 0]);
  });

  test('for a contract not paid out, or of nothing, is refused', async () => {
    const { loanId } = await signed(book);
    await refused(book, 'loans.not-running', () => receive(loanId, 1));
    const loan = await lent(book);
    await refused(book, 'loans.nothing-paid', () => receive(loan.loanId, 0));
    await refused(book, 'loans.absent', () => receive(book.platform.newId(), 1));
  });
});

describeEachDatabase('A loan compensated by the fund', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  const mark = (loanId: string, on: string) =>
    book.system((work) => markCompensated(work, loanId, businessDate(on)));

  test('is marked once, and its debt stays', async () => {
    const loan = await lent(book);
    await mark(loan.loanId, '2021-09-14');
    const row = await rowOf(book, loan);
    expect([row.compensatedOn, row.outstandingFen]).toEqual(['2021-09-14', 5_000_000]);
    await refused(book, 'loans.already-compensated', () => mark(loan.loanId, '2021-09-15'));
    await expectLawful(book, loan);
  });

  test('is an overdue one', async () => {
    const loan = await lent(book);
    await refused(book, 'loans.not-overdue', () => mark(loan.loanId, '2021-06-15'));
  });
});
