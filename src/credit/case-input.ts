/** What acts on a collecting file have in common: where it stands, its state, its card, and the answer. */
import { answer, idField, Joi, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { type InForce, policyRow } from '../policy';
import { CreditProblem } from './problems';
import type { CaseState, RatingCase } from './rating-case.entity';
import { CaseStore } from './rating-case.store';
import type { Scorecard } from './scorecard';
import { scorecardParameter } from './scorecard-parameter';

/** A code of the card: an item, a level, a ground of veto. */
export const cardCode = (description: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '评分表中的代码')
    .description(description);

/** How a file stands after an act. */
export const caseAnswer = shape({
  caseId: idField(),
  state: answer.text(),
  version: answer.count(),
});

export const caseAnswerOf = ({ id, state, version }: RatingCase) => ({
  caseId: id,
  state,
  version,
});

/** Where a file stands. @throws Problem credit.case-absent */
export async function locateCase(work: Work, input: { caseId: string }) {
  const ratingCase = await new CaseStore(work).get(input.caseId);
  return { region: ratingCase.regionCode, ratingCase };
}

export const CASE_STATE_NAMES: Readonly<Record<CaseState, string>> = {
  collecting: '采集中',
  computed: '已测算，办理中',
  closed: '已办结',
  cancelled: '已撤销',
};

/** @throws Problem credit.not-collecting */
export function requireCollecting(ratingCase: RatingCase): void {
  if (ratingCase.state === 'collecting') return;
  throw CreditProblem.notCollecting({ detail: `当前状态：${CASE_STATE_NAMES[ratingCase.state]}` });
}

/** The card under which the file was opened. */
export function cardOf(work: Work, ratingCase: RatingCase): Promise<InForce<Scorecard>> {
  return policyRow(work.tx, scorecardParameter, ratingCase.scorecardRowId);
}
