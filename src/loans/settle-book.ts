/**
 * The quarterly settlement of the whole book, thousands of loans at a time: the same rules as for one loan (life.ts),
 * but rows are loaded, and written, for a chunk at once, and the bank's book gets one entry for all of them.
 *
 * Laws:
 * - The interest is computed here, loan by loan, in exact integers; statements only carry it.
 * - A loan is settled here only when its settlement books one period and changes nothing but its dues, its dates and
 *   since when its own interest is open. Every other one (missed settlement days, events after the settlement day, a
 *   corrected period) is left to the act, which knows how.
 * - The entry of a chunk has the lines that the loans' own entries would have, in order of the loans; a later
 *   correction of one loan mirrors that loan's part of it.
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
import { maybeQuiet, type QuietFace, quietInterest } from './quiet-loan';
import { settlementFact } from './replay';
import { Batches } from './settle-batches';
import { SettleBookStore, type Stretch } from './settle-book.store';
import { step } from './step';

/** Loans that are not quiet are held in memory so many at a time. */
const PIECE = 500;

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
  const period = settlementPeriodOf(date);
  const store = new SettleBookStore(work, period);
  const due = await store.due(after, size);
  if (due.length === 0) return { next: null, count: 0 };
  const stretch = { first: due[0]!.id, last: due[due.length - 1]!.id };
  const settlement = new BookSettlement(work, store, period, stretch);
  const quiet = await quietAmong(work, store, due, stretch, period);
  const loud = due.filter(({ id }) => !quiet.has(id)).map(({ id }) => id);
  if (quiet.size > 0) await settlement.settleQuiet([...quiet.values()], loud);
  for (let at = 0; at < loud.length; at += PIECE) {
    await settlement.settleLoud(loud.slice(at, at + PIECE));
  }
  const done = await settlement.finish();
  return { next: due.length < size ? null : stretch.last, ...done };
}

/** The quiet ones among the loans due, by key. */
async function quietAmong(
  work: Work,
  store: SettleBookStore,
  due: readonly QuietFace[],
  stretch: Stretch,
  period: SettlementPeriod,
): Promise<Map<string, QuietFace>> {
  const restless = await store.restless(stretch);
  const maybe = due.filter((loan) => !restless.has(loan.id) && maybeQuiet(loan, period));
  const subsidy = new ExpectedSubsidy(work.tx);
  const borne = await borneWholly(subsidy, maybe, period.untilExclusive);
  return new Map(maybe.filter(({ id }) => borne.has(id)).map((loan) => [loan.id, loan]));
}

/** The settlement of one chunk. */
class BookSettlement {
  private readonly batches: Batches;

  constructor(
    private readonly work: Work,
    private readonly store: SettleBookStore,
    private readonly period: SettlementPeriod,
    private readonly stretch: Stretch,
  ) {
    this.batches = new Batches(period, stretch.first);
  }

  /** Settles quiet loans by statements. `loud`: the other loans of the chunk. */
  async settleQuiet(quiet: readonly QuietFace[], loud: readonly string[]): Promise<void> {
    const { stretch, store } = this;
    for (const loan of quiet) {
      this.batches.addQuiet(loan, quietInterest(loan, this.period.untilExclusive));
    }
    await store.addInterest(stretch, loud, this.batches.head);
    const booked = await store.addEvents(stretch, {
      ...{ keys: this.batches.keys(), count: quiet.length },
    });
    check(booked === this.batches.sum(), 'Statements book the interest that the rule computes.');
    await store.book(stretch, loud, quiet.length);
  }

  /** Settles loans that are not quiet, but those whose settlement does more than to book one period. */
  async settleLoud(ids: readonly string[]): Promise<void> {
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

  /** Posts the entries, and tells what was done. */
  async finish(): Promise<{ count: number; deeds: ChunkDeed[] }> {
    await postEntries(this.work, this.batches.entries());
    return { count: this.batches.count(), deeds: this.batches.deeds() };
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
