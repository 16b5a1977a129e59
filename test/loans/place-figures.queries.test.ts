/** How the borrowers of a place repay, as of any date. */
import { placeLoans } from '../../src/loans';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import { type Book, lent, OTHER_VILLAGE, onDay, openBook, repaid, signed, VILLAGE } from './book';

describeEachDatabase('The loans of a place', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
    // Matures on 2018-07-15; 20,000 of principal is paid on 2018-08-10, the rest on 2018-11-01.
    const late = await lent(book, { termMonths: 1, rate: '4.35' });
    await lent(book);
    await lent(book, { village: OTHER_VILLAGE, amount: '30000.00' });
    await signed(book);
    onDay(book, '2018-08-10');
    await repaid(book, late, '21000.00');
    onDay(book, '2018-11-01');
    await repaid(book, late, '29859.42');
  });
  const loans = (prefix: string, date: string) =>
    placeLoans(book.platform.db.reader(), prefix, businessDate(date));

  test.each([
    ['2018-06-14', 0, 0, 0, 0],
    ['2018-07-15', 2, 2, 10_000_000, 0],
    ['2018-07-16', 2, 1, 10_000_000, 0],
    ['2018-11-01', 1, 1, 5_000_000, 0],
  ])('on %s: %i borrowers, %i clean, %i fen, %i fen bad', async (date, ...expected) => {
    const [borrowers, cleanBorrowers, balanceFen, badBalanceFen] = expected;
    expect(await loans(VILLAGE, date)).toEqual({
      borrowers,
      cleanBorrowers,
      balanceFen,
      badBalanceFen,
    });
  });

  test('from the 91st day late what is left of the loan is bad', async () => {
    const before = await loans(VILLAGE, '2018-10-13');
    const after = await loans(VILLAGE, '2018-10-14');
    expect(before.badBalanceFen).toBe(0);
    expect(after).toEqual({ ...before, badBalanceFen: before.balanceFen - 5_000_000 });
    expect(after.badBalanceFen).toBeGreaterThan(0);
  });

  test('a township holds its villages, and only them', async () => {
    const village = await loans(VILLAGE, '2018-07-16');
    expect(await loans(VILLAGE.slice(0, 9), '2018-07-16')).toEqual(village);
    const county = await loans(VILLAGE.slice(0, 6), '2018-07-16');
    expect(county).toMatchObject({ borrowers: 3, balanceFen: 13_000_000 });
    expect(await loans('450226100003', '2018-07-16')).toMatchObject({ borrowers: 0 });
  });
});
