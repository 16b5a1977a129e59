/**
 * A rating comes into force: the one before is superseded from this day on and keeps its days, the file is
 * closed, and the household gets its line.
 */
import { addDays, addMonths } from '../platform/dates';
import type { Fen } from '../platform/money';
import type { Work } from '../platform/work';
import { grantLine } from './credit-line.store';
import { bankOf, endCase, recordStep } from './decision';
import type { Rating } from './rating.entity';
import { type NewStep, RatingStore } from './ratings.store';

/** What the bank grants. */
export interface Granted {
  grade: string;
  gradeName: string;
  lineFen: Fen;
}

/** Puts a proposed rating into force as the bank decided and returns it as it is now. */
export async function putInForce(
  work: Work,
  rating: Rating,
  granted: Granted,
  step: Pick<NewStep, 'step' | 'outcome' | 'reason'>,
): Promise<Rating> {
  const store = new RatingStore(work);
  const bankId = bankOf(work);
  const former = await store.currentOf(rating.householdId);
  if (former) {
    await store.change(former, {
      state: 'superseded',
      supersededOn: work.today,
      currentKey: null,
    });
  }
  // First day in, last day in: 24 months from 1 March 2018 end on 29 February 2020.
  const validUntil = addDays(addMonths(work.today, rating.validityMonths), -1);
  const confirmed = await store.change(rating, {
    ...granted,
    state: 'confirmed',
    openKey: null,
    currentKey: rating.householdId,
    bankId,
    decidedBy: work.actor.id,
    decidedByName: work.actor.name,
    decidedOn: work.today,
    decisionReason: step.reason ?? null,
    validUntil,
  });
  const { grade, lineFen } = granted;
  await store.addStep(rating, { ...step, grade, lineFen });
  await endCase(work, rating, false);
  recordStep(work, rating, confirmed, { validUntil, supersededRatingId: former?.id ?? null });
  await grantLine(work, {
    householdId: rating.householdId,
    regionCode: rating.regionCode,
    ratingId: rating.id,
    bankId,
    totalFen: lineFen,
    from: work.today,
    until: validUntil,
  });
  return confirmed;
}
