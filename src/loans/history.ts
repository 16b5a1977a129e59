/**
 * The one way in which something happens to a loan: an event is entered at the end of its life, or, when it is dated
 * before what is booked, the loan is replayed with it; an event that was wrong is taken out and the loan is replayed
 * without it. What comes out otherwise than booked is voided and booked anew: rows stay beside what took their place,
 * and the book gets entries of today that mirror the old ones, pointing at them, and the new ones.
 */
import { addDays, type BusinessDate, maxDate, quarterOf } from '../platform/dates';
import { type Fen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { become } from './become';
import { Booker } from './booker';
import { differences, type Standing } from './differences';
import {
  beginning,
  comesLast,
  type Fact,
  Impossible,
  type Life,
  type LifeTerms,
  NO_PARTS,
  type Outcome,
} from './life';
import type { Loan, LoanCorrection, LoanEvent, LoanInterest } from './loan.entity';
import type { LoanStore } from './loan.store';
import { loanCorrected } from './loan-events';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';
import { replay, settleUpTo } from './replay';
import { step } from './step';

/** An event as an act tells it. */
export interface FactDraft extends Pick<Fact, 'kind' | 'on' | 'detail'> {
  amountFen?: Fen;
  /** Names the occasion, unique within the bank: `repayment/<bank reference>`. */
  naturalKey: string;
  /** For whoever reads the book; no personal data, at most 120 characters. */
  memo: string;
  /** Why it comes late; kept when it changes what was booked. */
  reason?: string;
}

/** What entering or reversing an event did. */
export interface Entered {
  loan: Loan;
  /** The event as it is booked; null after a reversal. */
  event: LoanEvent | null;
  /** The correction it took; null when nothing that was booked had to change. */
  correction: LoanCorrection | null;
}

/** The terms that no event changes. */
export function lifeTerms(loan: Pick<Loan, 'ratePpm' | 'basis' | 'terms'>): LifeTerms {
  const { ratePpm, basis, terms } = loan;
  return { ratePpm, basis, allocationOrder: terms.allocationOrder };
}

/** What an event was before it was known what it does. */
export function factOf({ originId, kind, happenedOn, amountFen, detail }: LoanEvent): Fact {
  return { originId, kind, on: happenedOn, amountFen, detail };
}

/** The beginning of a loan's life, and what happened since, settlements left out. */
export function factsOf(loan: PaidOutLoan, events: readonly LoanEvent[]): [Life, Fact[]] {
  const termination = events.find(({ kind }) => kind === 'termination');
  const begun = beginning({
    on: loan.disbursedOn,
    amountFen: loan.principalFen,
    maturesOn: loan.originalMaturesOn ?? loan.maturesOn,
    surchargePpm: termination?.detail?.surchargeBeforePpm ?? loan.surchargePpm,
  });
  const facts = events.filter(({ kind }) => kind !== 'settlement' && kind !== 'disbursal');
  return [begun, facts.map(factOf)];
}

/** The last day whose settlement is booked, or must be: every settlement day before today is. */
export function settledThrough(events: readonly LoanEvent[], today: BusinessDate): BusinessDate {
  const days = events.filter(({ kind }) => kind === 'settlement').map((one) => one.happenedOn);
  return maxDate(addDays(today, -1), ...days);
}

/** Books the payout of a loan, the beginning of its life. `paid`: the loan as it is then. */
export async function bookDisbursal(
  work: Work,
  store: LoanStore,
  paid: PaidOutLoan,
  told: { naturalKey: string; memo: string },
): Promise<void> {
  const booker = new Booker(work, store, paid, null);
  const fact: Fact = {
    ...{ originId: work.newId(), kind: 'disbursal', on: paid.disbursedOn },
    amountFen: paid.principalFen,
  };
  const outcome: Outcome = {
    ...{ fact, booked: [], interestFen: ZERO_FEN, penaltyFen: ZERO_FEN, overpaidFen: ZERO_FEN },
    ...{ principalFen: paid.principalFen, outstandingAfterFen: paid.principalFen },
  };
  await booker.book(outcome, told);
  await booker.finish();
}

/**
 * Enters an event.
 * @param loan as loaded by this act, under its lock.
 * @throws Problem loans.not-possible, loans.borrowed-since, platform.stale
 */
export async function enterEvent(
  work: Work,
  store: LoanStore,
  loan: PaidOutLoan,
  draft: FactDraft,
): Promise<Entered> {
  const fact: Fact = { amountFen: ZERO_FEN, ...draft, originId: work.newId() };
  const parts = await store.parts(loan.id, quarterOf(loan.bookedUntil));
  const life = lifeNow(loan, parts);
  // What was lost is told by the events only, so a loan that was written off is always replayed.
  if (!comesLast(life, fact) || loan.writtenOffOn) return late(work, store, loan, fact, draft);
  const terms = lifeTerms(loan);
  const settled = settleUpTo(life, fact.on, terms);
  const done = possible(() => step(settled.life, fact, terms));
  const booker = new Booker(work, store, loan, null);
  for (const outcome of settled.outcomes) await booker.book(outcome, settlementOf(loan, outcome));
  const event = await booker.book(done.outcome, draft);
  await booker.finish();
  return { loan: await become(work, store, loan, done.life), event, correction: null };
}

/**
 * Takes an event out and replays the loan without it.
 * @throws Problem loans.not-possible when what came later could not have happened without it; loans.borrowed-since,
 *   applications.household-busy when the loan would run again and the household has another since.
 */
export async function reverseEvent(
  work: Work,
  store: LoanStore,
  loan: PaidOutLoan,
  event: LoanEvent,
  reason: string,
): Promise<Entered> {
  const events = await store.events(loan.id);
  const kept = events.filter(({ originId }) => originId !== event.originId);
  const correction = correctionOf(work, loan, 'reversal', event.happenedOn, reason, {
    eventId: event.originId,
    recordedBy: event.causedBy,
  });
  return replayed(work, store, loan, { events, kept, entered: null, correction, draft: null });
}

function late(
  work: Work,
  store: LoanStore,
  loan: PaidOutLoan,
  fact: Fact,
  draft: FactDraft,
): Promise<Entered> {
  const reason = draft.reason ?? '补记较早的业务';
  const correction = correctionOf(work, loan, 'back-dated', fact.on, reason, {
    eventId: fact.originId,
    recordedBy: null,
  });
  return store
    .events(loan.id)
    .then((events) =>
      replayed(work, store, loan, { events, kept: events, entered: fact, correction, draft }),
    );
}

interface Replaying {
  events: LoanEvent[];
  kept: LoanEvent[];
  entered: Fact | null;
  correction: LoanCorrection;
  draft: FactDraft | null;
}

async function replayed(
  work: Work,
  store: LoanStore,
  loan: PaidOutLoan,
  { events, kept, entered, correction, draft }: Replaying,
): Promise<Entered> {
  const [begun, facts] = factsOf(loan, kept);
  const all = entered ? [...facts, entered] : facts;
  const through = settledThrough(events, work.today);
  const { life, outcomes } = possible(() => replay(begun, all, through, lifeTerms(loan)));
  const standing: Standing = { events, parts: await store.allParts(loan.id) };
  const { goneEvents, goneBookings, newEvents, newBookings } = differences(standing, outcomes);
  const overtaken = goneEvents.length + goneBookings.length > 0;
  const booker = new Booker(work, store, loan, overtaken ? correction : null);
  await booker.void(goneEvents, goneBookings);
  let event: LoanEvent | null = null;
  const beforeBy = new Map(events.map((one) => [one.originId, one]));
  const interestOf = new Set(newBookings);
  for (const outcome of newEvents) {
    const { fact } = outcome;
    const before = beforeBy.get(fact.originId);
    const told = before ?? (fact === entered && draft ? draft : settlementOf(loan, outcome));
    const booksInterest = interestOf.delete(outcome);
    const row = await booker.book(outcome, told, { before, booksInterest });
    if (fact === entered) event = row;
  }
  for (const outcome of interestOf) await booker.bookInterest(outcome);
  await booker.finish();
  if (overtaken) {
    const counted = { eventsVoided: goneEvents.length, eventsBooked: newEvents.length };
    await store.addCorrection({ ...correction, ...counted });
  }
  const after = await become(work, store, loan, life);
  const done = { loan: after, event, correction: overtaken ? correction : null };
  if (overtaken) {
    const changed = [...goneEvents, ...newEvents.map(({ fact }) => fact)].map(
      ({ originId }) => originId,
    );
    await work.emit(loanCorrected, {
      loanId: loan.id,
      correctionId: correction.id,
      from: correction.effectiveOn,
      eventIds: [...new Set(changed)],
    });
  }
  return done;
}

/** Turns what cannot have happened into a problem for the officer. */
function possible<T>(take: () => T): T {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    throw P.notPossible({ detail: `${error.fact.on}：${error.reason}` });
  }
}

/** A loan's life as its row tells it. `parts`: those of the period in progress. */
export function lifeNow(loan: PaidOutLoan, parts: readonly LoanInterest[]): Life {
  // Spelled out: a night makes a life of every loan of the book, and spreads cost ten times as much.
  return {
    outstandingFen: loan.outstandingFen,
    interestDueFen: loan.interestDueFen,
    penaltyDueFen: loan.penaltyDueFen,
    overpaidFen: loan.overpaidFen,
    lost: NO_PARTS,
    writtenOffFen: loan.writtenOffFen,
    recoveredFen: loan.recoveredFen,
    writtenOffOn: loan.writtenOffOn,
    compensatedOn: loan.compensatedOn,
    terminatedOn: loan.terminatedOn,
    settledOn: loan.settledOn,
    maturesOn: loan.maturesOn,
    surchargePpm: loan.surchargePpm,
    bookedUntil: loan.bookedUntil,
    lastBookingOn: loan.lastBookingOn,
    parts,
  };
}

/** The settlement of a day, as it is told. */
export function settlementOf(
  loan: Pick<Loan, 'id' | 'number'>,
  { fact }: Outcome,
): Pick<FactDraft, 'naturalKey' | 'memo'> {
  return {
    naturalKey: `settlement/${quarterOf(fact.on)}/${loan.id}`,
    memo: `合同 ${loan.number} 结息`,
  };
}

function correctionOf(
  work: Work,
  loan: Loan,
  kind: LoanCorrection['kind'],
  effectiveOn: BusinessDate,
  reason: string,
  { eventId, recordedBy }: Pick<LoanCorrection, 'eventId' | 'recordedBy'>,
): LoanCorrection {
  return {
    id: work.newId(),
    loanId: loan.id,
    ...{ kind, eventId, effectiveOn, reason, recordedBy },
    correctedOn: work.today,
    correctedBy: work.actor.id,
    correctedAt: work.now,
    ...{ eventsVoided: 0, eventsBooked: 0 },
  };
}
