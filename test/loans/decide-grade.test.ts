/** Deciding on a proposed grade: two people, by rule and by database; how long a judgement lasts. */
import { classifyStep, markOverdueStep } from '../../src/loans';
import { classHistory } from '../../src/loans/class-history.queries';
import { decideGrade } from '../../src/loans/decide-grade';
import { proposeGrade } from '../../src/loans/propose-grade';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { type Book, banker, lent, night, onDay, openBook, refused, repaid, rowOf } from './book';

describeEachDatabase('The decision on a grade', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));

  type Loan = { loanId: string };
  const proposed = async (
    { loanId }: Loan,
    grade: string,
    by = banker(book, 'loans.propose-grade'),
  ) => {
    const told = { reason: '项目停办', evidence: '走访记录' };
    const { judgementId } = await book.do(by, proposeGrade, { loanId, grade, ...told });
    return { loanId, judgementId };
  };
  const decide = (
    judgement: { loanId: string; judgementId: string },
    outcome = 'approve',
    by = banker(book, 'loans.decide-grade'),
  ) => book.do(by, decideGrade, { ...judgement, outcome });
  const judged = async (loan: Loan, grade: string) => decide(await proposed(loan, grade));
  const classOf = async (loan: Loan) => (await rowOf(book, loan)).classCode;
  const history = async ({ loanId }: Loan) => {
    const { changes } = await book.ask(book.officer, classHistory, { loanId });
    return changes.map(({ on, from, to, cause }) => [on, from, to, cause]);
  };

  test('approved moves the loan at once, is kept, and lasts through the nights', async () => {
    const loan = await lent(book);
    const answer = await judged(loan, 'SUBSTANDARD');
    expect(answer).toMatchObject({
      ...{ state: 'approved', classCode: 'SUBSTANDARD', judgedCode: 'SUBSTANDARD' },
    });
    await night(book, '2018-06-16', markOverdueStep, classifyStep);
    expect(await classOf(loan)).toBe('SUBSTANDARD');
    expect(await history(loan)).toEqual([['2018-06-15', 'NORMAL', 'SUBSTANDARD', 'judgement']]);
  });

  test('refused changes nothing but the proposal, and another may be made', async () => {
    const loan = await lent(book);
    const before = await rowOf(book, loan);
    expect(await decide(await proposed(loan, 'LOSS'), 'refuse')).toMatchObject({
      ...{ state: 'refused', classCode: 'NORMAL', judgedCode: null },
    });
    expect(await rowOf(book, loan)).toEqual(before);
    expect(await history(loan)).toEqual([]);
    await proposed(loan, 'LOSS');
  });

  test('the table goes beyond a judgement; ended by two people, the table alone counts again', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    await judged(loan, 'SUBSTANDARD');
    // 181 days after 2018-07-15, by the older table.
    onDay(book, '2019-01-12');
    await night(book, '2019-01-12', markOverdueStep, classifyStep);
    expect(await classOf(loan)).toBe('DOUBTFUL');
    expect((await judged(loan, 'LOSS')).classCode).toBe('LOSS');
    expect((await judged(loan, 'BY_TABLE')).classCode).toBe('DOUBTFUL');
    expect(await history(loan)).toEqual([
      ['2018-06-15', 'NORMAL', 'SUBSTANDARD', 'judgement'],
      ['2019-01-12', 'SUBSTANDARD', 'DOUBTFUL', 'table'],
      ['2019-01-12', 'DOUBTFUL', 'LOSS', 'judgement'],
      ['2019-01-12', 'LOSS', 'DOUBTFUL', 'judgement'],
    ]);
  });

  test('a judgement ends with the loan, and is back when the loan was not settled after all', async () => {
    const loan = await lent(book);
    await judged(loan, 'DOUBTFUL');
    onDay(book, '2018-06-18');
    const { repaymentId } = await repaid(book, loan, '50019.79');
    expect(await rowOf(book, loan)).toMatchObject({
      ...{ state: 'settled', classCode: 'NORMAL', judgedCode: null },
    });
    expect((await history(loan)).at(-1)).toEqual(['2018-06-18', 'DOUBTFUL', 'NORMAL', 'settled']);
    const { loanId } = loan;
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, {
      ...{ loanId, eventId: repaymentId, reason: '串户' },
    });
    expect(await rowOf(book, loan)).toMatchObject({ state: 'running', judgedCode: 'DOUBTFUL' });
    await night(book, '2018-06-19', markOverdueStep, classifyStep);
    expect(await classOf(loan)).toBe('DOUBTFUL');
  });

  test('of days that passed since the proposal counts: what is too good by now is not approved', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    const waiting = await proposed(loan, 'SPECIAL_MENTION');
    onDay(book, '2018-10-14');
    await refused(book, 'loans.grade-too-good', () => decide(waiting));
    await decide(waiting, 'refuse');
  });

  test('is for another person of the bank, once, on a loan that runs', async () => {
    const loan = await lent(book);
    const both = banker(book, 'loans.propose-grade', 'loans.decide-grade');
    const waiting = await proposed(loan, 'LOSS', both);
    await refused(book, 'loans.own-judgement', () => decide(waiting, 'approve', both));
    await refused(book, 'loans.own-judgement', () => decide(waiting, 'refuse', both));
    await refused(book, 'platform.not-permitted', () => decide(waiting, 'approve', book.officer));
    const stranger = book.actor({
      permissions: ['loans.decide-grade'],
      org: { id: 'another-bank', kind: 'bank' },
    });
    await refused(book, 'platform.absent', () => decide(waiting, 'approve', stranger));
    const other = await lent(book);
    await refused(book, 'loans.judgement-absent', () =>
      decide({ ...waiting, loanId: other.loanId }),
    );
    await decide(waiting);
    await refused(book, 'loans.judgement-decided', () => decide(waiting));
    const late = await proposed(other, 'LOSS');
    await repaid(book, other, '50000.00');
    await refused(book, 'loans.not-running', () => decide(late));
    await decide(late, 'refuse');
  });

  test('by the proposer is refused by the database too, and history is not rewritten', async () => {
    const loan = await lent(book);
    const { judgementId } = await proposed(loan, 'LOSS');
    const write = (text: string) => book.system((work) => work.tx.exec(text));
    await refusedByDatabase(
      write(`UPDATE loan_grade_judgement SET state = 'approved', decided_by = proposed_by,
        decided_on = proposed_on, open_loan_id = NULL WHERE id = '${judgementId}'`),
    );
    await decide({ loanId: loan.loanId, judgementId });
    await refusedByDatabase(
      write(`UPDATE loan_class_change SET to_code = 'NORMAL' WHERE loan_id = '${loan.loanId}'`),
    );
    await refusedByDatabase(
      write(`DELETE FROM loan_class_change WHERE loan_id = '${loan.loanId}'`),
    );
  });
});
