/**
 * The scorecard as a policy parameter: its shape with the laws of every card, so that a card that breaks one can
 * neither be loaded nor proposed, and a new version that is simulated before it is confirmed.
 */
import { WHOLE_PPM } from '../platform/rate';
import { codeField, Joi, listOf, shape, textField } from '../platform/shape';
import { defineParameter } from '../policy';
import { requireSimulation } from './card-simulation';
import {
  type Appraisal,
  type AppraisalItem,
  type AppraisalOption,
  type Block,
  type Grade,
  ITEM_INPUTS,
  type Item,
  type Level,
  type LevelCondition,
  NATURES,
  NOT_KNOWN,
  type Scorecard,
  type VetoGround,
} from './scorecard';
import { brokenLaw } from './scorecard-laws';

const cardCode = (description: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '大写字母代码')
    .description(description);
const whole = (max: number) => Joi.number().integer().min(0).max(max);
const fen = () => Joi.number().integer().min(0);
/** Longer than any loan runs. */
const DAYS_MAX = 10_000;

const levelSchema = shape<Level>({
  code: cardCode('档次代码').invalid(NOT_KNOWN),
  points: whole(1000),
  text: textField(200, '档次说明'),
  when: shape<LevelCondition>({
    borrowed: Joi.boolean().optional(),
    overdueDaysMax: whole(DAYS_MAX).allow(null).optional(),
    workersMin: whole(100).optional(),
  }).optional(),
});

const itemSchema = shape<Item>({
  code: cardCode('指标代码'),
  name: textField(60, '指标名称'),
  nature: codeField(NATURES, '指标性质'),
  maxPoints: whole(1000),
  input: codeField(ITEM_INPUTS, '取分方式'),
  levels: listOf(levelSchema),
  notKnownPoints: whole(1000).optional().description('情况不明时的分值'),
});

const appraisalSchema = shape<Appraisal>({
  appraisersMin: whole(100).min(1),
  // The rule is written for these two; another value would be read and not obeyed.
  decimals: Joi.number().valid(2),
  rounding: codeField(['HALF_UP']),
  mustKnowHousehold: Joi.boolean(),
  items: listOf(
    shape<AppraisalItem>({
      code: cardCode('评议项目代码'),
      name: textField(60, '评议项目'),
      options: listOf(
        shape<AppraisalOption>({
          code: cardCode('选项代码'),
          name: textField(60, '选项'),
          points: whole(1000),
        }),
      ),
    }),
  ),
});

const gradeSchema = shape<Grade>({
  code: cardCode('等级代码').max(8),
  name: textField(20),
  minScoreHundredths: whole(100_000),
  lineFen: fen(),
  lineMaxFen: fen(),
});

/** The shape and the laws of a card. */
export const scorecardSchema: Joi.ObjectSchema<Scorecard> = shape<Scorecard>({
  fullMarkPoints: whole(1000).min(1),
  assetShareMaxPpm: whole(WHOLE_PPM),
  validityMonths: whole(120).min(1),
  borrowerAges: shape<Scorecard['borrowerAges']>({ min: whole(150), max: whole(150) }),
  blocks: listOf(
    shape<Block>({
      code: cardCode('板块代码'),
      name: textField(60),
      maxPoints: whole(1000),
      items: listOf(itemSchema).min(1),
    }),
  ).min(1),
  appraisal: appraisalSchema,
  grades: listOf(gradeSchema).min(1),
  vetoGrade: cardCode('否决后的等级'),
  vetoes: listOf(shape<VetoGround>({ code: cardCode('否决情形代码'), name: textField(60) })),
}).custom((card: Scorecard, helpers) => {
  const broken = brokenLaw(card);
  return broken === null ? card : helpers.message({ custom: broken });
});

/** The scorecard in force for a place on the day of the rating. A new one is simulated before it is confirmed. */
export const scorecardParameter = defineParameter<Scorecard>({
  key: 'credit.scorecard',
  title: '评级授信评分表',
  schema: scorecardSchema,
  beforeConfirm: requireSimulation,
});
