/** The long task that opens the files of a round, household by household of the list of the day. */
import { type HouseholdFace, listedHouseholds } from '../households';
import { regionPrefix } from '../platform/authority';
import { RunAgain } from '../platform/db/database';
import { defineTask } from '../platform/jobs/task';
import { Problem } from '../platform/problems';
import { requirePermission } from '../platform/query';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { CreditProblem } from './problems';
import type { RatingCase } from './rating-case.entity';
import { CaseStore, newCase } from './rating-case.store';
import type { SkipReason } from './round';
import type { RatingRound } from './round.entity';
import { RoundStore } from './round.store';
import { scorecardParameter } from './scorecard-parameter';

/** Households a transaction. */
const CHUNK = 500;

export const roundOpening = defineTask({
  name: 'credit.open-round-cases',
  title: '为一轮评级建立档案',
  run: async (job) => {
    // By village, for the one day of the task: a step that is run again finds the same.
    const cards = new Map<string, string>();
    let more = true;
    while (more) {
      const after = job.task.checkpoint ?? '';
      more =
        (await job.step(async (work) => {
          requirePermission(work.actor, 'credit.open-round');
          const { opened, skipped, last } = await openChunk(
            work,
            job.task.subject.id,
            after,
            cards,
          );
          return { checkpoint: last, done: opened, failed: skipped, value: last !== null };
        })) === true;
    }
    return `建档 ${job.task.done} 户，未建档 ${job.task.failed} 户`;
  },
});

async function openChunk(work: Work, roundId: string, after: string, cards: Map<string, string>) {
  const rounds = new RoundStore(work);
  const round = await rounds.get(roundId);
  if (round.state !== 'open') throw CreditProblem.roundClosed();
  const households = await listedHouseholds(work.tx, {
    regionPrefix: regionPrefix(round.regionCode),
    date: work.today,
    after,
    limit: CHUNK,
  });
  const last = households.at(-1)?.id ?? null;
  if (last === null) return { opened: 0, skipped: 0, last };
  // The round is written, so that it cannot be closed while it gets files.
  await rounds.change(round, {});
  const barred = await rounds.barred(
    households.map(({ id }) => id),
    round.includeValid ? null : round.dueOn,
  );
  for (const { id, regionCode } of households) {
    const other = (await cardOf(work, regionCode, cards)) !== round.scorecardRowId;
    if (other && !barred.has(id)) barred.set(id, 'OTHER-CARD');
  }
  const skipped = households.flatMap((household) => {
    const reason: SkipReason | undefined = barred.get(household.id);
    return reason ? [{ ...household, reason }] : [];
  });
  await rounds.skip(round.id, skipped);
  const free = households.filter(({ id }) => !barred.has(id));
  await openFiles(work, round, free);
  return { opened: free.length, skipped: skipped.length, last };
}

async function openFiles(work: Work, round: RatingRound, households: readonly HouseholdFace[]) {
  const { scorecardRowId } = round;
  const files: RatingCase[] = households.map((household) =>
    newCase(work, household, scorecardRowId, round.id),
  );
  try {
    await new CaseStore(work).open(files);
  } catch (error) {
    // Somebody opened a file of one of them by hand, after we had looked.
    const lost = error instanceof Problem && error.code === CreditProblem.ratingOpen().code;
    throw lost ? new RunAgain('A file was opened meanwhile', { cause: error }) : error;
  }
  for (const { id, householdId } of files) {
    work.record({
      subject: { kind: 'rating-case', id },
      related: [
        { kind: 'household', id: householdId },
        { kind: 'rating-round', id: round.id },
      ],
      after: { state: 'collecting', scorecardRowId },
    });
  }
}

/** The card that rules in a village on the day of the task. */
async function cardOf(work: Work, region: string, cards: Map<string, string>): Promise<string> {
  const known = cards.get(region);
  if (known !== undefined) return known;
  const { rowId } = await policyAsOf(work.tx, scorecardParameter, { region, date: work.today });
  cards.set(region, rowId);
  return rowId;
}
