/** Proposing a grade by judgement: what is taken, what is not, and that nothing changes by it. */
import { markOverdueStep } from '../../src/loans';
import { decideGrade } from '../../src/loans/decide-grade';
import { proposeGrade } from '../../src/loans/propose-grade';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  lent,
  night,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  signed,
} from './book';

describeEachDatabase('A proposed grade', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));

  const told = { reason: '借款人外出失联，项目停办', evidence: '走访记录两份' };
  const propose = (
    loan: { loanId: string },
    grade: string,
    actor = banker(book, 'loans.propose-grade'),
  ) => book.do(actor, proposeGrade, { loanId: loan.loanId, grade, ...told });

  test('changes nothing of the loan and waits', async () => {
    const loan = await lent(book);
    const before = await rowOf(book, loan);
    const answer = await propose(loan, 'SUBSTANDARD');
    expect(answer).toMatchObject({ grade: 'SUBSTANDARD', tableCode: 'NORMAL', overdueDays: 0 });
    expect(await rowOf(book, loan)).toEqual(before);
  });

  test('is one at a time', async () => {
    const loan = await lent(book);
    await propose(loan, 'SUBSTANDARD');
    await refused(book, 'loans.judgement-open', () => propose(loan, 'LOSS'));
    await propose(await lent(book), 'LOSS');
  });

  test('is no better than the days overdue demand', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    // 91 days after 2018-07-15.
    const on = onDay(book, '2018-10-14');
    await night(book, on, markOverdueStep);
    await refused(book, 'loans.grade-too-good', () => propose(loan, 'SPECIAL_MENTION'));
    expect(await propose(loan, 'SUBSTANDARD')).toMatchObject({
      ...{ tableCode: 'SUBSTANDARD', overdueDays: 91 },
    });
  });

  test('the end of a judgement is proposed only where one is in force', async () => {
    const loan = await lent(book);
    await refused(book, 'loans.grade-stands', () => propose(loan, 'BY_TABLE'));
    const { judgementId } = await propose(loan, 'LOSS');
    const { loanId } = loan;
    const approver = banker(book, 'loans.decide-grade');
    await book.do(approver, decideGrade, { loanId, judgementId, outcome: 'approve' });
    await refused(book, 'loans.grade-stands', () => propose(loan, 'LOSS'));
    await propose(loan, 'BY_TABLE');
  });

  test('needs a running loan of the own bank, the permission and a grade that exists', async () => {
    const loan = await lent(book);
    await refused(book, 'platform.not-permitted', () => propose(loan, 'LOSS', book.officer));
    const stranger = book.actor({
      permissions: ['loans.propose-grade'],
      org: { id: 'another-bank', kind: 'bank' },
    });
    await refused(book, 'platform.absent', () => propose(loan, 'LOSS', stranger));
    await refused(book, 'platform.invalid-input', () => propose(loan, 'NORMAL'));
    const waiting = await signed(book);
    await refused(book, 'loans.not-running', () => propose(waiting, 'LOSS'));
    await repaid(book, loan, '50000.00');
    await refused(book, 'loans.not-running', () => propose(loan, 'LOSS'));
  });
});
