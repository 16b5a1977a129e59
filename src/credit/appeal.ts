/**
 * What can be appealed against, and who had a part in it: a rating with all who signed it, or a change of the line
 * that took something away, with those who made it and those who signed the rating it rests on.
 */
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import type { CreditAppeal } from './appeal.entity';
import { AppealStore } from './appeal.store';
import type { LineCause } from './credit-line.entity';
import { CreditProblem } from './problems';
import { ratingSigners } from './ratings.queries';

/** Changes of a line that a household may appeal against. */
const APPEALABLE: readonly LineCause[] = ['LOWER', 'FREEZE', 'CANCEL', 'REVIEW'];

/** A decision that can be appealed against. */
export interface Decision {
  madeOn: BusinessDate;
  /** The rating itself, or the one on which the line rests. */
  ratingId: string;
  /** Ids of all who had a part in it. */
  signers: readonly string[];
}

/** What an appeal is against: a rating, or a period of the line. */
export type Against = Pick<CreditAppeal, 'householdId' | 'ratingId' | 'lineSeq'>;

/** The decision appealed against. @throws Problem credit.appeal-against when the household has none such. */
export async function decisionOf(work: Work, against: Against): Promise<Decision> {
  const { householdId, ratingId, lineSeq } = against;
  const store = new AppealStore(work);
  if (ratingId !== null) {
    const rating = await store.rating(householdId, ratingId);
    if (!rating) throw CreditProblem.appealAgainst();
    const madeOn = rating.decidedOn ?? rating.ratedOn;
    return { madeOn, ratingId, signers: await signersOf(work, ratingId) };
  }
  const period = await store.period(householdId, lineSeq ?? 0);
  if (!period || !APPEALABLE.includes(period.cause)) throw CreditProblem.appealAgainst();
  const own = period.otherBy ? [period.madeBy, period.otherBy] : [period.madeBy];
  const signers = [...own, ...(await signersOf(work, period.ratingId))];
  return { madeOn: period.madeOn, ratingId: period.ratingId, signers };
}

async function signersOf(work: Work, ratingId: string): Promise<string[]> {
  const signers = await ratingSigners(work.tx, ratingId);
  return signers.map(({ personId }) => personId);
}
