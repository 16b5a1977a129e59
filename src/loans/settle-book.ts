/**
 * The quarterly settlement of the whole book, thousands of loans at a time: what the act does for one loan (life.ts),
 * with rows read and written for a chunk at once, and one entry for all loans of a bank.
 *
 * Laws:
 * - Quiet loans (quiet-loan.ts) are settled by statements. Their interest is computed twice, by the statement, in whole
 *   numbers, and by the rule, loan by loan; the entry has the one, the rows have the other, and the sums must agree.
 * - Other loans are settled here when their settlement books one period and changes nothing but their dues, their dates
 *   and since when own interest is open. The rest (missed settlement days, events after the settlement day, a corrected
 *   period) is left to the act, which knows how.
 * - The entry of a chunk has the lines that the loans' own entries would have; a later correction of one loan mirrors
 *   that loan's part of it.
 */
import { postEntries } from '../ledger';
import { check } from '../platform/check';
import { type BusinessDate, type SettlementPeriod, settlementPeriodOf } from '../platform/dates';
import type { ChunkDeed, ChunkDone } from '../platform/jobs/step';
import { addFen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { ExpectedSubsidy } from './expected-subsidy';
import { lifeNow, lifeTerms, settlementOf } from './history';
import { type InterestPart, sumOfParts } from './interest';
import { comesLast, type Life, type Outcome } from './life';
import type { LoanEvent, LoanInterest } from './loan.entity';
import { changesTo, type LoanChanges, type PaidOutLoan } from './loan-state';
import { borneWholly, ownDueSinceOfMany } from './own-due-book';
import { maybeQuiet, quietInterest } from './quiet-loan';
import { settlementFact } from './replay';
import { Batches } from './settle-batches';
import { SettleBookStore, type Stretch } from './settle-book.store';
import { step } from './step';

/** Loans that are not quiet are held in memory so many at a time. */
const PIECE = 500;

/** Loans looked at at a time. */
const SLICE = 1000;

const NONE: readonly LoanInterest[] = [];

/** What the statements write of a loan. */
const WRITTEN: ReadonlySet<string> = new Set<keyof LoanChanges>([
  'interestDueFen',
  'penaltyDueFen',
  'bookedUntil',
  'lastBookingOn',
  'ownDueSince',
]);

/** A loan, what its settlement does, and how it is then. */
export interface Settled {
  loan: PaidOutLoan;
  outcome: Outcome;
  life: Life;
}

/** Settles the next `size` due loans after the key `after`, but those that only the act can settle. */
export async function settleChunk(
  work: Work,
  date: BusinessDate,
  after: string | null,
  size: number,
): Promise<ChunkDone> {
  const settlement = new BookSettlement(work, settlementPeriodOf(date));
  let last = after;
  let left = size;
  while (left > 0) {
    // What is read of the loans is let go after each slice: only keys and amounts are kept for the chunk.
    const limit = Math.min(left, SLICE);
    const seen = await settlement.read(last, limit);
    left -= seen.length;
    last = seen[seen.length - 1] ?? last;
    if (seen.length < limit) break;
  }
  const done = await settlement.finish();
  return { next: left > 0 ? null : last, ...done };
}

/** The settlement of one chunk. */
class BookSettlement {
  private readonly store: SettleBookStore;
  private readonly batches: Batches;
  /** The loans of the chunk that are not quiet. */
  private readonly loud: string[] = [];
  private stretch: Stretch | null = null;
  private quiet = 0;

  constructor(
    private readonly work: Work,
    private readonly period: SettlementPeriod,
  ) {
    this.store = new SettleBookStore(work, period);
    this.batches = new Batches(period);
  }

  /** Looks at the next loans due, and locks them; returns their keys. */
  async read(after: string | null, limit: number): Promise<string[]> {
    const due = await this.store.due(after, limit);
    const ids = due.map(({ id }) => id);
    const [first, last] = [ids[0], ids[ids.length - 1]];
    if (first === undefined || last === undefined) return ids;
    this.stretch = { first: this.stretch?.first ?? first, last };
    this.batches.begin(first);
    const restless = await this.store.restless({ first, last });
    const maybe = due.filter((loan) => !restless.has(loan.id) && maybeQuiet(loan, this.period));
    const until = this.period.untilExclusive;
    const quiet = await borneWholly(new ExpectedSubsidy(this.work.tx), maybe, until);
    for (const loan of due) {
      if (quiet.has(loan.id)) this.batches.addQuiet(loan, quietInterest(loan, until));
      else this.loud.push(loan.id);
    }
    this.quiet += quiet.size;
    return ids;
  }

  /** Settles the loans that were read, posts the entries, and tells what was done. */
  async finish(): Promise<{ count: number; deeds: ChunkDeed[] }> {
    if (this.stretch && this.quiet > 0) await this.settleQuiet(this.stretch);
    for (let at = 0; at < this.loud.length; at += PIECE) {
      await this.settleLoud(this.loud.slice(at, at + PIECE));
    }
    await postEntries(this.work, this.batches.entries());
    return { count: this.batches.count(), deeds: this.batches.deeds() };
  }

  private async settleQuiet(stretch: Stretch): Promise<void> {
    const { store, loud, batches, quiet: count } = this;
    await store.addInterest(stretch, loud, batches.head);
    const booked = await store.addEvents(stretch, { keys: batches.keys(), count });
    check(booked === batches.sum(), 'Statements book the interest that the rule computes.');
    await store.book(stretch, loud, count);
  }

  /** Settles loans that are not quiet, but those whose settlement does more than to book one period. */
  private async settleLoud(ids: readonly string[]): Promise<void> {
    const loans = await this.store.whole(ids);
    const parts = await this.store.parts(ids);
    const settlements: Settled[] = [];
    for (const loan of loans) {
      const settled = plainSettlement(loan, parts.get(loan.id) ?? NONE, this.period);
      if (settled) settlements.push(settled);
    }
    const since = await ownDueSinceOfMany(this.work.tx, settlements);
    const settled = settlements.filter((one) => changesNoMore(one, since.get(one.loan.id) ?? null));
    if (settled.length === 0) return;
    await this.add(settled);
    await this.write(loans, settled, since);
  }

  private async add(settled: readonly Settled[]): Promise<void> {
    const parts: LoanInterest[] = [];
    const events: LoanEvent[] = [];
    for (const one of settled) {
      const key = this.batches.add(one.loan, one.outcome.booked);
      for (const part of one.outcome.booked) parts.push(partOf(one, part, key));
      events.push(eventOf(this.work, one));
    }
    await this.store.add(parts, events);
  }

  private async write(
    due: readonly PaidOutLoan[],
    settled: readonly Settled[],
    since: ReadonlyMap<string, BusinessDate>,
  ): Promise<void> {
    const done = new Set(settled.map(({ loan }) => loan.id));
    const ids = due.map(({ id }) => id);
    const stretch = { first: ids[0]!, last: ids[ids.length - 1]! };
    const left = ids.filter((id) => !done.has(id));
    await this.store.book(stretch, left, settled.length);
    const owing = new Map<BusinessDate | null, string[]>();
    for (const { loan } of settled) {
      const day = since.get(loan.id) ?? null;
      if (day !== loan.ownDueSince) owing.set(day, [...(owing.get(day) ?? []), loan.id]);
    }
    for (const [day, ids] of owing) await this.store.oweSince(day, ids);
  }
}

/**
 * What the settlement of a loan does when it is the next thing in its life and books one period; null otherwise.
 * `booked`: the parts of the period, voided ones among them.
 */
function plainSettlement(
  loan: PaidOutLoan,
  booked: readonly LoanInterest[],
  period: SettlementPeriod,
): Settled | null {
  if (loan.bookedUntil < period.from || loan.writtenOffOn) return null;
  if (booked.some(({ voidedBy }) => voidedBy !== null)) return null;
  const before = lifeNow(loan, booked);
  const fact = settlementFact(period.to);
  if (!comesLast(before, fact)) return null;
  const { life, outcome } = step(before, fact, lifeTerms(loan));
  return outcome.booked.length === 0 ? null : { loan, outcome, life };
}

/** Whether nothing changes but what the statements write. */
function changesNoMore({ loan, life }: Settled, ownDueSince: BusinessDate | null): boolean {
  const changes = changesTo(loan, life, ownDueSince);
  for (const name in changes) {
    const field = name as keyof LoanChanges;
    if (!WRITTEN.has(field) && changes[field] !== loan[field]) return false;
  }
  return true;
}

function partOf({ loan, outcome }: Settled, part: InterestPart, entryKey: string): LoanInterest {
  return {
    loanId: loan.id,
    periodCode: part.periodCode,
    kind: part.kind,
    partNo: part.partNo,
    fromOn: part.fromOn,
    untilOn: part.untilOn,
    days: part.days,
    principalFen: part.principalFen,
    amountFen: part.amountFen,
    bookedOn: outcome.fact.on,
    entryKey,
    correctionId: null,
    voidedBy: null,
    standingFromOn: part.fromOn,
  };
}

function eventOf(work: Work, { loan, outcome }: Settled): LoanEvent {
  const id = work.newId();
  const { interestFen, penaltyFen } = sumOfParts(outcome.booked);
  return {
    id,
    loanId: loan.id,
    bankId: loan.bankId,
    naturalKey: settlementOf(loan, outcome).naturalKey,
    kind: 'settlement',
    happenedOn: outcome.fact.on,
    amountFen: addFen(interestFen, penaltyFen),
    principalFen: ZERO_FEN,
    interestFen,
    penaltyFen,
    overpaidFen: ZERO_FEN,
    outstandingAfterFen: outcome.outstandingAfterFen,
    causedBy: work.actor.id,
    recordedAt: work.now,
    originId: id,
    revision: 1,
    detail: null,
    entryKey: null,
    correctionId: null,
    voidedBy: null,
  };
}
