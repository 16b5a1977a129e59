/**
 * A year of a household that cannot sell in time: its loan is extended once, is refused what would hide that it is
 * late, repays, borrows anew, and renews the second loan; the reminders follow each maturity, and the books prove.
 */
import { sendRemindersStep } from '../../src/collections';
import {
  classifyStep,
  decideRenewal,
  markOverdueStep,
  receiveSubsidy,
  settleInterestStep,
  signRenewal,
} from '../../src/loans';
import { listRenewals } from '../../src/loans/renewals.queries';
import type { Fen } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, night, onDay, repaid, rowOf } from './book';
import {
  askRenewal,
  type ChangeBook,
  decision,
  extended,
  interestOf,
  openChanges,
  renewable,
  unchanged,
} from './changes';

describeEachDatabase('A household that needs longer', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });
  const remindersOf = async ({ loanId }: { loanId: string }) => {
    const rows = await book.platform.db
      .reader()
      .rows<{ code: string; sentOn: string }>(
        'SELECT step_code AS code, sent_on AS sentOn FROM reminder WHERE loan_id = :loanId ORDER BY sent_on',
        { loanId },
      );
    return rows.map(({ code, sentOn }) => `${sentOn} ${code}`);
  };
  const evening = async (day: string) => {
    await night(book, day, settleInterestStep, markOverdueStep, classifyStep, sendRemindersStep);
  };

  test('is reminded of the new maturity, a month before it again', async () => {
    const loan = await renewable(book, { lentOn: '2018-06-15', on: '2019-05-16' });
    await evening('2019-05-16');
    onDay(book, '2019-06-03');
    await extended(book, loan, '2019-12-15');
    for (const day of ['2019-06-15', '2019-06-16', '2019-06-22']) await evening(day);
    expect(await remindersOf(loan)).toEqual(['2019-05-16 T-30']);
    for (const day of ['2019-11-15', '2019-12-15', '2019-12-16']) await evening(day);
    expect(await remindersOf(loan)).toEqual([
      '2019-05-16 T-30',
      '2019-11-15 T-30',
      '2019-12-16 T+1',
    ]);
    await expectLawful(book, loan);
  });

  test('renews, the county pays for both loans, and what it pays for the old one is the household’s', async () => {
    const loan = await renewable(book, { lentOn: '2018-06-15', on: '2019-06-01' });
    for (const day of ['2018-06-20', '2018-09-20', '2018-12-20', '2019-03-20']) await evening(day);
    const subsidise = (of: { loanId: string }, periodCode: string, fen: number) =>
      book.system((work) =>
        receiveSubsidy(work, {
          ...{ loanId: of.loanId, periodCode, amountFen: fen as Fen },
          key: `${periodCode}/${of.loanId}`,
        }),
      );
    const due = async () => (await rowOf(book, loan)).interestDueFen;
    await subsidise(loan, '2019Q1', await due());
    expect(await due()).toBe(0);
    onDay(book, '2019-06-05');
    const asked = await askRenewal(book, loan);
    onDay(book, '2019-06-10');
    await book.do(book.approver, decideRenewal, decision(asked, 'renewalId'));
    onDay(book, '2019-06-14');
    const contract = { loanId: loan.loanId, renewalId: asked.id, contractNumber: 'XD-JOURNEY' };
    await unchanged(book, 'loans.renewal-interest-due', () =>
      book.do(book.officer, signRenewal, contract),
    );
    // 85 days of the running quarter, which the household pays and the county gives back.
    const interest = await interestOf(book, loan);
    expect(interest).toBe('513.54');
    await repaid(book, loan, interest);
    const fresh = await book.do(book.officer, signRenewal, contract);
    const next = { loanId: fresh.id };
    await evening('2019-06-20');
    onDay(book, '2019-07-01');
    await subsidise(loan, '2019Q2', 51_354);
    expect(await rowOf(book, loan)).toMatchObject({ state: 'settled', overpaidFen: 51_354 });
    // Seven days from the signing to the settlement day, both in.
    const row = await rowOf(book, next);
    expect(row).toMatchObject({ interestDueFen: 4_229, bookedUntil: '2019-06-21' });
    await subsidise(next, '2019Q2', 4_229);
    const quarters = ['2019-09-20', '2019-12-20', '2020-03-20'];
    for (const day of quarters) await evening(day);
    onDay(book, '2020-06-14');
    const owed = Number(await interestOf(book, next));
    expect(owed).toBeGreaterThan(1600);
    await repaid(book, next, (50_000 + owed).toFixed(2));
    expect((await rowOf(book, next)).state).toBe('settled');
    for (const one of [loan, next]) await expectLawful(book, one);
    const { items } = await book.ask(book.officer, listRenewals, { loanId: loan.loanId });
    expect(items.map(({ state, newLoanId }) => [state, newLoanId])).toEqual([['signed', fresh.id]]);
  });

  test('cannot renew or extend once it is late, whatever was approved before', async () => {
    const loan = await renewable(book, { lentOn: '2018-06-15', on: '2019-06-01' });
    const asked = await askRenewal(book, loan);
    await book.do(book.approver, decideRenewal, decision(asked, 'renewalId'));
    onDay(book, '2019-06-16');
    await evening('2019-06-16');
    const contract = { loanId: loan.loanId, renewalId: asked.id, contractNumber: 'XD-LATE' };
    await unchanged(book, 'loans.troubled', () => book.do(book.officer, signRenewal, contract));
    await repaid(book, loan, await interestOf(book, loan));
    await unchanged(book, 'loans.troubled', () => book.do(book.officer, signRenewal, contract));
    expect((await rowOf(book, loan)).state).toBe('running');
    await expectLawful(book, loan);
  });
});
