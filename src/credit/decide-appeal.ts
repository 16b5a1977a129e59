/**
 * 处理申诉: a county officer who had no part in the decision upholds the appeal or rejects it, with a reason. An
 * upheld appeal does not write a grade or a line by itself: it asks for a new rating, and puts a line that still
 * stands before the bank's officer for review.
 */
import { householdFor } from '../households';
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { decisionOf } from './appeal';
import type { CreditAppeal } from './appeal.entity';
import { AppealStore } from './appeal.store';
import { stateOn } from './credit-line';
import { LineStore } from './credit-line.store';
import { CreditProblem } from './problems';

interface Input {
  appealId: string;
  outcome: 'upheld' | 'rejected';
  reason: string;
}

export const decideAppeal = defineAct({
  name: 'credit.decide-appeal',
  title: '处理申诉',
  permission: 'credit.decide-appeal',
  input: shape<Input>({
    appealId: idField('申诉编号'),
    outcome: codeField(['upheld', 'rejected'], '成立或不成立'),
    reason: textField(500, '核查情况和结论'),
  }),
  answer: shape({
    appealId: idField(),
    state: answer.text(),
    reRate: answer.flag('须重新评级'),
    lineReview: answer.flag('额度已转人工审查'),
    version: answer.count(),
  }),
  locate: async (work, { appealId }) => {
    const appeal = await new AppealStore(work).get(appealId);
    const { regionCode } = await householdFor(work.tx, appeal.householdId);
    return { region: regionCode, appeal };
  },
  duty: async (work, _input, { appeal }) => {
    const { signers } = await decisionOf(work, appeal);
    if ([appeal.filedBy, ...signers].includes(work.actor.id)) throw CreditProblem.appealSigner();
  },
  run: async (work, { outcome, reason }, { appeal }) => {
    if (appeal.state !== 'open') throw CreditProblem.appealDecided();
    const decided = await new AppealStore(work).decide(appeal, {
      state: outcome,
      decidedBy: work.actor.id,
      decidedByName: work.actor.name,
      decidedOn: work.today,
      decisionReason: reason,
    });
    const reRate = outcome === 'upheld';
    const lineReview = reRate && (await askForReview(work, appeal));
    work.record({
      subject: { kind: 'credit-appeal', id: appeal.id },
      related: [{ kind: 'household', id: appeal.householdId }],
      before: { state: appeal.state },
      after: { state: decided.state, reRate, lineReview },
    });
    return {
      appealId: appeal.id,
      state: decided.state,
      reRate,
      lineReview,
      version: decided.version,
    };
  },
});

/** Puts the household's line on the list of those that wait for a person; false when no line stands. */
async function askForReview(work: Work, { householdId }: CreditAppeal): Promise<boolean> {
  const store = new LineStore(work);
  const standing = await store.find(householdId);
  const state = standing && stateOn(standing.period, work.today);
  if (!standing || (state !== 'in-force' && state !== 'frozen')) return false;
  await store.awaitReview(standing, '申诉成立，请审查额度并安排重新评级', work.today);
  return true;
}
