/**
 * Nightly steps as modules declare them. A step says which records are due on a business date and what is done
 * to each; when, in which order and how it is caught up is the runner's affair.
 */
import type { AnyAct } from '../act';
import type { Place } from '../authority';
import type { BusinessDate } from '../dates';
import type { Sql } from '../db/database';
import type { Subject, Work } from '../work';

interface StepBase {
  /** `<module>.<what>`; stable, it is half of the key of the run's row. */
  readonly name: string;
  readonly title: string;
  /** Why the step stands where it stands in `src/nightly.ts`. */
  readonly reason: string;
  /** Dates on which the step has something to do; every date when absent. */
  readonly when?: (date: BusinessDate) => boolean;
}

/** Needs judgement: one act, one transaction per record. One bad record is reported and passed over. */
export interface RecordStep extends StepBase {
  readonly kind: 'records';
  /** Keys of due records greater than `after`, ascending, at most `limit`. */
  readonly due: (
    sql: Sql,
    date: BusinessDate,
    after: string | null,
    limit: number,
  ) => Promise<string[]>;
  readonly act: AnyAct;
  readonly input: (key: string, date: BusinessDate) => unknown;
}

/** What a chunk did at one place, for the audit: one entry, in the chunk's transaction. */
export interface ChunkDeed {
  readonly place: Place;
  readonly subject: Subject;
  /** The records in whose story it stands. */
  readonly related: readonly Subject[];
  /** In figures, plain JSON without personal data. */
  readonly done: object;
}

/** What a chunk did: `next` is the last key it saw, null when nothing is left. */
export interface ChunkDone {
  readonly next: string | null;
  readonly count: number;
  readonly deeds?: readonly ChunkDeed[];
}

type DoChunk = (
  work: Work,
  date: BusinessDate,
  after: string | null,
  size: number,
) => Promise<ChunkDone>;

/** Works over the whole book by statements, a chunk and its checkpoint in one transaction. */
export interface ChunkStep extends StepBase {
  readonly kind: 'chunks';
  /** Does the records after the key `after`. */
  readonly chunk: DoChunk;
}

/**
 * Works over the whole book by statements where the records are plain, and by an act where one is not: a chunk does
 * the plain ones and leaves the others, which are still due when all chunks are done and are then done one by one.
 */
export interface BookStep extends Omit<RecordStep, 'kind'> {
  readonly kind: 'book';
  /** Does the plain ones of the next `size` due records after the key `after`. */
  readonly chunk: DoChunk;
}

/** One piece of work in one transaction: a proof, a daily head, a report. It throws when the proof fails. */
export interface OnceStep extends StepBase {
  readonly kind: 'once';
  readonly run: (work: Work, date: BusinessDate) => Promise<{ count: number; note?: string }>;
}

export type Step = RecordStep | ChunkStep | BookStep | OnceStep;
