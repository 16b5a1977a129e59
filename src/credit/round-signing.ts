/**
 * The long tasks that sign the ratings of a run, a few in a transaction: each goes through the act of a single rating,
 * so that nothing passes here that would not pass there. A rating that somebody changed since it was shown is left.
 */
import type { Act } from '../platform/act';
import { covers, type Place } from '../platform/authority';
import { defineTask, type TaskKind } from '../platform/jobs/task';
import { PlatformProblem, Problem } from '../platform/problems';
import { requirePermission } from '../platform/query';
import type { Work } from '../platform/work';
import { checkTownship } from './check-township';
import { decide } from './decide';
import type { StepInput } from './decision';
import { reviewVillage } from './review-village';
import { ROUND_STEP_NAMES, type SigningStep } from './round';
import type { RoundRunItem } from './round.entity';
import { runOf } from './round-computing';
import { RunStore } from './round-run.store';

/** Ratings a transaction. Each writes some ten rows, and other officers wait for them. */
const CHUNK = 50;

/** A refusal: why a rating is left. */
type Refused = { item: RoundRunItem; problem: Problem };

function signing<I extends StepInput, L extends Place, R>(
  step: SigningStep,
  act: Act<I, L, R>,
  inputOf: (bound: StepInput) => I,
): TaskKind {
  const sign = (work: Work, item: RoundRunItem) =>
    signOne(
      work,
      act,
      inputOf({ ratingId: item.recordId, contentDigest: item.contentDigest ?? '' }),
    );
  return defineTask({
    name: `credit.round-${step}`,
    title: ROUND_STEP_NAMES[step],
    run: async (job) => {
      const run = await runOf(job);
      let more = true;
      while (more) {
        more =
          (await job.step(async (work) => {
            requirePermission(work.actor, act.permission);
            const { all, left } = await signChunk(work, run.id, sign);
            return {
              ...{ checkpoint: null, done: all - left, failed: left },
              value: all > 0,
            };
          })) === true;
      }
      return `已办理 ${job.task.done} 户，未办理 ${job.task.failed} 户`;
    },
  });
}

async function signChunk(
  work: Work,
  runId: string,
  sign: (work: Work, item: RoundRunItem) => Promise<Problem | null>,
): Promise<{ all: number; left: number }> {
  const store = new RunStore(work);
  const items = await store.waitingItems(runId, CHUNK);
  const refused: Refused[] = [];
  for (const item of items) {
    const problem = await sign(work, item);
    if (problem) refused.push({ item, problem });
  }
  for (const { item, problem } of refused) {
    const detail = (problem.info.detail ?? problem.title).slice(0, 500);
    await store.noteLeft(runId, item.recordId, problem.code, detail);
  }
  const left = new Set(refused.map(({ item }) => item));
  await store.noteDone(
    runId,
    items.flatMap((item) => (left.has(item) ? [] : [item.recordId])),
  );
  return { all: items.length, left: refused.length };
}

/**
 * Signs one rating as its act does: place, duty, steps. The acts refuse before they write, so a refusal leaves the
 * rating as it is; what was changed by another between reading and writing is done anew by the task.
 */
async function signOne<I, L extends Place, R>(
  work: Work,
  act: Act<I, L, R>,
  input: I,
): Promise<Problem | null> {
  try {
    const at = await act.locate(work, input);
    if (!covers(work.actor, at)) return PlatformProblem.absent();
    await act.duty?.(work, input, at);
    await act.run(work, input, at, undefined);
    return null;
  } catch (error) {
    if (error instanceof Problem && error.code !== PlatformProblem.stale().code) return error;
    throw error;
  }
}

export const roundReviewing = signing('village', reviewVillage, (bound) => ({
  ...bound,
  outcome: 'agree' as const,
}));

export const roundChecking = signing('township', checkTownship, (bound) => ({
  ...bound,
  outcome: 'agree' as const,
  findings: [],
}));

export const roundGranting = signing('decide', decide, (bound) => ({
  ...bound,
  outcome: 'confirm' as const,
}));
