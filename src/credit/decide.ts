/**
 * 银行审定: the bank's approver confirms the computed grade and line, lowers them with a reason, proposes a higher
 * line within the grade's band (a second person decides on that), or rejects. Nobody who collected decides.
 */
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import { codeField, Joi, shape, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyRow } from '../policy';
import {
  answerOf,
  bankOf,
  endRating,
  locateRating,
  ratingAnswer,
  recordStep,
  requireDigest,
  requireOutsider,
  requireReason,
  requireStage,
  type StepInput,
  standing,
  stepFields,
} from './decision';
import { asComputed, lowered, raised, requireNothingAsked } from './granted';
import { putInForce } from './in-force';
import type { Rating } from './rating.entity';
import { RatingStore } from './ratings.store';
import { scorecardParameter } from './scorecard-parameter';

interface Input extends StepInput {
  outcome: 'confirm' | 'lower' | 'raise' | 'reject';
  grade?: string;
  line?: Fen;
}

export const decide = defineAct({
  name: 'credit.decide',
  title: '银行审定评级',
  permission: 'credit.decide',
  input: shape<Input>({
    ...stepFields,
    outcome: codeField(['confirm', 'lower', 'raise', 'reject'], '确认、降低、提高或不予授信'),
    grade: Joi.string().max(8).optional().description('降低时所定的等级'),
    line: yuanField('降低或提高后的额度').optional(),
  }),
  answer: ratingAnswer,
  locate: locateRating,
  duty: (work, _input, { rating }) => requireOutsider(work, rating),
  run: async (work, input, { rating }) => {
    bankOf(work);
    requireStage(rating, 'township');
    requireDigest(rating, input.contentDigest);
    await new RatingStore(work).content(rating);
    return answerOf(await OUTCOMES[input.outcome](work, rating, input));
  },
});

const OUTCOMES: Record<
  Input['outcome'],
  (work: Work, rating: Rating, input: Input) => Promise<Rating>
> = {
  confirm: async (work, rating, input) => {
    requireNothingAsked(input);
    const step = { step: 'decide', outcome: 'confirm', reason: input.reason ?? null } as const;
    return putInForce(work, rating, asComputed(rating), step);
  },
  lower: async (work, rating, input) => {
    const reason = requireReason(input.reason);
    const granted = lowered(await cardOf(work, rating), rating, input);
    return putInForce(work, rating, granted, { step: 'decide', outcome: 'lower', reason });
  },
  raise: async (work, rating, input) => {
    const reason = requireReason(input.reason);
    const { grade, lineFen } = raised(await cardOf(work, rating), rating, input);
    const store = new RatingStore(work);
    const after = await store.change(rating, { stage: 'raise', bankId: bankOf(work) });
    await store.addStep(rating, { step: 'decide', outcome: 'raise', reason, grade, lineFen });
    recordStep(work, rating, after, { outcome: 'raise', reason, askedLineFen: lineFen });
    return after;
  },
  reject: async (work, rating, input) => {
    requireNothingAsked(input);
    const reason = requireReason(input.reason);
    const step = { step: 'decide', outcome: 'reject', reason, ...standing(rating) } as const;
    const after = await endRating(work, rating, step, false);
    recordStep(work, rating, after, { outcome: 'reject', reason });
    return after;
  },
};

async function cardOf(work: Work, rating: Rating) {
  return (await policyRow(work.tx, scorecardParameter, rating.scorecardRowId)).value;
}
