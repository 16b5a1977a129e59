/** The night of a settlement day. */
import { interestRows, settleInterest, settleInterestStep } from '../../src/loans';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  expectLawful,
  lent,
  night,
  OTHER_VILLAGE,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  sameNight,
  signed,
} from './book';

describeEachDatabase('Settling interest', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const all = (periodCode: string, more: object = {}) =>
    interestRows(book.platform.db.reader(), {
      ...{ periodCode, countyRegion: PLACES.county, limit: 100 },
      ...more,
    });
  const rows = async (loan: { loanId: string }, periodCode: string) =>
    (await all(periodCode)).filter((row) => row.loanId === loan.loanId);

  test('a full quarter of 50,000 yuan at 4.75 % is 92 days and 606.94 yuan', async () => {
    const loan = await lent(book);
    await night(book, '2018-06-20', settleInterestStep);
    await night(book, '2018-09-20', settleInterestStep);
    expect(await rows(loan, '2018Q3')).toEqual([
      expect.objectContaining({
        ...{ loanId: loan.loanId, fromOn: '2018-06-21', untilOn: '2018-09-21', days: 92 },
        ...{ principalFen: 5_000_000, interestFen: 60_694, signedOn: '2018-06-15' },
      }),
    ]);
    expect((await rowOf(book, loan)).interestDueFen).toBe(3958 + 60_694);
    await expectLawful(book, loan);
  });

  test('a repayment in the middle leaves two parts that sum to the whole', async () => {
    const loan = await lent(book);
    await night(book, '2018-06-20', settleInterestStep);
    onDay(book, '2018-07-15');
    await repaid(book, loan, '10197.91');
    await night(book, '2018-09-20', settleInterestStep);
    const parts = await rows(loan, '2018Q3');
    expect(parts.map((part) => [part.days, part.principalFen, part.interestFen])).toEqual([
      [24, 5_000_000, 15_833],
      // The whole quarter owes 158.333 + 358.888… = 517.222…, less the 158.33 that is booked.
      [68, 4_000_000, 35_889],
    ]);
    await expectLawful(book, loan);
  });

  test('a night that is run twice changes nothing more', async () => {
    const loan = await lent(book);
    await sameNight(book, '2018-06-20', settleInterestStep);
    const before = await book.snapshot('loan', 'loan_event', 'loan_interest', 'ledger_entry');
    const again = await sameNight(book, '2018-06-20', settleInterestStep);
    expect(again.steps[0]).toMatchObject({ state: 'done' });
    const other = await night(book, '2018-06-20', settleInterestStep);
    expect(other.steps[0]).toMatchObject({ done: 0 });
    const input = { loanId: loan.loanId, on: '2018-06-20' };
    expect(await book.do(SYSTEM_ACTOR, settleInterest, input)).toMatchObject({
      booked: false,
      interest: '0.00',
    });
    expect(await book.snapshot('loan', 'loan_event', 'loan_interest', 'ledger_entry')).toBe(before);
  });

  test('a night that was missed is made up by the next, each period by itself', async () => {
    const loan = await lent(book);
    await night(book, '2018-12-20', settleInterestStep);
    const found = [
      await rows(loan, '2018Q2'),
      await rows(loan, '2018Q3'),
      await rows(loan, '2018Q4'),
    ];
    expect(found.map(([row]) => row?.interestFen)).toEqual([3958, 60_694, 60_035]);
    await expectLawful(book, loan);
  });

  test('days from maturity on are the borrower’s own: contract rate and penalty, no subsidy row', async () => {
    onDay(book, '2018-07-10');
    const loan = await lent(book, { termMonths: 2, rate: '4.35' });
    await night(book, '2018-09-20', settleInterestStep);
    expect((await rows(loan, '2018Q3')).map((row) => [row.untilOn, row.days])).toEqual([
      ['2018-09-10', 62],
    ]);
    const all = await book.platform.db.reader().rows(
      `SELECT kind, days, amount_fen AS amount FROM loan_interest
        WHERE loan_id = :loanId ORDER BY from_on, kind`,
      { loanId: loan.loanId },
    );
    expect(all).toEqual([
      { kind: 'NORMAL', days: 62, amount: 37_458 },
      { kind: 'OVERDUE', days: 11, amount: 6646 },
      { kind: 'PENALTY', days: 11, amount: 3323 },
    ]);
    await expectLawful(book, loan);
  });

  test('a loan not yet paid out or settled is passed by', async () => {
    const waiting = await signed(book);
    const done = await lent(book);
    await repaid(book, done, '50000.00');
    await night(book, '2018-06-20', settleInterestStep);
    expect((await all('2018Q2')).map((row) => row.loanId)).not.toContain(done.loanId);
    expect((await rowOf(book, waiting)).version).toBe(1);
  });

  test('rows come by county, whole loans at a time', async () => {
    const first = await lent(book);
    const second = await lent(book, { village: OTHER_VILLAGE });
    await night(book, '2018-06-20', settleInterestStep);
    const ids = (await all('2018Q2')).map((row) => row.loanId);
    expect(ids).toEqual(expect.arrayContaining([first.loanId, second.loanId]));
    expect(ids).toEqual([...ids].sort());
    expect((await all('2018Q2', { limit: 1 })).map((row) => row.loanId)).toEqual([ids[0]]);
    const next = await all('2018Q2', { after: ids[0], limit: 1 });
    expect(next.map((row) => row.loanId)).toEqual([ids[1]]);
    expect(await all('2018Q2', { countyRegion: PLACES.otherCounty })).toEqual([]);
  });

  test('only the system settles, and only on a settlement day', async () => {
    const { loanId } = await lent(book);
    const settle = (actor: Book['officer'], on: string) => () =>
      book.do(actor, settleInterest, { loanId, on });
    await refused(book, 'platform.not-permitted', settle(book.officer, '2018-06-20'));
    await refused(book, 'loans.not-settlement-day', settle(SYSTEM_ACTOR, '2018-06-21'));
  });
});
