/** The long task that computes the files of a round: some hundreds in a transaction, by the rule of a single file. */
import { regionPrefix } from '../platform/authority';
import { findRow } from '../platform/db/store';
import { defineTask, type TaskInHand } from '../platform/jobs/task';
import { requirePermission } from '../platform/query';
import type { Work } from '../platform/work';
import { type Computed, computeCases, recordComputed } from './compute-cases';
import { CreditProblem } from './problems';
import { RoundRun, type RoundRunItem } from './round.entity';
import { RoundStore } from './round.store';
import { RunStore } from './round-run.store';

/** Files a transaction: enough that statements are few, few enough that it is over in about a second. */
const CHUNK = 500;

/** The run that a task works on. */
export async function runOf(job: TaskInHand): Promise<RoundRun> {
  const { platform, task } = job;
  const run = await findRow(platform.db.reader(), RoundRun, { id: task.subject.id });
  if (!run) throw CreditProblem.runAbsent();
  return run;
}

export const roundComputing = defineTask({
  name: 'credit.compute-round',
  title: '批量测算评级',
  run: async (job) => {
    const run = await runOf(job);
    let more = true;
    while (more) {
      const after = job.task.checkpoint ?? '';
      more =
        (await job.step(async (work) => {
          requirePermission(work.actor, 'credit.compute');
          const computed = await computeChunk(work, run, after);
          const left = await keepLeft(work, run.id, computed);
          return {
            checkpoint: computed.at(-1)?.ratingCase.id ?? null,
            done: computed.length - left,
            failed: left,
            value: computed.length > 0,
          };
        })) === true;
    }
    return `测算 ${job.task.done} 户，未齐备 ${job.task.failed} 户`;
  },
});

async function computeChunk(work: Work, run: RoundRun, after: string): Promise<Computed[]> {
  const asked = { prefix: regionPrefix(run.regionCode), after, limit: CHUNK };
  const files = await new RoundStore(work).collecting(run.roundId, asked);
  if (files.length === 0) return [];
  const computed = await computeCases(work, files);
  for (const { rating } of computed) if (rating) recordComputed(work, rating);
  return computed;
}

/** Keeps what could not be computed, with what is missing; returns how many. */
async function keepLeft(work: Work, runId: string, computed: readonly Computed[]): Promise<number> {
  const items = computed.flatMap(({ ratingCase, problem }): RoundRunItem[] => {
    if (!problem) return [];
    const { id: recordId, householdId, householdCode, headName, regionCode } = ratingCase;
    const about = { recordId, householdId, householdCode, headName, regionCode };
    const detail = (problem.info.detail ?? problem.title).slice(0, 500);
    return [{ runId, ...about, contentDigest: null, state: 'left', reason: problem.code, detail }];
  });
  if (items.length > 0) await new RunStore(work).addItems(items);
  return items.length;
}
