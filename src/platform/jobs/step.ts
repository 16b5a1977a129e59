/**
 * Nightly steps as modules declare them. A step says which records are due on a business date and what is done
 * to each; when, in which order and how it is caught up is the runner's affair.
 */
import type { AnyAct } from '../act';
import type { BusinessDate } from '../dates';
import type { Sql } from '../db/database';
import type { Work } from '../work';

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

/** Works over the whole book by statements, a chunk and its checkpoint in one transaction. */
export interface ChunkStep extends StepBase {
  readonly kind: 'chunks';
  /** Does the records after the key `after`; `next` is the last key done, null when nothing is left. */
  readonly chunk: (
    work: Work,
    date: BusinessDate,
    after: string | null,
    size: number,
  ) => Promise<{ next: string | null; count: number }>;
}

/** One piece of work in one transaction: a proof, a daily head, a report. It throws when the proof fails. */
export interface OnceStep extends StepBase {
  readonly kind: 'once';
  readonly run: (work: Work, date: BusinessDate) => Promise<{ count: number; note?: string }>;
}

export type Step = RecordStep | ChunkStep | OnceStep;
