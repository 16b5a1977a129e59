/**
 * 年审: a bank's officer decides on a line that the system did not pass: keep it, lower it, cancel it, or ask for a
 * new rating. A line that is to be rated again stays as it is until the new rating gives the next one.
 */
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import { answer, codeField, idField, shape, textField, yuanField } from '../platform/shape';
import type { CreditLinePeriod } from './credit-line.entity';
import { LineStore, type StandingLine } from './credit-line.store';
import { lineAnswer, locateLine, shownPeriod } from './line-act';
import { CreditProblem } from './problems';

const OUTCOMES = ['keep', 'lower', 'cancel', 're-rate'] as const;
type Outcome = (typeof OUTCOMES)[number];

interface Input {
  householdId: string;
  outcome: Outcome;
  total?: Fen;
  reason: string;
}

export const reviewLine = defineAct({
  name: 'credit.review-line',
  title: '授信年审',
  permission: 'credit.review-line',
  input: shape<Input>({
    householdId: idField('农户编号'),
    outcome: codeField(OUTCOMES, '保留、调减、取消或重新评级'),
    total: yuanField('调减后的授信总额(元)，只在调减时填').optional(),
    reason: textField(180, '年审意见'),
  }),
  answer: lineAnswer().append({ reRate: answer.flag('须重新评级').required() }),
  locate: locateLine,
  run: async (work, input, { standing }) => {
    const { line } = standing;
    if (line.reviewDueOn === null || line.reviewDueOn > work.today) {
      throw CreditProblem.reviewNotDue();
    }
    const store = new LineStore(work);
    const period = await decide(store, standing, input);
    return { ...shownPeriod(period), reRate: input.outcome === 're-rate' };
  },
});

/** @throws Problem credit.line-not-lower, also when a total comes with another outcome */
function decide(
  store: LineStore,
  standing: StandingLine,
  { outcome, total, reason }: Input,
): Promise<CreditLinePeriod> {
  const lower = total !== undefined && total < standing.period.totalFen;
  if (outcome === 'lower' ? !lower : total !== undefined) throw CreditProblem.lineNotLower();
  if (outcome === 'cancel') return store.change(standing, { cause: 'CANCEL', reason });
  const words = outcome === 're-rate' ? `须重新评级：${reason}` : reason;
  return store.change(standing, {
    cause: 'REVIEW',
    reason: words,
    ...(lower ? { totalFen: total } : {}),
  });
}
