/**
 * Random lives of loans through the acts: money in time, late and back-dated, too much of it, subsidies, reversals,
 * and nights wherever they fall. The laws of one loan are checked after every step, the books at the end.
 */
import fc from 'fast-check';
import { positionOn, receiveSubsidy, repay, settleInterest } from '../../src/loans';
import { factsOf, lifeTerms, settledThrough } from '../../src/loans/history';
import { interestOfParts, sumOfParts } from '../../src/loans/interest';
import { LoanEvent, LoanInterest } from '../../src/loans/loan.entity';
import { isPaidOut } from '../../src/loans/loan-state';
import { replay } from '../../src/loans/replay';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { type Actor, SYSTEM_ACTOR } from '../../src/platform/authority';
import { addDays, type BusinessDate, maxDate, settlementDays } from '../../src/platform/dates';
import { listRows } from '../../src/platform/db/store';
import { addFen, applyPpm, type Fen, fen, maxFen, yuan } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import { type Book, banker, expectAgreement, lent, onDay, payment, rowOf } from './book';

/** What somebody tries in a life. Shares are of what is owed then, in ppm. */
type Step =
  | { what: 'wait'; days: number }
  | { what: 'repay'; sharePpm: number; daysLate: number }
  | { what: 'subsidy'; sharePpm: number }
  | { what: 'reverse'; nth: number }
  | { what: 'repeat' };

const sharePpm = fc.oneof(
  fc.integer({ min: 1, max: 999_999 }),
  fc.constantFrom(1_000_000, 1_000_000, 1_150_000),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 150 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ what: fc.constant('repay' as const), sharePpm },
      daysLate: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 120 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('subsidy' as const), sharePpm }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('reverse' as const), nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ what: 'repeat' as const }) },
);

/** A plan of one life. */
export const lifePlan = fc.record({
  termMonths: fc.integer({ min: 1, max: 24 }),
  amount: fc.integer({ min: 1, max: 5_000_000 }).map((amount) => yuan(fen(amount))),
  steps: fc.array(step, { minLength: 4, maxLength: 12 }),
  undo: fc.boolean(),
});

/** What `lifePlan` makes. */
export type Plan = typeof lifePlan extends fc.Arbitrary<infer P> ? P : never;

let keys = 0;

/** One loan on its way. */
class Walk {
  private last: ReturnType<typeof payment> | undefined;
  readonly reverser: Actor;

  constructor(
    private readonly book: Book,
    private readonly loanId: string,
    private today: BusinessDate,
  ) {
    this.reverser = banker(book, 'loans.reverse-event');
  }

  private row() {
    return rowOf(this.book, { loanId: this.loanId });
  }

  async take(one: Step): Promise<void> {
    switch (one.what) {
      case 'wait':
        return this.wait(one.days);
      case 'repay':
        return this.repay(one.sharePpm, one.daysLate);
      case 'subsidy':
        return this.subsidise(one.sharePpm);
      case 'reverse':
        return this.reverse(one.nth);
      case 'repeat':
        if (this.last) await this.book.do(this.book.officer, repay, this.last).catch(refusedWell);
    }
  }

  /** Lets days pass, with the nights of their settlement days. */
  private async wait(days: number): Promise<void> {
    const to = onDay(this.book, this.today, days) as BusinessDate;
    for (const on of settlementDays(this.today, addDays(to, -1))) {
      const { state, bookedUntil } = await this.row();
      if (state !== 'running' || bookedUntil === null || bookedUntil > on) continue;
      const input = { loanId: this.loanId, on };
      await this.book.do(SYSTEM_ACTOR, settleInterest, input, { today: on });
    }
    this.today = to;
  }

  private async repay(share: number, daysLate: number): Promise<void> {
    const { state, disbursedOn } = await this.row();
    if (state !== 'running') return;
    const due = await positionOn(this.book.platform.db.reader(), this.loanId, this.today);
    const owed = addFen(due.outstandingFen, due.interestToDateFen, due.penaltyToDateFen);
    const amount: Fen = maxFen(fen(1), applyPpm(owed, ppm(share), 'up'));
    const on = maxDate(disbursedOn!, addDays(this.today, -daysLate));
    this.last = payment(this.book, { loanId: this.loanId }, yuan(amount), on);
    await this.book.do(this.book.officer, repay, this.last);
  }

  private async subsidise(share: number): Promise<void> {
    const { interestDueFen } = await this.row();
    const amountFen = maxFen(fen(1), applyPpm(interestDueFen, ppm(share), 'up'));
    keys += 1;
    const subsidy = { loanId: this.loanId, periodCode: '2018Q3', amountFen, key: `lives/${keys}` };
    await this.book.system((work) => receiveSubsidy(work, subsidy));
  }

  private async reverse(nth: number): Promise<void> {
    const repayments = (await this.events()).filter(({ kind }) => kind === 'repayment');
    const event = repayments[nth % Math.max(1, repayments.length)];
    if (!event) return;
    const input = { loanId: this.loanId, eventId: event.originId, reason: '串户' };
    await this.book.do(this.reverser, reverseLoanEvent, input);
  }

  /** Takes all repayments back: nothing is left of them. */
  async undo(): Promise<void> {
    for (;;) {
      const repayments = (await this.events()).filter(({ kind }) => kind === 'repayment');
      if (repayments.length === 0) break;
      await this.reverse(repayments.length - 1);
    }
    const { outstandingFen, principalFen } = await this.row();
    expect(outstandingFen).toBe(principalFen);
  }

  private events(): Promise<LoanEvent[]> {
    const where = { loanId: this.loanId, voidedBy: null };
    return listRows(this.book.platform.db.reader(), LoanEvent, where, { originId: 'asc' });
  }

  /** The row is what its events make of it, and every period was rounded once. */
  async expectReplayed(): Promise<void> {
    const loan = await this.row();
    if (!isPaidOut(loan)) throw new Error('A loan that lives is paid out');
    const events = await this.events();
    const [begun, facts] = factsOf(loan, events);
    // Nights that have not come are not replayed: what is not booked yet is not compared.
    const through = events.some(({ kind }) => kind === 'settlement')
      ? settledThrough(events, addDays(loan.bookedUntil, 0))
      : addDays(loan.disbursedOn, -1);
    const { life, outcomes } = replay(
      begun,
      facts,
      loan.outstandingFen === 0 ? loan.lastBookingOn : through,
      lifeTerms(loan),
    );
    const { outstandingFen, overpaidFen, settledOn, bookedUntil } = life;
    expect(loan).toMatchObject({ outstandingFen, overpaidFen, settledOn, bookedUntil });
    expect(loan.interestDueFen).toBe(life.interestDueFen);
    expect(loan.penaltyDueFen).toBe(life.penaltyDueFen);
    for (const { fact, booked, ...did } of outcomes) {
      const settled = fact.kind === 'settlement';
      const event = events.find((one) =>
        settled
          ? one.kind === 'settlement' && one.happenedOn === fact.on
          : one.originId === fact.originId,
      );
      const { principalFen, overpaidFen: held, outstandingAfterFen } = did;
      const { interestFen, penaltyFen } = settled ? sumOfParts(booked) : did;
      const told = {
        principalFen,
        interestFen,
        penaltyFen,
        overpaidFen: held,
        outstandingAfterFen,
      };
      expect(event).toMatchObject(told);
    }
    expect(events.filter(({ kind }) => kind !== 'disbursal')).toHaveLength(outcomes.length);
    const where = { loanId: loan.id, voidedBy: null };
    const parts = await listRows(this.book.platform.db.reader(), LoanInterest, where);
    for (const group of new Set(parts.map((part) => `${part.periodCode} ${part.kind}`))) {
      const own = parts.filter((part) => `${part.periodCode} ${part.kind}` === group);
      expect(addFen(...own.map((part) => part.amountFen))).toBe(interestOfParts(own, loan));
    }
    const days = parts
      .filter(({ kind }) => kind !== 'PENALTY')
      .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
    days.slice(1).forEach((part, index) => {
      expect(part.fromOn).toBe(days[index]?.untilOn);
    });
  }
}

/** A repeat after a reversal is a new repayment, which a settled loan refuses; nothing else may be refused. */
function refusedWell(error: unknown): void {
  expect((error as { code?: string }).code).toBe('loans.not-running');
}

/** Lives one loan, with its laws after every step. */
export async function live(book: Book, { termMonths, amount, steps, undo }: Plan): Promise<void> {
  const start = onDay(book, '2018-06-15') as BusinessDate;
  const { loanId } = await lent(book, { termMonths, amount, rate: '4.35' });
  const walk = new Walk(book, loanId, start);
  for (const one of steps) {
    await walk.take(one);
    await expectAgreement(book, { loanId });
  }
  await walk.expectReplayed();
  if (!undo) return;
  await walk.undo();
  await expectAgreement(book, { loanId });
}
