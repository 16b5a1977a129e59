/** Five grades, night by night, by the table of the night. */
import { classifyLoan, classifyStep, markOverdueStep } from '../../src/loans';
import { classHistory } from '../../src/loans/class-history.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
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

describeEachDatabase('Classifying', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const grades = async (loan: { loanId: string }, dates: string[]) => {
    const found: string[] = [];
    for (const date of dates) {
      await night(book, date, markOverdueStep, classifyStep);
      found.push((await rowOf(book, loan)).classCode);
    }
    return found;
  };

  test('a loan moves with its days overdue, by the table of the day', async () => {
    const loan = await lent(book);
    // 0, 1, 90, 91, 180, 181 days after 2021-06-15.
    const dates = [
      '2021-06-15',
      '2021-06-16',
      '2021-09-13',
      '2021-09-14',
      '2021-12-12',
      '2021-12-13',
    ];
    expect(await grades(loan, dates)).toEqual([
      'NORMAL',
      'SPECIAL_MENTION',
      'SPECIAL_MENTION',
      'SUBSTANDARD',
      'SUBSTANDARD',
      'DOUBTFUL',
    ]);
    // The table of 2023-07-01 knows losses: far beyond 360 days.
    expect(await grades(loan, ['2023-06-30', '2023-07-01'])).toEqual(['DOUBTFUL', 'LOSS']);
  });

  test('only a changed grade is due, page by page', async () => {
    const loans = [await lent(book), await lent(book), await lent(book)];
    const on = businessDate(onDay(book, '2021-06-16'));
    const due = (after: string | null, limit: number) =>
      classifyStep.due(book.platform.db.reader(), on, after, limit);
    const first = await due(null, 2);
    expect(first).toHaveLength(2);
    const all = [...first, ...(await due(first[1] as string, 100))];
    expect(all).toEqual(await due(null, 100));
    expect(all).toEqual(expect.arrayContaining(loans.map(({ loanId }) => loanId)));
    await night(book, on, markOverdueStep, classifyStep);
    expect(await due(null, 2)).toEqual([]);
  });

  test('a loan that is repaid has the best grade again', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    expect(await grades(loan, ['2018-07-16'])).toEqual(['SPECIAL_MENTION']);
    onDay(book, '2018-07-16');
    await repaid(book, loan, '50190.31');
    expect((await rowOf(book, loan)).classCode).toBe('NORMAL');
  });

  test('the borrower’s worst loan counts for all of theirs, and every change is kept with its cause', async () => {
    const bad = await lent(book, { termMonths: 1, rate: '4.35' });
    const good = await lent(book);
    // A member who moved to another household has a loan of each.
    const { memberId } = await rowOf(book, bad);
    await book.system((work) =>
      work.tx.exec('UPDATE loan SET member_id = :memberId WHERE id = :loanId', {
        ...{ memberId, loanId: good.loanId },
      }),
    );
    expect(await grades(good, ['2018-07-16', '2018-10-14'])).toEqual([
      'SPECIAL_MENTION',
      'SUBSTANDARD',
    ]);
    onDay(book, '2018-10-14');
    await repaid(book, bad, '60000.00');
    expect(await grades(good, ['2018-10-15'])).toEqual(['NORMAL']);
    const { changes } = await book.ask(book.officer, classHistory, { loanId: good.loanId });
    expect(changes.map(({ on, to, cause, overdueDays }) => [on, to, cause, overdueDays])).toEqual([
      ['2018-07-16', 'SPECIAL_MENTION', 'borrower', 0],
      ['2018-10-14', 'SUBSTANDARD', 'borrower', 0],
      ['2018-10-15', 'NORMAL', 'table', 0],
    ]);
  });

  test('a change that a correction brought is told as such', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    onDay(book, '2018-07-14');
    const { repaymentId } = await repaid(book, loan, '60000.00');
    onDay(book, '2018-07-20');
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, {
      ...{ loanId: loan.loanId, eventId: repaymentId, reason: '串户' },
    });
    expect(await grades(loan, ['2018-07-20'])).toEqual(['SPECIAL_MENTION']);
    const { changes } = await book.ask(book.officer, classHistory, { loanId: loan.loanId });
    expect(changes).toMatchObject([{ to: 'SPECIAL_MENTION', cause: 'correction', overdueDays: 5 }]);
  });

  test('only the system classifies, and only running loans', async () => {
    const { loanId } = await lent(book);
    const input = { loanId, on: '2021-06-16' };
    await refused(book, 'platform.not-permitted', () => book.do(book.officer, classifyLoan, input));
    const waiting = { ...input, loanId: (await signed(book)).loanId };
    await refused(book, 'loans.not-running', () => book.do(SYSTEM_ACTOR, classifyLoan, waiting));
  });
});
