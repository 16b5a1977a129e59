/**
 * Computing the ratings of collected files, one or a thousand: the same loading, the same rules and the same
 * rows. A file that cannot be rated yet (too few sheets, an item left out) is given back with its reason.
 */
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import { type NewRating, newRating } from './new-rating';
import type { Rating } from './rating.entity';
import type { RatingCase } from './rating-case.entity';
import { CaseStore } from './rating-case.store';
import { loadFacts, type RatableCase } from './rating-facts.queries';
import { RatingStore } from './ratings.store';

/** What became of one file. */
export type Computed =
  | { ratingCase: RatingCase; rating: Rating; problem: null }
  | { ratingCase: RatingCase; rating: null; problem: Problem };

/**
 * Computes files that are collecting, in their order. Fit for a few hundred at a time. What is reported to the
 * audit is left to the caller (`recordComputed`).
 * @throws Problem platform.stale when one of them is not collecting any more
 */
export async function computeCases(work: Work, cases: readonly RatingCase[]): Promise<Computed[]> {
  const store = new CaseStore(work);
  await store.take(cases);
  const made = (await loadFacts(work.tx, cases, work.today)).map((one) => tryRating(work, one));
  const ratings = made.flatMap(({ rows }) => (rows ? [rows] : []));
  await store.giveBack(made.flatMap(({ rows, ratingCase }) => (rows ? [] : [ratingCase.id])));
  if (ratings.length > 0) await new RatingStore(work).proposeMany(ratings);
  return made.map(({ ratingCase, rows, problem }) =>
    rows
      ? { ratingCase, rating: rows.rating, problem: null }
      : { ratingCase, rating: null, problem: problem as Problem },
  );
}

interface Made {
  ratingCase: RatingCase;
  rows: NewRating | null;
  problem: Problem | null;
}

function tryRating(work: Work, { card, facts }: RatableCase): Made {
  const { ratingCase } = facts;
  try {
    return { ratingCase, rows: newRating(work, card, facts), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ratingCase, rows: null, problem: error };
  }
}

/** Tells the audit of a computed rating. */
export function recordComputed(work: Work, rating: Rating): void {
  const { scoreHundredths, firstGrade, grade, lineFen, contentDigest } = rating;
  work.record({
    subject: { kind: 'rating', id: rating.id },
    related: [
      { kind: 'household', id: rating.householdId },
      { kind: 'rating-case', id: rating.caseId as string },
      { kind: 'policy-row', id: rating.scorecardRowId },
    ],
    after: { state: 'proposed', contentDigest, scoreHundredths, firstGrade, grade, lineFen },
  });
}
