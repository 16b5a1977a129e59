/**
 * The long task that tries a proposed scorecard: what went into every rating in force, as it was frozen, rated under the
 * new card. It only reads, and keeps its result in one step; killed before that, it begins anew.
 */
import { regionPrefix } from '../platform/authority';
import type { Sql } from '../platform/db/database';
import { defineTask } from '../platform/jobs/task';
import { policyRow, proposedRow } from '../policy';
import { type CardChange, compareCards } from './card-changes';
import { keepSimulation } from './card-simulation.store';
import { Trial } from './card-trial';
import { countUnfrozen, type FrozenRating, frozenRatings } from './frozen-ratings.queries';
import { CreditProblem } from './problems';
import { rate } from './rating';
import type { Scorecard } from './scorecard';
import { scorecardParameter } from './scorecard-parameter';

/** Ratings read at a time; their content is some kilobytes each. */
const CHUNK = 500;

export const cardSimulating = defineTask({
  name: 'credit.simulate-card',
  title: '试算评分表',
  run: async (job) => {
    const sql = job.platform.db.reader();
    const { id: rowId } = job.task.subject;
    const row = await proposedRow(sql, scorecardParameter, rowId);
    if (!row) throw CreditProblem.cardNotProposed();
    const trial = new Trial(row.value);
    const place = { regionPrefix: regionPrefix(row.region), date: job.platform.clock.today() };
    for (let after = ''; ; ) {
      const ratings = await frozenRatings(sql, { ...place, after, limit: CHUNK });
      for (const one of ratings) trial.add(one.regionCode, await changeOf(sql, row.value, one));
      await job.beat({ done: trial.sums.households });
      const last = ratings.at(-1);
      if (!last) break;
      after = last.id;
    }
    const detail = trial.detail(await countUnfrozen(sql, place));
    await job.step(async (work) => {
      const id = work.newId();
      await keepSimulation(work, {
        id,
        policyRowId: rowId,
        contentDigest: row.contentDigest,
        regionCode: row.region,
        asOf: place.date,
        ...trial.sums,
        result: detail,
        madeBy: work.actor.id,
        madeByName: work.actor.name,
      });
      work.record({
        subject: { kind: 'card-simulation', id },
        related: [{ kind: 'policy-row', id: rowId }],
        after: { contentDigest: row.contentDigest, ...trial.sums },
      });
      return { checkpoint: null, done: trial.sums.households, total: trial.sums.households };
    });
    const { households, upgraded, downgraded } = trial.sums;
    return `试算 ${households} 户，升级 ${upgraded} 户，降级 ${downgraded} 户`;
  },
});

/** With what the township found: a ground that it confirmed holds under either card that lists it. */
async function changeOf(sql: Sql, newCard: Scorecard, one: FrozenRating): Promise<CardChange> {
  const { findings, evidence } = one;
  if (findings.length === 0) return compareCards(one.result, newCard, one.inputs, evidence);
  const inputs = { ...one.inputs, findings };
  const own = await policyRow(sql, scorecardParameter, one.scorecardRowId);
  return compareCards(rate(own.value, inputs, evidence), newCard, inputs, evidence);
}
