/**
 * 乡镇核查评级: the township finds on every ground of veto that an appraiser raised, true or not, and agrees, or
 * returns the rating with a reason. One voice lowers nothing; a ground found true gives the card's veto grade.
 */
import { defineAct } from '../platform/act';
import { codeField, Joi, listOf, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyRow } from '../policy';
import { cardCode } from './case-input';
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
import { CreditProblem } from './problems';
import { rate } from './rating';
import type { Rating, RatingContentRow } from './rating.entity';
import type { RaisedVeto, VetoFinding } from './rating-content';
import { requireFindings } from './rating-inputs';
import { boundDigest, RatingStore } from './ratings.store';
import { scorecardParameter } from './scorecard-parameter';

interface Input extends StepInput {
  outcome: 'agree' | 'return';
  findings: VetoFinding[];
}

export const checkTownship = defineAct({
  name: 'credit.check-township',
  title: '乡镇核查评级',
  permission: 'credit.check-township',
  input: shape<Input>({
    ...stepFields,
    outcome: codeField(['agree', 'return'], '同意或退回'),
    findings: listOf(
      shape({
        code: cardCode('否决情形代码'),
        confirmed: Joi.boolean().description('经核实是否属实'),
        reason: textField(200, '核实情况'),
      }),
    )
      .max(60)
      .default([])
      .optional()
      .description('对每一项提出的否决情形的核实结论'),
  }),
  answer: ratingAnswer,
  locate: locateRating,
  duty: (work, _input, { rating }) => requireNewPerson(work, rating),
  run: async (work, input, { rating }) => {
    requireStage(rating, 'village');
    requireDigest(rating, input.contentDigest);
    const content = await new RatingStore(work).content(rating);
    const { outcome, findings, reason = null } = input;
    const after =
      outcome === 'return'
        ? await returned(work, rating, requireReason(input.reason))
        : await agreed(work, rating, content, input);
    recordStep(work, rating, after, { outcome, reason, findings });
    return answerOf(after);
  },
});

function returned(work: Work, rating: Rating, reason: string): Promise<Rating> {
  const step = { step: 'township' as const, outcome: 'return' as const, reason };
  return endRating(work, rating, { ...step, ...standing(rating) }, true);
}

async function agreed(
  work: Work,
  rating: Rating,
  content: RatingContentRow,
  { findings, reason }: Input,
): Promise<Rating> {
  const card = await policyRow(work.tx, scorecardParameter, rating.scorecardRowId);
  requireFindings(card.value, findings);
  requireFound(content.result.raised, findings);
  const { computed } = rate(card.value, { ...content.inputs, findings }, content.evidence);
  const { grade, gradeName, lineFen } = computed;
  const store = new RatingStore(work);
  const after = await store.change(rating, {
    stage: 'township',
    computedGrade: grade,
    computedLineFen: lineFen,
    grade,
    gradeName,
    lineFen,
    contentDigest: boundDigest(rating.contentDigest, findings),
  });
  await store.addStep(rating, {
    step: 'township',
    outcome: 'agree',
    reason: reason ?? null,
    grade,
    lineFen,
    findings: findings.length > 0 ? findings : null,
  });
  return after;
}

/** Every ground that was raised is found upon. @throws Problem credit.veto-undecided */
function requireFound(raised: readonly RaisedVeto[], findings: readonly VetoFinding[]): void {
  const open = raised.filter(({ code }) => !findings.some((finding) => finding.code === code));
  if (open.length === 0) return;
  const detail = open.map((veto) => `${veto.name}（${veto.code}）`).join('、');
  throw CreditProblem.vetoUndecided({ detail });
}
