/**
 * 评级: an officer rates a household by the scorecard of the day and place. The repayment record is taken from
 * the ledger of loans, the village's opinion from its appraisers. The result is a proposal; it gives no line
 * until another person confirms it.
 */

import { householdFor } from '../households';
import { defineAct } from '../platform/act';
import { type Fen, yuan } from '../platform/money';
import {
  answer,
  idField,
  Joi,
  listOf,
  personal,
  shape,
  textField,
  yuanField,
} from '../platform/shape';
import { policyAsOf } from '../policy';
import { repaymentRecordOf } from './evidence';
import { CreditProblem } from './problems';
import { type RatingInputs, rate, scoreText } from './rating';
import { requireInputs } from './rating-inputs';
import { RatingStore } from './ratings.store';
import { scorecardParameter } from './scorecard';

interface Input extends Pick<RatingInputs, 'items' | 'appraisals'> {
  householdId: string;
  assets?: { item: string; quantity: number; value?: Fen }[];
  vetoes?: RatingInputs['vetoes'];
}

const cardCode = (description: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '评分表中的代码')
    .description(description);
const points = () => Joi.number().integer().min(0).max(1000);

const inputShape = shape<Input>({
  householdId: idField('农户编号'),
  items: listOf(
    shape({
      item: cardCode('指标代码'),
      points: points().description('得分，整数'),
      note: textField(200, '说明').optional(),
    }),
  )
    .max(60)
    .description('评级人打分的指标，每项一次'),
  assets: listOf(
    shape({
      item: cardCode('资产项目代码'),
      quantity: Joi.number().integer().min(0).max(1_000_000).description('数量'),
      value: yuanField('估值(元)').optional(),
    }),
  )
    .max(60)
    .optional()
    .description('资产，只展示，不计分'),
  appraisals: listOf(
    shape({
      appraiser: personal(textField(60, '评议员姓名')),
      knowsHousehold: Joi.boolean().description('是否了解该户'),
      points: points().description('评议得分，整数'),
      veto: shape({ code: cardCode('否决情形代码'), reason: textField(200, '理由') }).optional(),
    }),
  )
    .max(100)
    .description('背靠背评议，每名评议员一份'),
  vetoes: listOf(
    shape({
      code: cardCode('否决情形代码'),
      confirmed: Joi.boolean().description('经核实是否属实'),
      reason: textField(200, '核实情况'),
    }),
  )
    .max(60)
    .optional()
    .description('否决情形的核实结论'),
});

export const rateHousehold = defineAct({
  name: 'credit.rate-household',
  title: '评级',
  permission: 'credit.rate',
  input: inputShape,
  answer: shape({
    ratingId: idField(),
    state: answer.text(),
    score: answer.text(),
    grade: answer.text(),
    gradeName: answer.text(),
    line: answer.yuan(),
    scorecardRowId: answer.text(),
    provisional: answer.flag('评分表是否暂定'),
    contentDigest: answer.text().description('确认时须带上此摘要'),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    const household = await householdFor(work.tx, input.householdId);
    return { region: household.regionCode, household };
  },
  run: async (work, input, { household }) => {
    const store = new RatingStore(work);
    if (await store.openOf(household.id)) throw CreditProblem.ratingOpen();
    const card = await policyAsOf(work.tx, scorecardParameter, {
      region: household.regionCode,
      date: work.today,
    });
    const inputs = inputsOf(input);
    requireInputs(card.value, inputs);
    const evidence = await repaymentRecordOf(work.tx, household.id, work.today);
    const result = rate(card.value, inputs, evidence);

    const { scoreHundredths, grade, gradeName, lineFen } = result;
    const frozen = {
      householdId: household.id,
      scorecardRowId: card.rowId,
      ratedOn: work.today,
      ratedBy: work.actor.id,
    };
    const row = {
      ...frozen,
      id: work.newId(),
      householdCode: household.code,
      headName: household.headName,
      regionCode: household.regionCode,
      validityMonths: card.value.validityMonths,
      ratedByName: work.actor.name,
      scoreHundredths,
      grade,
      gradeName,
      lineFen,
    };
    const contentDigest = await store.propose(row, { ...frozen, inputs, evidence, result });
    work.record({
      subject: { kind: 'rating', id: row.id },
      related: [
        { kind: 'household', id: household.id },
        { kind: 'policy-row', id: card.rowId },
      ],
      after: { state: 'proposed', contentDigest, scoreHundredths, grade, lineFen },
    });
    return {
      ratingId: row.id,
      state: 'proposed',
      score: scoreText(scoreHundredths),
      grade,
      gradeName,
      line: yuan(lineFen),
      scorecardRowId: card.rowId,
      provisional: card.provisional,
      contentDigest,
      version: 1,
    };
  },
});

function inputsOf({ items, appraisals, assets = [], vetoes = [] }: Input): RatingInputs {
  const shown = assets.map(({ item, quantity, value }) => ({ item, quantity, valueFen: value }));
  return { items, appraisals, assets: shown, vetoes };
}
