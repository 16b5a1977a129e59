/** Days overdue, night by night. */
import { loanOverdue, markOverdue, markOverdueStep } from '../../src/loans';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import { type Book, lent, night, onDay, openBook, refused, repaid, rowOf, signed } from './book';

describeEachDatabase('Marking overdue', (open) => {
  let book: Book;
  const told: { loanId: string }[] = [];
  beforeAll(async () => {
    book = await openBook(open);
    book.platform.events.on(loanOverdue, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => {
    told.length = 0;
    onDay(book, '2018-06-15');
  });

  test('a loan is one day overdue on the day after maturity, and that is told once', async () => {
    const loan = await lent(book);
    const { loanId } = loan;
    const days: number[] = [];
    for (const date of ['2021-06-15', '2021-06-16', '2021-06-17', '2021-09-14']) {
      await night(book, date, markOverdueStep);
      days.push((await rowOf(book, loan)).daysOverdue);
    }
    expect(days).toEqual([0, 1, 2, 91]);
    expect(told.filter((one) => one.loanId === loanId)).toEqual([
      { loanId, on: '2021-06-16', days: 1 },
    ]);
  });

  test('a loan whose count is right is not due again', async () => {
    const { loanId } = await lent(book);
    await night(book, '2021-06-16', markOverdueStep);
    const due = (on: string) =>
      markOverdueStep.due(book.platform.db.reader(), businessDate(on), null, 10);
    expect(await due('2021-06-16')).toEqual([]);
    expect(await due('2021-06-17')).toContain(loanId);
  });

  test('a loan that is repaid is overdue no more, and never was when it was repaid in time', async () => {
    const late = await lent(book, { termMonths: 1, rate: '4.35' });
    const timely = await lent(book, { termMonths: 1, rate: '4.35' });
    onDay(book, '2018-07-15');
    await repaid(book, timely, '50181.25');
    await night(book, '2018-07-20', markOverdueStep);
    expect((await rowOf(book, late)).daysOverdue).toBe(5);
    expect((await rowOf(book, timely)).state).toBe('settled');
    onDay(book, '2018-07-20');
    await repaid(book, late, '50226.56');
    const after = await rowOf(book, late);
    expect([after.state, after.daysOverdue]).toEqual(['settled', 0]);
  });

  test('only the system marks, and only running loans', async () => {
    const { loanId } = await lent(book);
    const input = { loanId, on: '2021-06-16' };
    await refused(book, 'platform.not-permitted', () => book.do(book.officer, markOverdue, input));
    const waiting = { ...input, loanId: (await signed(book)).loanId };
    await refused(book, 'loans.not-running', () => book.do(SYSTEM_ACTOR, markOverdue, waiting));
  });
});
