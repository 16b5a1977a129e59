/**
 * The work in hand: what an act or a nightly step may touch while its transaction is open. A store cannot be
 * built without it, so a query of an act outside a transaction does not compile.
 */
import type { Actor, Authority } from './authority';
import type { Clock, Instant } from './clock';
import type { FieldCrypto } from './crypto/field-crypto';
import type { BusinessDate } from './dates';
import type { Database, Tx } from './db/database';
import type { Events, EventType } from './events';
import type { Log } from './log';
import type { Problem } from './problems';

/** What one running service consists of; made in `src/app.ts`, read by the pipeline, the jobs and HTTP. */
export interface Platform {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly crypto: FieldCrypto;
  readonly events: Events<Work>;
  readonly log: Log;
  readonly authority: Authority;
  /** True in tests and development: every answer is checked against its declared shape. */
  readonly checkAnswers: boolean;
}

/** A record that an act dealt with, for the audit: its kind and id. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** One change to report to the audit. `before`/`after` are plain JSON without clear personal data. */
export interface Change {
  readonly subject: Subject;
  /** Other records whose story this belongs to (the household of a loan, say). */
  readonly related?: readonly Subject[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The work in hand. */
export interface Work {
  readonly tx: Tx;
  readonly actor: Actor;
  /** The instant at which this try of the act began. */
  readonly now: Instant;
  /** The business date; in a nightly step the date of the night, whatever the clock says. */
  readonly today: BusinessDate;
  readonly requestId: string;
  readonly crypto: FieldCrypto;
  newId(): string;
  /** Tells what happened to whoever listens, within this transaction. */
  emit<T>(event: EventType<T>, payload: T): Promise<void>;
  /** Reports a change to the audit entry of this act; the first one names its main subject. */
  record(change: Change): void;
  /** Commits what was done and then answers with this problem (a failed sign-in is counted AND refused). */
  refuseAfterCommit(problem: Problem): void;
}

/** The work as its makers see it: with what was reported so far. */
export interface OpenWork extends Work {
  readonly changes: Change[];
  refusal: Problem | null;
}

/** Builds the work for one try of one transaction. `today` is given by nights, else read from the clock. */
export function openWork(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  requestId: string,
  today?: BusinessDate,
): OpenWork {
  const work: OpenWork = {
    tx,
    actor,
    requestId,
    now: platform.clock.now(),
    today: today ?? platform.clock.today(),
    crypto: platform.crypto,
    changes: [],
    refusal: null,
    newId: platform.newId,
    emit: (event, payload) => platform.events.emit(work, event, payload),
    record: (change) => {
      work.changes.push(change);
    },
    refuseAfterCommit: (problem) => {
      work.refusal = problem;
    },
  };
  return work;
}
