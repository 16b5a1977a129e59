/**
 * 复核提高的额度: a second person of the bank agrees with the higher line that the first proposed, or declines it;
 * then the rating comes into force with the line as computed.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import type { Fen } from '../platform/money';
import { codeField, shape, yuanField } from '../platform/shape';
import {
  answerOf,
  bankOf,
  locateRating,
  ratingAnswer,
  requireDigest,
  requireOutsider,
  requireReason,
  requireStage,
  type StepInput,
  stepFields,
} from './decision';
import { asComputed } from './granted';
import { putInForce } from './in-force';
import { CreditProblem } from './problems';
import { RatingStore } from './ratings.store';

interface Input extends StepInput {
  outcome: 'agree' | 'decline';
  line: Fen;
}

export const confirmRaise = defineAct({
  name: 'credit.confirm-raise',
  title: '复核提高的额度',
  permission: 'credit.confirm-raise',
  input: shape<Input>({
    ...stepFields,
    outcome: codeField(['agree', 'decline'], '同意，或按测算额度'),
    line: yuanField('所见拟提高到的额度'),
  }),
  answer: ratingAnswer,
  // The second person is of the bank that proposed.
  locate: async (work, input) => {
    const at = await locateRating(work, input);
    return { ...at, org: at.rating.bankId };
  },
  duty: (work, _input, { rating }) => requireOutsider(work, rating),
  run: async (work, input, { rating }) => {
    bankOf(work);
    requireStage(rating, 'raise');
    requireDigest(rating, input.contentDigest);
    const store = new RatingStore(work);
    await store.content(rating);
    const asked = (await store.steps(rating.id)).find((step) => step.outcome === 'raise');
    check(asked, `Rating ${rating.id} waits for a raise that nobody proposed`);
    if (asked.lineFen !== input.line) throw CreditProblem.contentChanged();
    const { outcome, reason = null } = input;
    if (outcome === 'decline') requireReason(input.reason);
    const granted =
      outcome === 'agree' ? { ...asComputed(rating), lineFen: asked.lineFen } : asComputed(rating);
    const after = await putInForce(work, rating, granted, { step: 'raise', outcome, reason });
    return answerOf(after);
  },
});
