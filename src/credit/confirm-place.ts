/**
 * 复核信用村、信用乡镇: another person confirms exactly the figures that were judged, or rejects the judgement with a
 * reason; then the place can be judged anew. Confirming "not met" is a result as well.
 */
import { defineAct } from '../platform/act';
import { sameDigest } from '../platform/crypto/digest';
import { answer, codeField, idField, Joi, shape, textField } from '../platform/shape';
import { AwardStore, awardDigest } from './place-award.store';
import { PLACE_OUTCOMES } from './place-rules';
import { CreditProblem } from './problems';

interface Input {
  awardId: string;
  decision: 'confirm' | 'reject';
  contentDigest: string;
  reason: string;
}

export const confirmPlace = defineAct({
  name: 'credit.confirm-place',
  title: '复核信用村、信用乡镇',
  permission: 'credit.confirm-place',
  input: shape<Input>({
    awardId: idField('评定编号'),
    decision: codeField(['confirm', 'reject'], '确认或退回'),
    contentDigest: Joi.string().hex().length(64).description('所见评定的内容摘要'),
    reason: textField(200, '复核意见'),
  }),
  answer: shape({
    awardId: idField(),
    state: answer.text(),
    outcome: codeField(PLACE_OUTCOMES),
    version: answer.count(),
  }),
  locate: async (work, { awardId }) => {
    const award = await new AwardStore(work).get(awardId);
    return { region: award.regionCode, award };
  },
  duty: async (work, _input, { award }) => {
    if (award.judgedBy === work.actor.id) throw CreditProblem.awardOwn();
  },
  run: async (work, { decision, contentDigest, reason }, { award }) => {
    if (award.state !== 'judged') throw CreditProblem.awardDecided();
    const store = new AwardStore(work);
    const content = await store.content(award.id);
    const now = content && awardDigest(award, content);
    if (!now || !sameDigest(now, contentDigest.toLowerCase())) throw CreditProblem.contentChanged();
    const confirmed = decision === 'confirm';
    const decided = await store.decide(award, {
      state: confirmed ? 'confirmed' : 'rejected',
      decidedBy: work.actor.id,
      decidedByName: work.actor.name,
      decidedOn: work.today,
      decisionReason: reason,
      currentKey: confirmed ? award.currentKey : null,
    });
    work.record({
      subject: { kind: 'credit-place', id: award.id },
      before: { state: award.state, contentDigest },
      after: { state: decided.state, outcome: award.outcome },
    });
    const { state, outcome, version } = decided;
    return { awardId: award.id, state, outcome, version };
  },
});
