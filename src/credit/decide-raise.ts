/**
 * 审定增信: the bank's approver raises the line, at most to what was asked, to the top of the grade's band and to
 * the ceiling, or rejects the application with a reason. The line must still rest on the rating under which the
 * raise was asked. Three different people take part (rule and CHECK).
 */
import { defineAct } from '../platform/act';
import { type Fen, yuan } from '../platform/money';
import { answer, codeField, idField, shape, textField, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { LineStore } from './credit-line.store';
import {
  type LocatedRaise,
  locateRaise,
  RaiseStore,
  raiseLimit,
  requireRaise,
  requireRaiseAmount,
  requireStranger,
} from './line-raise.store';
import { lineRulesOn } from './line-rules';
import { CreditProblem } from './problems';

interface Input {
  raiseId: string;
  outcome: 'grant' | 'reject';
  total?: Fen;
  reason: string;
}

export const decideRaise = defineAct({
  name: 'credit.decide-raise',
  title: '审定增信',
  permission: 'credit.decide-raise',
  input: shape<Input>({
    raiseId: idField('增信申请编号'),
    outcome: codeField(['grant', 'reject'], '批准或退回'),
    total: yuanField('批准的授信总额(元)，缺省为申请额度').optional(),
    reason: textField(200, '审定意见'),
  }),
  answer: shape({
    raiseId: idField(),
    state: answer.text(),
    total: answer.yuan('现在的授信总额'),
    version: answer.count(),
  }),
  locate: locateRaise,
  duty: async (work, _input, { raise }) => requireStranger(work, raise),
  run: async (work, input, at) => {
    requireRaise(at.raise, 'checked');
    const granted = input.outcome === 'grant' ? await grant(work, input, at) : null;
    const { state, version } = await new RaiseStore(work).move(at.raise, {
      state: granted === null ? 'rejected' : 'granted',
      grantedFen: granted,
      decidedBy: work.actor.id,
      decidedByName: work.actor.name,
      decidedOn: work.today,
      decisionReason: input.reason,
      openKey: null,
    });
    const total = yuan(granted ?? at.standing.period.totalFen);
    return { raiseId: at.raise.id, state, total, version };
  },
});

/** Raises the line and returns its new total. */
async function grant(work: Work, input: Input, at: LocatedRaise): Promise<Fen> {
  const { raise, standing, region } = at;
  const { period } = standing;
  if (period.ratingId !== raise.ratingId || period.totalFen !== raise.fromFen) {
    throw CreditProblem.raiseOutdated();
  }
  const { value: rules } = await lineRulesOn(work.tx, region, work.today);
  const limit = await raiseLimit(work, period, rules.ceilingFen);
  const totalFen = input.total ?? raise.askedFen;
  requireRaiseAmount(totalFen, period.totalFen, Math.min(limit, raise.askedFen) as Fen);
  await new LineStore(work).change(standing, {
    cause: 'RAISE',
    totalFen,
    reason: input.reason,
    evidence: raise.evidence,
    other: { id: raise.appliedBy, name: raise.appliedByName },
  });
  return totalFen;
}
