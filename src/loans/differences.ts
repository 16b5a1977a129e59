/**
 * What of a loan's booked history a replay leaves as it is, and what it does not. Events are compared by what they
 * did; interest by bookings (the parts of one entry), because an entry is reversed as a whole.
 */
import type { InterestPart } from './interest';
import { sumOfParts } from './interest';
import type { Outcome } from './life';
import type { LoanEvent, LoanInterest } from './loan.entity';

/** What is booked and stands. */
export interface Standing {
  events: readonly LoanEvent[];
  parts: readonly LoanInterest[];
}

/** What must be voided, and what booked anew. */
export interface Differences {
  goneEvents: LoanEvent[];
  goneBookings: LoanInterest[][];
  newEvents: Outcome[];
  newBookings: Outcome[];
}

/** Compares what stands with what the replay brought. */
export function differences(standing: Standing, outcomes: readonly Outcome[]): Differences {
  const events = new Map(standing.events.map((event) => [nameOfEvent(event), event]));
  const newEvents: Outcome[] = [];
  for (const outcome of outcomes) {
    const name = nameOf(outcome);
    const event = events.get(name);
    if (event && sameEvent(event, outcome)) events.delete(name);
    else newEvents.push(outcome);
  }
  const bookings = bookingsOf(standing.parts);
  const newBookings: Outcome[] = [];
  for (const outcome of outcomes) {
    if (outcome.booked.length === 0) continue;
    const text = textOf(outcome.booked);
    if (!bookings.delete(text)) newBookings.push(outcome);
  }
  const goneEvents = [...events.values()].filter(({ kind }) => kind !== 'disbursal');
  return { goneEvents, goneBookings: [...bookings.values()], newEvents, newBookings };
}

/** A settlement is known by its day, everything else by its origin. */
const nameOfEvent = ({ kind, happenedOn, originId }: LoanEvent) =>
  kind === 'settlement' ? `settlement ${happenedOn}` : originId;
const nameOf = ({ fact }: Outcome) =>
  fact.kind === 'settlement' ? `settlement ${fact.on}` : fact.originId;

function sameEvent(event: LoanEvent, outcome: Outcome): boolean {
  const settled = outcome.fact.kind === 'settlement';
  const { interestFen, penaltyFen } = settled ? sumOfParts(outcome.booked) : outcome;
  return (
    event.principalFen === outcome.principalFen &&
    event.interestFen === interestFen &&
    event.penaltyFen === penaltyFen &&
    event.overpaidFen === outcome.overpaidFen &&
    event.outstandingAfterFen === outcome.outstandingAfterFen
  );
}

/** Standing parts by their booking's text. Parts of one entry are one booking; without an entry, each is its own. */
function bookingsOf(parts: readonly LoanInterest[]): Map<string, LoanInterest[]> {
  const byEntry = new Map<string, LoanInterest[]>();
  for (const part of parts) {
    const name = part.entryKey ?? `${part.kind} ${part.fromOn}`;
    byEntry.set(name, [...(byEntry.get(name) ?? []), part]);
  }
  return new Map([...byEntry.values()].map((own) => [textOf(own), own]));
}

/** Days are booked once, so equal text is the same booking. */
function textOf(parts: readonly InterestPart[]): string {
  return parts
    .map((part) => [part.kind, part.fromOn, part.untilOn, part.principalFen, part.amountFen].join())
    .sort()
    .join(' ');
}
