/** Arrears of principal and own interest, night by night and as of any day, of a loan whose subsidy is 70 %. */
import {
  classifyStep,
  holdSubsidy,
  loseSubsidy,
  markOverdueStep,
  overdueHouseholds,
  positionOn,
  receiveSubsidy,
  repaymentRecords,
  settleInterestStep,
} from '../../src/loans';
import { type Arrears, arrearsOn } from '../../src/loans/arrears.queries';
import { loanArrears } from '../../src/loans/class-history.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { addDays, businessDate, isSettlementDay } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { openWork, type Work } from '../../src/platform/work';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectLawful,
  lent,
  night,
  onDay,
  openBook,
  type Plan,
  refused,
  repaid,
  rowOf,
  signed,
} from './book';

/** What a night leaves on a loan. */
type Figures = Pick<
  Arrears,
  'outstandingFen' | 'interestDueFen' | 'principalDays' | 'interestDays'
> & {
  classCode: string;
};

const START = '2024-03-21';
const PLAN: Plan = { productCode: 'TPXD', termMonths: 12, rate: '3.45' };

describeEachDatabase('Arrears', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open, START);
  });
  beforeEach(() => onDay(book, START));

  type Loan = { loanId: string };
  const nightOf = async (date: string) => {
    onDay(book, date);
    await night(book, date, settleInterestStep, markOverdueStep, classifyStep);
  };
  const counts = async (loan: Loan) => {
    const { ownDueSince, daysOverdue, interestDaysOverdue, classCode } = await rowOf(book, loan);
    return [ownDueSince, daysOverdue, interestDaysOverdue, classCode];
  };
  const asOf = ({ loanId }: Loan, date: string) =>
    arrearsOn(book.platform.db.reader(), loanId, businessDate(date));

  test('of own interest begin on the day after the settlement day and go into the class', async () => {
    const loan = await lent(book, PLAN);
    await nightOf('2024-06-20');
    // 92 days at 3.45 %: 440.83, of which 70 % is 308.58.
    expect(await asOf(loan, '2024-06-20')).toMatchObject({
      ...{ interestDueFen: 44_083, ownInterestDueFen: 13_225, interestDays: 0 },
    });
    expect(await counts(loan)).toEqual(['2024-06-20', 0, 0, 'NORMAL']);
    for (const [date, days, classCode] of [
      ['2024-06-21', 1, 'SPECIAL_MENTION'],
      ['2024-09-18', 90, 'SPECIAL_MENTION'],
      ['2024-09-19', 91, 'SUBSTANDARD'],
    ] as const) {
      await nightOf(date);
      expect(await counts(loan)).toEqual(['2024-06-20', 0, days, classCode]);
      expect(await asOf(loan, date)).toMatchObject({ interestDays: days, classCode });
    }
    await expectLawful(book, loan);
  });

  test('end when own interest is paid, not when the county pays', async () => {
    const loan = await lent(book, PLAN);
    await nightOf('2024-06-20');
    await nightOf('2024-07-01');
    await book.system((work) =>
      receiveSubsidy(work, {
        ...{ loanId: loan.loanId, periodCode: '2024Q2', amountFen: fen(30_858) },
        key: `2024Q2/${loan.loanId}`,
      }),
    );
    expect((await counts(loan)).slice(0, 3)).toEqual(['2024-06-20', 0, 11]);
    // 11 days of the next quarter are booked by the payment: 52.71, of which 15.81 is own.
    await repaid(book, loan, '100.00');
    expect(await counts(loan)).toEqual(['2024-06-20', 0, 11, 'SPECIAL_MENTION']);
    await repaid(book, loan, '32.25');
    expect((await counts(loan)).slice(0, 3)).toEqual(['2024-09-20', 0, 0]);
    await nightOf('2024-07-02');
    expect(await counts(loan)).toEqual(['2024-09-20', 0, 0, 'NORMAL']);
    await expectLawful(book, loan);
  });

  test('of own interest are late for whoever rates the household', async () => {
    const loan = await lent(book, PLAN);
    await nightOf('2024-06-20');
    await nightOf('2024-09-20');
    const sql = book.platform.db.reader();
    const record = async (date: string) =>
      (await repaymentRecords(sql, [loan.householdId], businessDate(date))).get(loan.householdId);
    expect(await record('2024-06-20')).toMatchObject({ everOverdue: false, overdueNowDays: 0 });
    expect(await record('2024-09-18')).toMatchObject({
      ...{ everOverdue: true, longestOverdueDays: 90, overdueNowDays: 90, unsettledBad: false },
    });
    expect(await record('2024-09-19')).toMatchObject({ overdueNowDays: 91, unsettledBad: true });
    const overdue = async (minDays: number) => {
      const asked = { date: businessDate('2024-09-19'), minDays, after: null, limit: 500 };
      const households = await overdueHouseholds(sql, asked);
      return households.filter(({ householdId }) => householdId === loan.householdId);
    };
    expect(await overdue(91)).toEqual([{ householdId: loan.householdId, days: 91 }]);
    expect(await overdue(92)).toEqual([]);
  });

  test('follow a repayment that is entered late, and its reversal', async () => {
    const loan = await lent(book, PLAN);
    await nightOf('2024-06-20');
    await nightOf('2024-07-20');
    expect((await counts(loan))[2]).toBe(30);
    const { repaymentId } = await repaid(book, loan, '135.00', '2024-06-25');
    expect((await counts(loan)).slice(0, 3)).toEqual(['2024-09-20', 0, 0]);
    expect((await asOf(loan, '2024-06-24')).interestDays).toBe(4);
    expect((await asOf(loan, '2024-06-25')).interestDays).toBe(0);
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, {
      ...{ loanId: loan.loanId, eventId: repaymentId, reason: '串户' },
    });
    await nightOf('2024-07-21');
    expect(await counts(loan)).toEqual(['2024-06-20', 0, 31, 'SPECIAL_MENTION']);
    expect((await asOf(loan, '2024-06-25')).interestDays).toBe(5);
    await expectLawful(book, loan);
  });

  test('arise from a subsidy that is lost, from the day of the decision', async () => {
    const loan = await lent(book, PLAN);
    await nightOf('2024-06-20');
    onDay(book, '2024-06-21');
    // Own interest to the day, and nothing more: 132.25 of the quarter and 1.44 of one day.
    await repaid(book, loan, '132.25');
    expect((await counts(loan))[0]).toBeNull();
    const cause = { causeKind: 'test', causeId: loan.loanId };
    const from = businessDate('2024-06-01');
    const as = <T>(run: (work: Work) => Promise<T>) =>
      book.platform.db.inTransaction((tx) => {
        const somebody = book.actor({ permissions: [] });
        return run(openWork(book.platform, tx, somebody, 'test'));
      });
    await as((work) => holdSubsidy(work, { ...cause, loanId: loan.loanId, from }));
    await nightOf('2024-06-27');
    expect((await counts(loan))[0]).toBeNull();
    onDay(book, '2024-06-28');
    await as((work) => loseSubsidy(work, { ...cause, from }));
    await nightOf('2024-06-29');
    // The county's part of 20 of 92 days is the borrower's since 2024-06-28.
    expect(await counts(loan)).toEqual(['2024-06-28', 0, 1, 'SPECIAL_MENTION']);
    expect((await asOf(loan, '2024-06-27')).ownInterestDueFen).toBe(0);
    expect(await asOf(loan, '2024-06-29')).toMatchObject({
      // 20 days: 95.83; 70 % of it 67.08.
      ...{ ownInterestDueFen: 6_708, interestDays: 1 },
    });
  });

  test('as of each day are those that the nights counted', async () => {
    const loan = await lent(book, { ...PLAN, termMonths: 9 });
    const paid: Record<string, string> = {
      '2024-07-11': '50.00',
      '2024-10-01': '300.00',
      '2025-01-15': '20000.00',
      '2025-03-01': '700.00',
    };
    const told: [string, Figures][] = [];
    for (let date = START; date <= '2025-04-01'; date = addDays(businessDate(date), 5)) {
      const settled = [
        date,
        ...[1, 2, 3, 4].map((days) => addDays(businessDate(date), -days)),
      ].find((one) => one > START && isSettlementDay(businessDate(one)));
      if (settled !== undefined && settled !== date) await nightOf(settled);
      const due = Object.keys(paid).find((on) => on <= date);
      if (due !== undefined) {
        onDay(book, date);
        await repaid(book, loan, paid[due]!);
        delete paid[due];
      }
      await nightOf(date);
      const { outstandingFen, interestDueFen, daysOverdue, interestDaysOverdue, classCode } =
        await rowOf(book, loan);
      told.push([
        date,
        {
          ...{ outstandingFen, interestDueFen, classCode },
          ...{ principalDays: daysOverdue, interestDays: interestDaysOverdue },
        },
      ]);
    }
    expect(Object.keys(paid)).toEqual([]);
    const late = told.filter(([, { interestDays }]) => interestDays > 0);
    expect(late.length).toBeGreaterThan(10);
    for (const [date, figures] of told) {
      expect([date, await asOf(loan, date)]).toEqual([date, expect.objectContaining(figures)]);
      const shown = await book.ask(book.officer, loanArrears, { loanId: loan.loanId, on: date });
      expect(shown.classCode).toBe(figures.classCode);
    }
    await expectLawful(book, loan);
  });

  test('and the position are told of every day since the disbursal, and of none before', async () => {
    const loan = await lent(book, PLAN);
    onDay(book, '2024-05-01');
    await repaid(book, loan, '20000.00');
    const on = async (date: string) => {
      const sql = book.platform.db.reader();
      const then = await positionOn(sql, loan.loanId, businessDate(date));
      return [then.outstandingFen, then.interestToDateFen];
    };
    expect(await on(START)).toEqual([5_000_000, 0]);
    // 40 days of 50,000.00 and 41 paid with the repayment.
    expect(await on('2024-04-30')).toEqual([5_000_000, 19_167]);
    expect(await on('2024-05-01')).toEqual([3_019_646, 0]);
    const asked = (by: Book['officer'], date: string) =>
      book.ask(by, loanArrears, { loanId: loan.loanId, on: businessDate(date) });
    const early = () => asked(book.officer, '2024-03-20');
    await refused(book, 'loans.before-disbursal', early);
    await refused(book, 'loans.absent', () => asked(book.stranger, START));
    const contract = await signed(book, PLAN);
    await refused(book, 'loans.not-running', () => asOf(contract, START));
  });
});
