/** One loan on one page: what is to come, what happened, what was corrected, and its book; and the paper of it. */
import { loanStatement } from '../../src/loans/loan-statement.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { statementPaper } from '../../src/loans/statement-page';
import { fen, parseYuan } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import { type Book, banker, lent, onDay, openBook, repaid } from './book';

describeEachDatabase('The statement of a loan', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-21'));
  const ask = (loanId: string, actor = book.officer) => book.ask(actor, loanStatement, { loanId });

  test('tells each payment to come: the quarters’ interest, and the principal with the rest at maturity', async () => {
    const loan = await lent(book, { termMonths: 12, rate: '4.35' });
    const { payments } = await ask(loan.loanId);
    expect(payments).toEqual([
      { on: '2018-09-20', days: 92, interest: '555.83', principal: '0.00', balance: '50000.00' },
      { on: '2018-12-20', days: 91, interest: '549.79', principal: '0.00', balance: '50000.00' },
      { on: '2019-03-20', days: 90, interest: '543.75', principal: '0.00', balance: '50000.00' },
      { on: '2019-06-20', days: 92, interest: '555.83', principal: '0.00', balance: '50000.00' },
      { on: '2019-06-21', days: 0, interest: '0.00', principal: '50000.00', balance: '0.00' },
    ]);
  });

  test('keeps what a correction overtook beside what stands, and its lines add up to what is owed', async () => {
    const loan = await lent(book);
    onDay(book, '2018-07-15');
    const wrong = await repaid(book, loan, '10000.00');
    onDay(book, '2018-08-15');
    await repaid(book, loan, '2000.00');
    const input = { loanId: loan.loanId, eventId: wrong.repaymentId, reason: '串户' };
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, input);
    const statement = await ask(loan.loanId);
    expect(statement.events.map(({ kind }) => kind)).toEqual(['disbursal', 'repayment']);
    expect(statement.corrections).toMatchObject([
      { kind: 'reversal', effectiveOn: '2018-07-15', correctedOn: '2018-08-15', reason: '串户' },
    ]);
    expect(statement.corrections[0]?.voided.map(({ amount }) => amount).sort()).toEqual([
      '10000.00',
      '2000.00',
    ]);
    const principal = statement.book.filter(({ account }) => account === '贷款本金');
    const sum = principal.reduce(
      (total, { debit, credit }) => total + parseYuan(debit) - parseYuan(credit),
      0,
    );
    expect(fen(sum)).toBe(parseYuan(statement.loan.outstanding));
    expect(statement.book.some(({ corrects }) => corrects !== null)).toBe(true);
    const paper = statementPaper(statement).text;
    expect(paper).toContain(`合同号</dt><dd>${statement.loan.number}`);
    expect(paper).toContain('串户');
    expect(paper).not.toContain('undefined');
  });

  test('is absent for a reader of another bank', async () => {
    const loan = await lent(book);
    expect(await book.refusal(ask(loan.loanId, book.stranger))).toBe('loans.absent');
  });
});
