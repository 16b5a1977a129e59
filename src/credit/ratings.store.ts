/** What the acts of credit load and save of ratings. */
import { check } from '../platform/check';
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import { PlatformProblem } from '../platform/problems';
import type { Work } from '../platform/work';
import type { NewRating } from './new-rating';
import { CreditProblem } from './problems';
import { Rating, RatingContentRow, RatingStep } from './rating.entity';
import { contentDigest, type VetoFinding } from './rating-content';

/** A step as an act reports it; person, body and time are those of the work. */
export type NewStep = Pick<RatingStep, 'step' | 'outcome' | 'grade' | 'lineFen'> &
  Partial<Pick<RatingStep, 'reason' | 'findings'>>;

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
   * Inserts proposed ratings with their content and first step.
   * @throws Problem credit.rating-open when a household has one already
   */
  async proposeMany(ratings: readonly NewRating[]): Promise<void> {
    const { tx } = this.work;
    try {
      await insertRows(
        tx,
        Rating,
        ratings.map((one) => one.rating),
      );
    } catch (error) {
      if (isUniqueViolation(error, 'rating')) throw CreditProblem.ratingOpen();
      throw error;
    }
    await insertRows(
      tx,
      RatingContentRow,
      ratings.map((one) => one.content),
    );
    await insertRows(
      tx,
      RatingStep,
      ratings.map((one) => one.step),
    );
  }

  /** The steps of a rating, in their order; none of a rating from before there were steps. */
  steps(ratingId: string): Promise<RatingStep[]> {
    return listRows(this.work.tx, RatingStep, { ratingId });
  }

  /** Writes down a step upon the content that the rating has now. */
  async addStep(rating: Rating, step: NewStep): Promise<void> {
    const { tx, actor, today, now } = this.work;
    const taken = await this.steps(rating.id);
    await insertRow(tx, RatingStep, {
      reason: null,
      findings: null,
      ...step,
      ratingId: rating.id,
      seq: taken.length + 1,
      personId: actor.id,
      personName: actor.name,
      organisationId: actor.organisation?.id ?? null,
      contentDigest: rating.contentDigest,
      takenOn: today,
      takenAt: now,
    });
  }

  /**
   * The frozen content of a rating.
   * @throws CheckFailed when it no longer fits the digest under which it was proposed, or the figures of the
   * rating are not those of its last step; Problem platform.stale when somebody has signed since it was loaded.
   */
  async content(rating: Rating): Promise<RatingContentRow> {
    const found = await findRow(this.work.tx, RatingContentRow, { ratingId: rating.id });
    check(found, `Rating ${rating.id} has no content`);
    const { householdId, scorecardRowId, ratedOn, ratedBy } = rating;
    const { inputs, evidence, result } = found;
    const base = contentDigest({
      householdId,
      scorecardRowId,
      ratedOn,
      ratedBy,
      inputs,
      evidence,
      result,
    });
    const steps = await this.steps(rating.id);
    const findings = steps.flatMap((step) => step.findings ?? []);
    const last = steps.findLast((step) => step.step !== 'decide');
    const intact =
      boundDigest(base, findings) === rating.contentDigest &&
      result.scoreHundredths === rating.scoreHundredths &&
      (!last || (last.grade === rating.grade && last.lineFen === rating.lineFen));
    // Its steps are read after it: whoever signed in between has changed it too.
    if (!intact && (await this.changedSince(rating))) throw PlatformProblem.stale();
    check(intact, `Rating ${rating.id} differs from what was proposed`);
    return found;
  }

  private async changedSince({ id, version }: Rating): Promise<boolean> {
    const now = await findRow(this.work.tx, Rating, { id });
    return now?.version !== version;
  }

  /** Changes a rating that is still as it was loaded. @throws Problem platform.stale */
  change(rating: Rating, changes: Partial<Omit<Rating, 'version'>>): Promise<Rating> {
    return updateVersioned(this.work.tx, Rating, rating, changes);
  }
}

/** The digest that later steps sign: of the content, and of what the township found, once it found anything. */
export function boundDigest(content: string, findings: readonly VetoFinding[]): string {
  return findings.length === 0
    ? content
    : sm3Hex(canonical({ content, findings: JSON.parse(JSON.stringify(findings)) }));
}
