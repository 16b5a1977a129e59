/** Five grades, night by night, by the table of the night. */
import { classifyLoan, classifyStep, markOverdueStep } from '../../src/loans';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import { type Book, lent, night, onDay, openBook, refused, repaid, rowOf, signed } from './book';

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

  test('only the system classifies, and only running loans', async () => {
    const { loanId } = await lent(book);
    const input = { loanId, on: '2021-06-16' };
    await refused(book, 'platform.not-permitted', () => book.do(book.officer, classifyLoan, input));
    const waiting = { ...input, loanId: (await signed(book)).loanId };
    await refused(book, 'loans.not-running', () => book.do(SYSTEM_ACTOR, classifyLoan, waiting));
  });
});
