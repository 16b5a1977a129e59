/** How the book moved between two days, and how much of it is bad on a day. */
import { classifyStep, markOverdueStep, repaymentRecords, usedOf } from '../../src/loans';
import { classHistory } from '../../src/loans/class-history.queries';
import { badLoans, classMigration } from '../../src/loans/class-moves.queries';
import { decideGrade } from '../../src/loans/decide-grade';
import { enterEvent, type FactDraft } from '../../src/loans/history';
import { LoanStore } from '../../src/loans/loan.store';
import { proposeGrade } from '../../src/loans/propose-grade';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectAgreement,
  type Lent,
  lent,
  night,
  OTHER_VILLAGE,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
} from './book';

describeEachDatabase('The classes of the book', (open) => {
  let book: Book;
  let late: Lent;
  // Two loans mature on 2018-07-15, one is paid on 2018-08-01; two run for three years, one begins later.
  beforeAll(async () => {
    book = await openBook(open);
    const short = { termMonths: 1, rate: '4.35' };
    late = await lent(book, { ...short, amount: '30000.00' });
    const paid = await lent(book, { ...short, village: OTHER_VILLAGE });
    await lent(book, { amount: '20000.00' });
    for (const date of ['2018-07-16', '2018-07-31']) {
      await night(book, onDay(book, date), markOverdueStep, classifyStep);
    }
    onDay(book, '2018-08-01');
    await repaid(book, paid, '60000.00');
    onDay(book, '2018-08-15');
    await lent(book, { amount: '40000.00' });
    for (const date of ['2018-10-13', '2018-10-14', '2019-01-12']) {
      await night(book, onDay(book, date), markOverdueStep, classifyStep);
    }
  });

  const moves = async (from: string, to: string, by = book.officer) => {
    const days = { from: businessDate(from), to: businessDate(to) };
    const { items } = await book.ask(by, classMigration, days);
    return items.map((move) => [move.from, move.to, move.loans, move.principal]);
  };
  const bad = async (on: string, by = book.officer) => {
    const { items } = await book.ask(by, badLoans, { on: businessDate(on) });
    return items.map((one) => [one.loans, one.balance, one.badLoans, one.badBalance, one.badRate]);
  };

  test('move from day to day, by count and principal', async () => {
    expect(await moves('2018-07-15', '2018-07-31')).toEqual([
      ['NORMAL', 'NORMAL', 1, '20000.00'],
      ['NORMAL', 'SPECIAL_MENTION', 2, '80000.00'],
    ]);
    expect(await moves('2018-07-31', '2018-10-14')).toEqual([
      ['NEW', 'NORMAL', 1, '40000.00'],
      ['NORMAL', 'NORMAL', 1, '20000.00'],
      ['SPECIAL_MENTION', 'SETTLED', 1, '50000.00'],
      ['SPECIAL_MENTION', 'SUBSTANDARD', 1, '30000.00'],
    ]);
    expect(await moves('2018-10-13', '2018-10-13')).toEqual([
      ['NORMAL', 'NORMAL', 2, '60000.00'],
      ['SPECIAL_MENTION', 'SPECIAL_MENTION', 1, '30000.00'],
    ]);
    expect(await moves('2018-07-31', '2018-10-14', book.stranger)).toEqual([]);
    await refused(book, 'loans.wrong-way', () => moves('2018-07-31', '2018-07-30'));
  });

  test('are bad as the table of the day says, by township and bank', async () => {
    expect((await bad('2018-10-13')).map(([loans, , badCount]) => [loans, badCount])).toEqual([
      [3, 0],
    ]);
    expect(await bad('2018-10-14')).toEqual([[3, '90000.00', 1, '30000.00', '33.3333']]);
    expect(await bad('2018-06-14')).toEqual([]);
    expect(await bad('2018-10-14', book.stranger)).toEqual([]);
  });

  test('are told loan by loan, with the table and the cause', async () => {
    const { changes, judgements } = await book.ask(book.officer, classHistory, {
      loanId: late.loanId,
    });
    expect(changes).toMatchObject([
      { on: '2018-07-16', from: 'NORMAL', to: 'SPECIAL_MENTION', overdueDays: 1, cause: 'table' },
      { on: '2018-10-14', from: 'SPECIAL_MENTION', to: 'SUBSTANDARD', overdueDays: 91 },
      { on: '2019-01-12', from: 'SUBSTANDARD', to: 'DOUBTFUL', policyRowId: 'classification-2014' },
    ]);
    expect(judgements).toEqual([]);
    const asked = { loanId: late.loanId };
    await refused(book, 'loans.absent', () => book.ask(book.stranger, classHistory, asked));
  });

  test('of a loan that was written off is a loss, out of the balance and still owed', async () => {
    onDay(book, '2019-01-13');
    const { loanId, householdId } = late;
    await enter(loanId, { kind: 'write-off', on: businessDate('2019-01-13') });
    expect(await rowOf(book, late)).toMatchObject({ state: 'running', classCode: 'LOSS' });
    await night(book, '2019-01-14', markOverdueStep, classifyStep);
    expect(await rowOf(book, late)).toMatchObject({ classCode: 'LOSS', daysOverdue: 0 });
    expect((await bad('2019-01-12'))[0]).toEqual([3, '90000.00', 1, '30000.00', '33.3333']);
    expect((await bad('2019-01-13'))[0]).toEqual([2, '60000.00', 0, '0.00', '0.00']);
    expect(await moves('2019-01-12', '2019-01-13')).toContainEqual([
      ...['DOUBTFUL', 'WRITTEN_OFF', 1, '30000.00'],
    ]);
    const { changes } = await book.ask(book.officer, classHistory, { loanId });
    expect(changes.at(-1)).toMatchObject({ from: 'DOUBTFUL', to: 'LOSS', cause: 'write-off' });
    const sql = book.platform.db.reader();
    const on = businessDate('2019-01-14');
    const record = (await repaymentRecords(sql, [householdId], on)).get(householdId);
    expect(record).toMatchObject({ overdueNowDays: 183, unsettledBad: true });
    expect((await usedOf(sql, [householdId], on)).get(householdId)).toBe(3_000_000);
    await expectAgreement(book, late);
  });

  test('stay as they are when a loan is extended', async () => {
    onDay(book, '2019-02-01');
    const loan = await lent(book, { termMonths: 2, rate: '4.35' });
    const judged = { reason: '经营困难', evidence: '走访记录' };
    const proposer = banker(book, 'loans.propose-grade');
    const { loanId } = loan;
    const { judgementId } = await book.do(proposer, proposeGrade, {
      ...{ loanId, grade: 'SPECIAL_MENTION', ...judged },
    });
    const approver = banker(book, 'loans.decide-grade');
    await book.do(approver, decideGrade, { loanId, judgementId, outcome: 'approve' });
    const maturesOn = businessDate('2019-05-01');
    await enter(loanId, {
      kind: 'extension',
      on: businessDate('2019-02-01'),
      detail: { maturesOn },
    });
    await night(book, '2019-04-20', markOverdueStep, classifyStep);
    expect(await rowOf(book, loan)).toMatchObject({
      ...{ maturesOn, classCode: 'SPECIAL_MENTION', daysOverdue: 0 },
    });
    await night(book, '2019-05-02', markOverdueStep, classifyStep);
    expect(await rowOf(book, loan)).toMatchObject({ daysOverdue: 1 });
  });

  const enter = (loanId: string, fact: Pick<FactDraft, 'kind' | 'on' | 'detail'>) =>
    book.system(async (work) => {
      const store = new LoanStore(work);
      const told = { naturalKey: `${fact.kind}/${loanId}`, memo: '测试' };
      return enterEvent(work, store, await store.running(loanId), { ...fact, ...told });
    });
});
