/**
 * The chunks of a step over the whole book. A chunk, its entries of the audit, its checkpoint and its counts stand or
 * fall together under the token of the run.
 *
 * A chunk that fails because of one record is tried again in smaller pieces, until the record stands alone; that one
 * is left to the step's act, which reports it. So a bad record costs some transactions and never the night.
 */
import { appendEntry } from '../audit/append';
import { SYSTEM_ACTOR } from '../authority';
import type { BusinessDate } from '../dates';
import { openWork, type Platform, type Work } from '../work';
import { type JobRun, noteProgress, RunLost } from './job-run';
import type { BookStep, ChunkDeed, ChunkStep } from './step';
import { codeOf, isOfTheDatabase } from './trouble';

/** How a run does its chunks. */
export interface Chunking {
  run: JobRun;
  date: BusinessDate;
  /** Records of a chunk. */
  size: number;
  leaseMs: number;
  /** Called before each chunk; throws when the runner is to stop. */
  before: () => void;
}

/** A chunk that failed is cut into so many. */
const PIECES = 8;

/** Does all chunks after the checkpoint of the run. @throws RunLost; what a chunk throws that no record is to blame for */
export async function runChunks(
  platform: Platform,
  step: ChunkStep | BookStep,
  how: Chunking,
): Promise<void> {
  let after = how.run.checkpoint;
  let { size } = how;
  for (;;) {
    how.before();
    try {
      const next = await oneChunk(platform, step, how, after, size);
      if (next === null) return;
      after = next;
      size = Math.min(how.size, size * PIECES);
    } catch (error) {
      if (step.kind === 'chunks' || error instanceof RunLost || isOfTheDatabase(error)) throw error;
      const { date } = how;
      platform.log.warn({ step: step.name, date, size, code: codeOf(error) }, 'chunk failed');
      if (size > 1) {
        size = Math.ceil(size / PIECES);
        continue;
      }
      const [alone] = await step.due(platform.db.reader(), date, after, 1);
      if (alone === undefined) throw error;
      after = alone;
    }
  }
}

function oneChunk(
  platform: Platform,
  step: ChunkStep | BookStep,
  { run, date, leaseMs }: Chunking,
  after: string | null,
  size: number,
): Promise<string | null> {
  return platform.db.inTransaction(async (tx) => {
    const work = openWork(platform, tx, SYSTEM_ACTOR, `${step.name}/${date}`, date);
    const leaseUntil = work.now + leaseMs;
    // First of all, so that an instance that lost the run does not work in vain.
    await noteProgress(tx, run, { checkpoint: null, done: 0, failed: 0, leaseUntil });
    const { next, count, deeds = [] } = await step.chunk(work, date, after, size);
    for (const deed of deeds) await audit(work, step, deed);
    await noteProgress(tx, run, { checkpoint: next, done: count, failed: 0, leaseUntil });
    return next;
  });
}

function audit(work: Work, step: ChunkStep | BookStep, deed: ChunkDeed): Promise<void> {
  const { place, subject, related, done } = deed;
  return appendEntry(work, {
    ...{ act: step.name, title: step.title, outcome: 'done', problem: null },
    ...{ place, subject, related: [subject, ...related] },
    ...{ before: [], after: [done] },
    body: { input: { date: work.today }, answer: done },
  });
}

/** Where a run over a book stands when its chunks are done: how many records had an act, and the last of them. */
export interface Rest {
  alone: number;
  key: string;
}

const REST = /^rest\/(\d+)\/(.+)$/;

/** The rest as a checkpoint. */
export function markOfRest({ alone, key }: Rest): string {
  return `rest/${alone}/${key}`;
}

/** The rest that a checkpoint tells; null while chunks are being done. */
export function restOf(checkpoint: string | null): Rest | null {
  const [, alone, key] = REST.exec(checkpoint ?? '') ?? [];
  return key === undefined ? null : { alone: Number(alone), key };
}
