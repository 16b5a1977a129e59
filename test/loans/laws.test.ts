/**
 * Random lives of a loan: whatever is paid by whom and however the nights fall, the loan's amounts are those of the
 * bank's book and of its events, every period is rounded once, no day is booked twice, and nobody pays twice.
 */
import fc from 'fast-check';
import { positionOn, receiveSubsidy, settleInterest } from '../../src/loans';
import { interestOfParts } from '../../src/loans/interest';
import { LoanInterest } from '../../src/loans/loan.entity';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { type BusinessDate, settlementDays } from '../../src/platform/dates';
import { listRows } from '../../src/platform/db/store';
import { addFen, fen, minFen, yuan } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import { type Book, expectLawful, lent, onDay, openBook, repaid, rowOf } from './book';

type Step =
  | { what: 'wait'; days: number }
  | { what: 'repay'; share: number }
  | { what: 'subsidy'; share: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ what: fc.constant('repay' as const), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ what: fc.constant('subsidy' as const), share: fc.integer({ min: 1, max: 150 }) }),
);

describeEachDatabase('Random lives of loans', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  const sql = () => book.platform.db.reader();

  /** Lets days pass, with the nights of their settlement days. */
  async function wait(loanId: string, from: BusinessDate, days: number): Promise<BusinessDate> {
    const to = onDay(book, from, days) as BusinessDate;
    for (const on of settlementDays(from, to).filter((night) => night < to)) {
      const { state, bookedUntil } = await rowOf(book, { loanId });
      if (state !== 'running' || bookedUntil === null || bookedUntil > on) continue;
      await book.do(SYSTEM_ACTOR, settleInterest, { loanId, on }, { today: on });
    }
    return to;
  }

  async function pay(loanId: string, on: BusinessDate, share: number): Promise<void> {
    const due = await positionOn(sql(), loanId, on);
    const total = addFen(due.outstandingFen, due.interestToDateFen, due.penaltyToDateFen);
    if (total === 0) return;
    const part = fen(Math.ceil((total * share) / 100));
    const before = await rowOf(book, { loanId });
    const done = await repaid(book, { loanId }, yuan(minFen(part, total)));
    expect(done.loan.state).toBe(share === 100 ? 'settled' : done.loan.state);
    expect((await rowOf(book, { loanId })).outstandingFen).toBeLessThanOrEqual(
      before.outstandingFen,
    );
  }

  let keys = 0;
  async function subsidise(loanId: string, share: number): Promise<void> {
    const { interestDueFen } = await rowOf(book, { loanId });
    const amountFen = fen(Math.ceil(((interestDueFen + 1) * share) / 100));
    keys += 1;
    const subsidy = { loanId, periodCode: '2018Q3', amountFen, key: `laws/${keys}` };
    await book.system((work) => receiveSubsidy(work, subsidy));
  }

  /** Every period and kind is what its parts owe together, rounded once, and the days join without a gap. */
  async function expectParts(loanId: string): Promise<void> {
    const loan = await rowOf(book, { loanId });
    const parts = await listRows(sql(), LoanInterest, { loanId });
    const groups = new Set(parts.map((part) => `${part.periodCode} ${part.kind}`));
    for (const group of groups) {
      const own = parts.filter((part) => `${part.periodCode} ${part.kind}` === group);
      const sum = addFen(...own.map((part) => part.amountFen));
      expect(sum).toBe(interestOfParts(own, loan));
    }
    const days = parts
      .filter((part) => part.kind !== 'PENALTY')
      .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
    days.slice(1).forEach((part, index) => {
      expect(part.fromOn).toBe(days[index]?.untilOn);
    });
  }

  test('the loan, its events and the books agree after every step', async () => {
    const plan = fc.record({
      termMonths: fc.integer({ min: 1, max: 24 }),
      amount: fc.integer({ min: 1, max: 5_000_000 }).map((amount) => yuan(fen(amount))),
      steps: fc.array(step, { minLength: 3, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ termMonths, amount, steps }) => {
        let today = onDay(book, '2018-06-15') as BusinessDate;
        const { loanId } = await lent(book, { termMonths, amount, rate: '4.35' });
        for (const one of steps) {
          if (one.what === 'wait') today = await wait(loanId, today, one.days);
          else if (one.what === 'subsidy') await subsidise(loanId, one.share);
          else if ((await rowOf(book, { loanId })).state === 'running') {
            await pay(loanId, today, one.share);
          }
          await expectLawful(book, { loanId });
        }
        await expectParts(loanId);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
