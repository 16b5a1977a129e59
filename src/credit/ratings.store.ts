/** What the acts of credit load and save. */
import { check } from '../platform/check';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { contentDigest, type RatingContent } from './rating';
import { Rating, RatingContentRow } from './rating.entity';

/** A rating as it is proposed: without what a decision adds. */
export type Proposal = Omit<
  Rating,
  | 'state'
  | 'decidedBy'
  | 'decidedByName'
  | 'decidedOn'
  | 'decisionReason'
  | 'validUntil'
  | 'supersededOn'
  | 'openKey'
  | 'currentKey'
  | 'contentDigest'
  | 'version'
>;

/** Loads and saves ratings within the work in hand. */
export class RatingStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.rating-absent */
  async get(id: string): Promise<Rating> {
    const found = await findRow(this.work.tx, Rating, { id });
    if (!found) throw CreditProblem.ratingAbsent();
    return found;
  }

  /** The proposed rating of a household, or null. */
  openOf(householdId: string): Promise<Rating | null> {
    return findRow(this.work.tx, Rating, { openKey: householdId });
  }

  /** The rating in force of a household, or null; it may have run out. */
  currentOf(householdId: string): Promise<Rating | null> {
    return findRow(this.work.tx, Rating, { currentKey: householdId });
  }

  /**
   * Inserts a proposed rating with its content.
   * @throws Problem credit.rating-open when another officer proposed one meanwhile.
   */
  async propose(row: Proposal, content: RatingContent): Promise<string> {
    const digest = contentDigest(content);
    try {
      await insertRow(this.work.tx, Rating, {
        ...row,
        state: 'proposed',
        openKey: row.householdId,
        currentKey: null,
        validUntil: null,
        supersededOn: null,
        decidedBy: null,
        decidedByName: null,
        decidedOn: null,
        decisionReason: null,
        contentDigest: digest,
        version: 1,
      });
    } catch (error) {
      if (isUniqueViolation(error, 'rating')) throw CreditProblem.ratingOpen();
      throw error;
    }
    const { inputs, evidence, result } = content;
    await insertRow(this.work.tx, RatingContentRow, { ratingId: row.id, inputs, evidence, result });
    return digest;
  }

  /**
   * The frozen content of a rating.
   * @throws CheckFailed when it no longer fits the digest under which it was proposed.
   */
  async content(rating: Rating): Promise<RatingContentRow> {
    const found = await findRow(this.work.tx, RatingContentRow, { ratingId: rating.id });
    check(found, `Rating ${rating.id} has no content`);
    const { householdId, scorecardRowId, ratedOn, ratedBy } = rating;
    const { inputs, evidence, result } = found;
    const content = { householdId, scorecardRowId, ratedOn, ratedBy, inputs, evidence, result };
    const intact =
      contentDigest(content) === rating.contentDigest &&
      result.scoreHundredths === rating.scoreHundredths &&
      result.grade === rating.grade &&
      result.lineFen === rating.lineFen;
    check(intact, `Rating ${rating.id} differs from what was proposed`);
    return found;
  }

  /** Changes a rating that is still as it was loaded. @throws Problem platform.stale */
  change(rating: Rating, changes: Partial<Omit<Rating, 'version'>>): Promise<Rating> {
    return updateVersioned(this.work.tx, Rating, rating, changes);
  }
}
