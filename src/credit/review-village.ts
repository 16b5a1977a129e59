/**
 * 村评议小组审议: the village group agrees with a computed rating, or returns it with a reason; then the file is
 * collected further, and the rating that was returned stays as it was.
 */
import { defineAct } from '../platform/act';
import { codeField, shape } from '../platform/shape';
import {
  answerOf,
  endRating,
  locateRating,
  ratingAnswer,
  recordStep,
  requireDigest,
  requireNewPerson,
  requireReason,
  requireStage,
  type StepInput,
  standing,
  stepFields,
} from './decision';
import { RatingStore } from './ratings.store';

interface Input extends StepInput {
  outcome: 'agree' | 'return';
}

export const reviewVillage = defineAct({
  name: 'credit.review-village',
  title: '村评议小组审议评级',
  permission: 'credit.review-village',
  input: shape<Input>({
    ...stepFields,
    outcome: codeField(['agree', 'return'], '同意或退回'),
  }),
  answer: ratingAnswer,
  locate: locateRating,
  duty: (work, _input, { rating }) => requireNewPerson(work, rating),
  run: async (work, input, { rating }) => {
    requireStage(rating, 'computed');
    requireDigest(rating, input.contentDigest);
    const store = new RatingStore(work);
    await store.content(rating);
    const { outcome, reason } = input;
    const step = { step: 'village' as const, outcome, reason: reason ?? null, ...standing(rating) };
    let after = rating;
    if (outcome === 'return') {
      requireReason(reason);
      after = await endRating(work, rating, step, true);
    } else {
      after = await store.change(rating, { stage: 'village' });
      await store.addStep(rating, step);
    }
    recordStep(work, rating, after, { outcome, reason: reason ?? null });
    return answerOf(after);
  },
});
