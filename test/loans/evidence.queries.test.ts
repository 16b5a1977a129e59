/** What the loan book tells of households, as of any date: how they repaid, what they owe, who is late. */
import { lendersOf, overdueHouseholds, repaymentRecords, usedOf } from '../../src/loans';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import { approved, type Book, type Lent, lent, onDay, openBook, repaid, signed } from './book';

const day = businessDate;
const NO_LOANS = {
  ...{ loans: 0, everOverdue: false, longestOverdueDays: 0 },
  ...{ overdueNowDays: 0, unsettledBad: false },
};

describeEachDatabase('The loan book as evidence', (open) => {
  let book: Book;
  /** Matured on 2018-07-15 and paid in two parts: 20,000 on 2018-08-10, the rest on 2018-11-01. */
  let late: Lent;
  let running: Lent;
  let onlySigned: Lent;
  let none: string;
  beforeAll(async () => {
    book = await openBook(open);
    late = await lent(book, { termMonths: 1, rate: '4.35' });
    running = await lent(book);
    onlySigned = await signed(book);
    none = (await approved(book)).householdId;
    onDay(book, '2018-08-10');
    await repaid(book, late, '21000.00');
    onDay(book, '2018-11-01');
    await repaid(book, late, '29859.42');
  });
  const sql = () => book.platform.db.reader();
  const everyone = () => [late.householdId, running.householdId, onlySigned.householdId, none];
  const record = async (householdId: string, on: string) =>
    (await repaymentRecords(sql(), [householdId], day(on))).get(householdId);
  const overdue = (on: string, minDays: number, after: string | null = null) =>
    overdueHouseholds(sql(), { date: day(on), minDays, after, limit: 10 });

  test('a household without loans has an empty record', async () => {
    expect(await record(none, '2018-11-01')).toEqual(NO_LOANS);
    expect(await record(onlySigned.householdId, '2018-11-01')).toEqual(NO_LOANS);
    expect(await record(late.householdId, '2018-06-14')).toEqual(NO_LOANS);
  });

  test.each([
    ['2018-07-15', { everOverdue: false, longestOverdueDays: 0, overdueNowDays: 0 }],
    ['2018-07-16', { everOverdue: true, longestOverdueDays: 1, overdueNowDays: 1 }],
    ['2018-10-13', { longestOverdueDays: 90, overdueNowDays: 90, unsettledBad: false }],
    ['2018-10-14', { longestOverdueDays: 91, overdueNowDays: 91, unsettledBad: true }],
    ['2018-10-31', { longestOverdueDays: 108, overdueNowDays: 108, unsettledBad: true }],
    ['2018-11-01', { longestOverdueDays: 109, overdueNowDays: 0, unsettledBad: false }],
    ['2020-01-01', { everOverdue: true, longestOverdueDays: 109, overdueNowDays: 0 }],
  ])('on %s the record of a late loan is %j', async (on, expected) => {
    expect(await record(late.householdId, on)).toMatchObject({ loans: 1, ...expected });
  });

  test('many households at once are told what each is told alone', async () => {
    for (const on of ['2018-07-16', '2018-10-14', '2018-11-01']) {
      const all = await repaymentRecords(sql(), everyone(), day(on));
      expect([...all.keys()]).toEqual(everyone());
      for (const id of everyone()) expect(all.get(id)).toEqual(await record(id, on));
    }
    expect((await repaymentRecords(sql(), [], day('2018-11-01'))).size).toBe(0);
  });

  test('what is owed is the principal of the day, whatever was repaid since', async () => {
    const used = async (on: string) => {
      const all = await usedOf(sql(), everyone(), day(on));
      return everyone().map((id) => all.get(id));
    };
    expect(await used('2018-06-14')).toEqual([0, 0, 0, 0]);
    expect(await used('2018-08-09')).toEqual([5_000_000, 5_000_000, 0, 0]);
    const [afterPart] = await used('2018-08-10');
    expect(afterPart).toBeGreaterThan(2_900_000);
    expect(afterPart).toBeLessThan(3_000_000);
    expect(await used('2018-10-31')).toEqual([afterPart, 5_000_000, 0, 0]);
    expect(await used('2018-11-01')).toEqual([0, 5_000_000, 0, 0]);
  });

  test('the banks to which principal is owed are named while it is owed', async () => {
    const lenders = async (on: string) => [...(await lendersOf(sql(), everyone(), day(on))).keys()];
    expect(await lenders('2018-06-14')).toEqual([]);
    expect(await lenders('2018-10-31')).toEqual([late.householdId, running.householdId].sort());
    expect(await lenders('2018-11-01')).toEqual([running.householdId]);
    const all = await lendersOf(sql(), everyone(), day('2018-11-01'));
    const owed = await sql().one<{ bankId: string }>(
      'SELECT bank_id AS bankId FROM loan WHERE household_id = :id',
      { id: running.householdId },
    );
    expect(all.get(running.householdId)).toEqual([owed?.bankId]);
  });

  test('households late by so many days are listed, on the day itself and long after', async () => {
    const lateFor = (days: number) => [{ householdId: late.householdId, days }];
    expect(await overdue('2018-07-15', 1)).toEqual([]);
    expect(await overdue('2018-07-16', 1)).toEqual(lateFor(1));
    expect(await overdue('2018-08-14', 31)).toEqual([]);
    expect(await overdue('2018-08-15', 31)).toEqual(lateFor(31));
    expect(await overdue('2018-10-31', 31)).toEqual(lateFor(108));
    expect(await overdue('2018-11-01', 1)).toEqual([]);
    expect(await overdue('2018-10-31', 31, late.householdId)).toEqual([]);
  });

  test('late from day 0 is a question that has no answer', async () => {
    await expect(overdue('2018-07-16', 0)).rejects.toThrow(/first day after maturity/);
  });
});
