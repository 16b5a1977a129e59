/** A computed round with ratings of every sort, for the tests of what is signed in bulk. */
import { computeRound } from '../../src/credit/compute-round';
import type { RatingInputs } from '../../src/credit/rating-content';
import { listRunItems } from '../../src/credit/round-runs.queries';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { inputsOf, type People, people, records } from './bank';
import { NO_LOANS } from './cards';
import { aRound, fillIn, runTasks } from './rounds';

/** Households by what is special about them. */
export interface Village {
  by: People;
  roundId: string;
  /** Two households on which there is nothing to be found. */
  plain: string[];
  /** An appraiser raised a ground of veto. */
  raised: string;
  /** The loan book knows a bad loan: the computed grade is not the first one. */
  bad: string;
}

/** Inputs in which one appraiser raises a ground of veto. */
export function withVeto(): RatingInputs {
  const inputs = inputsOf();
  const [first] = inputs.appraisals;
  if (first) first.veto = { code: 'WILFUL_DEFAULT', reason: '借钱不还' };
  return inputs;
}

/** Opens a round of a village, fills in its four files and computes them. */
export async function aComputedRound(county: County, regionCode: string): Promise<Village> {
  const by = people(county);
  const homes: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    homes.push((await aHousehold(county, undefined, { regionCode })).householdId);
  }
  const [raised, bad, ...plain] = homes as [string, string, ...string[]];
  records.set(bad, { ...NO_LOANS, loans: 1, unsettledBad: true });
  const { roundId } = await aRound(county, { region: regionCode });
  for (const householdId of homes) {
    const inputs = householdId === raised ? withVeto() : inputsOf();
    await fillIn(county, householdId, { by, inputs });
  }
  await county.do(by.collector, computeRound, { roundId });
  await runTasks(county);
  return { by, roundId, plain, raised, bad };
}

/** State and stage of a household's rating, and what it says. */
export async function ratingOf(county: County, householdId: string) {
  const [rating] = await county.platform.db.reader().rows<{
    id: string;
    state: string;
    stage: string;
    grade: string;
    lineFen: number;
    contentDigest: string;
  }>(
    `SELECT id, state, stage, grade, line_fen AS lineFen, content_digest AS contentDigest
       FROM rating WHERE household_id = :householdId ORDER BY id DESC LIMIT 1`,
    { householdId },
  );
  if (!rating) throw new Error(`household ${householdId} has no rating`);
  return rating;
}

/** Why records of a run were left, by household. */
export async function leftOf(county: County, { by }: Village, runId: string) {
  const { items } = await county.ask(by.reader, listRunItems, { runId, state: 'left' });
  return new Map(items.map((item) => [item.householdId, item.reason]));
}

/** The steps of a rating: which, how, and by whom. */
export function stepsOf(county: County, ratingId: string) {
  return county.platform.db
    .reader()
    .rows<{ step: string; outcome: string; person: string; digest: string }>(
      `SELECT step, outcome, person_name AS person, content_digest AS digest FROM rating_step
        WHERE rating_id = :ratingId ORDER BY seq`,
      { ratingId },
    );
}
