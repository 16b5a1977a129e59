/**
 * 申诉: a member of a household appeals, through the village worker, against a rating of it or against a change that
 * lowered, froze or took away its line, within the days of the rules. The appeal is decided by a due date.
 */
import { householdFor, memberFor } from '../households';
import { deadlineAfter } from '../notices';
import { defineAct } from '../platform/act';
import { addDays } from '../platform/dates';
import { answer, idField, Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { decisionOf } from './appeal';
import type { CreditAppeal } from './appeal.entity';
import { AppealStore } from './appeal.store';
import { lineRulesOn } from './line-rules';
import { CreditProblem } from './problems';

interface Input {
  householdId: string;
  memberId: string;
  ratingId?: string;
  lineSeq?: number;
  reason: string;
}

export const fileAppeal = defineAct({
  name: 'credit.file-appeal',
  title: '申诉',
  permission: 'credit.file-appeal',
  input: shape<Input>({
    householdId: idField('农户编号'),
    memberId: idField('申诉的成员'),
    ratingId: idField('所申诉的评级').optional(),
    lineSeq: Joi.number().integer().min(1).optional().description('所申诉的额度变动(第几次)'),
    reason: textField(500, '申诉理由'),
  }),
  answer: shape({
    appealId: idField('申诉编号'),
    state: answer.text(),
    dueOn: answer.date('最迟办结日').allow(null),
  }),
  locate: async (work, { householdId }) => {
    const { regionCode } = await householdFor(work.tx, householdId);
    return { region: regionCode };
  },
  run: async (work, input, { region }) => {
    await requireMember(work, input);
    const { householdId, ratingId = null, lineSeq = null } = input;
    if ((ratingId === null) === (lineSeq === null)) throw CreditProblem.appealAgainst();
    const decision = await decisionOf(work, { householdId, ratingId, lineSeq });
    const { value: rules } = await lineRulesOn(work.tx, region, work.today);
    const lastDay = addDays(decision.madeOn, rules.appeal.withinDays);
    if (work.today > lastDay) throw CreditProblem.appealLate({ detail: `最迟 ${lastDay}` });
    const { decideWorkingDays } = rules.appeal;
    const appeal: CreditAppeal = {
      id: work.newId(),
      householdId,
      regionCode: region,
      ratingId,
      lineSeq,
      memberId: input.memberId,
      reason: input.reason,
      state: 'open',
      filedBy: work.actor.id,
      filedByName: work.actor.name,
      filedOn: work.today,
      dueOn: await deadlineAfter(work.tx, region, work.today, decideWorkingDays),
      decidedBy: null,
      decidedByName: null,
      decidedOn: null,
      decisionReason: null,
      version: 1,
    };
    await new AppealStore(work).file(appeal);
    work.record({
      subject: { kind: 'credit-appeal', id: appeal.id },
      related: [
        { kind: 'household', id: householdId },
        { kind: 'rating', id: decision.ratingId },
      ],
      after: { state: 'open', ratingId, lineSeq, dueOn: appeal.dueOn },
    });
    return { appealId: appeal.id, state: appeal.state, dueOn: appeal.dueOn };
  },
});

/** @throws Problem credit.appeal-member, households.member-absent */
async function requireMember(work: Work, { memberId, householdId }: Input): Promise<void> {
  const member = await memberFor(work.tx, memberId);
  const left = member.leftOn !== null && member.leftOn < work.today;
  if (member.householdId !== householdId || left) throw CreditProblem.appealMember();
}
