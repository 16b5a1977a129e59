/**
 * 申请增信: a village worker enters a household's application for a higher line, with one of the grounds of the
 * rules and what shows it. Nothing changes until the township has checked it and the bank has decided.
 */
import { defineAct } from '../platform/act';
import { type Fen, yuan } from '../platform/money';
import { answer, idField, Joi, shape, textField, yuanField } from '../platform/shape';
import { stateOn } from './credit-line';
import type { LineRaise } from './credit-line.entity';
import { locateLine } from './line-act';
import { RaiseStore, raiseLimit, requireRaiseAmount } from './line-raise.store';
import { lineRulesOn } from './line-rules';
import { CreditProblem } from './problems';

interface Input {
  householdId: string;
  total: Fen;
  ground: string;
  evidence: string;
}

export const applyRaise = defineAct({
  name: 'credit.apply-raise',
  title: '申请增信',
  permission: 'credit.apply-raise',
  input: shape<Input>({
    householdId: idField('农户编号'),
    total: yuanField('申请增至的授信总额(元)'),
    ground: Joi.string().max(40).description('增信理由代码'),
    evidence: textField(400, '依据'),
  }),
  answer: shape({
    raiseId: idField('增信申请编号'),
    state: answer.text(),
    from: answer.yuan('现有额度'),
    asked: answer.yuan('申请额度'),
  }),
  locate: locateLine,
  run: async (work, input, { region, standing }) => {
    const { period } = standing;
    if (stateOn(period, work.today) !== 'in-force') throw CreditProblem.lineState();
    const rules = await lineRulesOn(work.tx, region, work.today);
    const grounds = rules.value.raiseGrounds;
    if (!grounds.some(({ code }) => code === input.ground)) {
      const reason = `可选：${grounds.map(({ code, name }) => `${code}(${name})`).join('、')}`;
      throw CreditProblem.raiseGround({ fields: [{ field: 'ground', reason }] });
    }
    const limit = await raiseLimit(work, period, rules.value.ceilingFen);
    requireRaiseAmount(input.total, period.totalFen, limit);
    const row: LineRaise = {
      id: work.newId(),
      householdId: input.householdId,
      regionCode: region,
      bankId: period.bankId,
      ratingId: period.ratingId,
      fromFen: period.totalFen,
      askedFen: input.total,
      grantedFen: null,
      ground: input.ground,
      evidence: input.evidence,
      rulesRowId: rules.rowId,
      state: 'applied',
      appliedBy: work.actor.id,
      appliedByName: work.actor.name,
      appliedOn: work.today,
      checkedBy: null,
      checkedByName: null,
      checkedOn: null,
      checkReason: null,
      decidedBy: null,
      decidedByName: null,
      decidedOn: null,
      decisionReason: null,
      openKey: input.householdId,
      version: 1,
    };
    await new RaiseStore(work).apply(row);
    const { id: raiseId, state, fromFen, askedFen } = row;
    return { raiseId, state, from: yuan(fromFen), asked: yuan(askedFen) };
  },
});
