/** Deciding on an early end: from the day named everything is due at the surcharge for diversion, without subsidy. */
import {
  decideTermination,
  loanTerminated,
  markOverdueStep,
  receiveSubsidy,
  requestTermination,
  settleInterestStep,
  subsidyHoldsOf,
} from '../../src/loans';
import { payoffQuote } from '../../src/loans/quotes.queries';
import { businessDate } from '../../src/platform/dates';
import type { Fen } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, lent, night, onDay, repaid, rowOf } from './book';
import {
  askTermination,
  type ChangeBook,
  decision,
  extended,
  openChanges,
  terminated,
  unchanged,
} from './changes';

describeEachDatabase('A decision on an early end', (open) => {
  let book: ChangeBook;
  const told: unknown[] = [];
  beforeAll(async () => {
    book = await openChanges(open);
    book.platform.events.on(loanTerminated, async (_work, payload) => void told.push(payload));
  });
  beforeEach(() => {
    told.length = 0;
    onDay(book, '2018-06-15');
  });
  const decide = (
    asked: { id: string; loanId: string; contentDigest: string },
    outcome: 'approve' | 'refuse' = 'approve',
    actor = book.approver,
  ) => book.do(actor, decideTermination, decision(asked, 'terminationId', outcome));
  const heldOf = async (loanId: string) => {
    const days = { untilExclusive: businessDate('2030-01-01') };
    const holds = await subsidyHoldsOf(book.platform.db.reader(), [loanId], days);
    return (holds.get(loanId) ?? []).map(({ fromOn, state }) => `${fromOn} ${state}`);
  };

  test('that approves makes everything due from that day, at twice the rate', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const done = await terminated(book, loan, '2018-08-10');
    expect(done).toMatchObject({ state: 'approved', subsidisedPeriods: [] });
    expect(await rowOf(book, loan)).toMatchObject({
      ...{ maturesOn: '2018-08-10', originalMaturesOn: '2021-06-15', terminatedOn: '2018-08-10' },
      ...{ surchargePpm: 1_000_000, state: 'running', outstandingFen: 5_000_000 },
    });
    expect(await heldOf(loan.loanId)).toEqual(['2018-08-10 lost']);
    expect(told).toEqual([
      {
        ...{ loanId: loan.loanId, householdId: loan.householdId },
        ...{ endsOn: '2018-08-10', decidedOn: '2018-08-10' },
      },
    ]);
    await night(book, '2018-08-11', markOverdueStep);
    expect((await rowOf(book, loan)).daysOverdue).toBe(1);
    onDay(book, '2018-09-09');
    // 30 days of 50,000 at 4.75 %: 197.92 of interest and as much of penalty, besides the 56 days before.
    const quote = await book.ask(book.officer, payoffQuote, { loanId: loan.loanId });
    expect(quote.penalty).toBe('197.92');
    await expectLawful(book, loan);
  });

  test('of a past day books the interest since then anew, and names the quarters paid for', async () => {
    const [loan, other] = [await lent(book), await lent(book)];
    onDay(book, '2018-07-10');
    await terminated(book, other, '2018-07-10');
    for (const day of ['2018-06-20', '2018-09-20']) await night(book, day, settleInterestStep);
    onDay(book, '2018-10-08');
    const pay = (loanId: string, periodCode: string, amountFen: number) =>
      book.system((work) =>
        receiveSubsidy(work, {
          ...{ loanId, periodCode, amountFen: amountFen as Fen, key: `${periodCode}/${loanId}` },
        }),
      );
    for (const { loanId } of [loan, other]) await pay(loanId, '2018Q2', 3_958);
    await pay(loan.loanId, '2018Q3', 60_694);
    await pay(other.loanId, '2018Q3', 60_694);
    onDay(book, '2018-10-10');
    const done = await terminated(book, loan, '2018-07-10');
    expect(done.subsidisedPeriods).toEqual(['2018Q3']);
    const figures = async (one: { loanId: string }) => {
      const row = await rowOf(book, one);
      const { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen, maturesOn } = row;
      return { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen, maturesOn };
    };
    // Ended late is as if it had been ended in time.
    expect(await figures(loan)).toEqual(await figures(other));
    expect((await rowOf(book, loan)).penaltyDueFen).toBeGreaterThan(0);
    for (const one of [loan, other]) await expectLawful(book, one);
  });

  test('that refuses pays the subsidy as if nothing had been', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const before = await rowOf(book, loan);
    const asked = await askTermination(book, loan, '2018-07-20');
    expect(await decide(asked, 'refuse')).toMatchObject({ state: 'refused' });
    expect(await rowOf(book, loan)).toEqual(before);
    expect(await heldOf(loan.loanId)).toEqual([]);
    expect(told).toEqual([]);
    await unchanged(book, 'loans.change-decided', () => decide(asked));
    expect((await askTermination(book, loan, '2018-07-20')).state).toBe('asked');
  });

  test('by whoever asked is refused, by rule', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const asked = await book.do(book.everything, requestTermination, {
      ...{ loanId: loan.loanId, endsOn: '2018-07-20', reason: '挪用', evidence: '走访' },
    });
    await unchanged(book, 'loans.change-decider-asked', () =>
      decide(asked, 'approve', book.everything),
    );
  });

  test('of a day before an extension is refused, and says what stands against it', async () => {
    const loan = await lent(book, { termMonths: 12, rate: '4.35' });
    onDay(book, '2018-08-10');
    await extended(book, loan, '2019-12-15');
    onDay(book, '2018-08-20');
    const asked = await askTermination(book, loan, '2018-08-01');
    await unchanged(book, 'loans.not-possible', () => decide(asked));
    await decide(asked, 'refuse');
    await terminated(book, loan, '2018-08-15');
    expect((await rowOf(book, loan)).maturesOn).toBe('2018-08-15');
    await expectLawful(book, loan);
  });

  test('on what was not seen, or after the loan changed, is refused', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const asked = await askTermination(book, loan, '2018-07-20');
    await unchanged(book, 'loans.change-stale', () =>
      decide({ ...asked, contentDigest: 'c'.repeat(64) }),
    );
    await repaid(book, loan, '10000.00');
    await unchanged(book, 'loans.change-stale', () => decide(asked));
    await repaid(book, loan, '45000.00');
    await unchanged(book, 'loans.change-stale', () => decide(asked));
    expect((await decide(asked, 'refuse')).state).toBe('refused');
  });

  test('elsewhere or without the permission is refused', async () => {
    const [loan, other] = [await lent(book), await lent(book)];
    onDay(book, '2018-08-10');
    const asked = await askTermination(book, loan, '2018-07-20');
    await unchanged(book, 'loans.change-absent', () => decide({ ...asked, loanId: other.loanId }));
    await unchanged(book, 'platform.not-permitted', () => decide(asked, 'approve', book.asker));
    const permissions = ['loans.decide-termination'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await unchanged(book, 'platform.absent', () => decide(asked, 'approve', stranger));
  });
});
