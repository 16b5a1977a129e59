/**
 * The scorecard (评分表): a dated policy row with blocks, items, points, vetoes, grades and the line of each
 * grade. Its schema holds the laws of every card, so a card that breaks one can neither be loaded nor proposed.
 *
 * Laws:
 * - On credit rather than assets: items of nature `asset` together score at most `assetShareMaxPpm` of the full
 *   mark (0 unless a county decides otherwise). Source: Longsheng's practice, policy facts §2.1 and §2.4.
 * - Items add up to their block and blocks to the full mark; grades cover 0 … full mark without gap or overlap;
 *   a better grade never has a lower line; a veto leads to a grade without a line.
 * - Repayment history has four levels in a fixed order, because its points are taken from evidence.
 */
import type { Fen } from '../platform/money';
import { type Ppm, WHOLE_PPM } from '../platform/rate';
import { codeField, Joi, listOf, shape, textField } from '../platform/shape';
import { defineParameter } from '../policy';

/** What an item speaks of. `asset` items are shown and, by default, not scored. */
export const NATURES = ['credit', 'ability', 'plan', 'asset'] as const;
export type Nature = (typeof NATURES)[number];

/** How an item gets its points: given by the rater, averaged from the village, or not at all. */
export type ItemInput = 'POINTS' | 'APPRAISAL_AVERAGE' | 'INFORMATION';

/** One line of the guide to an item. */
export interface GuideLevel {
  points: number;
  text: string;
}

/** One item; `maxPoints` in whole points. */
export interface Item {
  code: string;
  name: string;
  nature: Nature;
  maxPoints: number;
  input: ItemInput;
  guide: GuideLevel[];
}

/** A block of items. */
export interface Block {
  code: string;
  name: string;
  maxPoints: number;
  items: Item[];
}

/** A grade from `minScoreHundredths` (inclusive) up to the next one; `lineFen` is the credit line. */
export interface Grade {
  code: string;
  name: string;
  minScoreHundredths: number;
  lineFen: Fen;
}

/** The whole card. */
export interface Scorecard {
  fullMarkPoints: number;
  assetShareMaxPpm: Ppm;
  validityMonths: number;
  blocks: Block[];
  appraisal: {
    appraisersMin: number;
    decimals: 2;
    rounding: 'HALF_UP';
    mustKnowHousehold: boolean;
    singleVeto: boolean;
  };
  grades: Grade[];
  vetoGrade: string;
  vetoes: { code: string; name: string }[];
}

/** The item whose points come from the repayment record and from nowhere else. */
export const REPAYMENT_HISTORY = 'REPAYMENT_HISTORY';
/** Its levels, in the order of the guide: all on time, never borrowed, late up to 30 days, late for longer. */
const REPAYMENT_LEVELS = 4;

const cardCode = (description: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '大写字母代码')
    .description(description);
const whole = (max: number) => Joi.number().integer().min(0).max(max);

const itemSchema = shape<Item>({
  code: cardCode('指标代码'),
  name: textField(60, '指标名称'),
  nature: codeField(NATURES, '指标性质'),
  maxPoints: whole(1000),
  input: codeField(['POINTS', 'APPRAISAL_AVERAGE', 'INFORMATION'], '取分方式'),
  guide: listOf(shape<GuideLevel>({ points: whole(1000), text: textField(200) })),
});

/** The shape and the laws of a card. */
export const scorecardSchema: Joi.ObjectSchema<Scorecard> = shape<Scorecard>({
  fullMarkPoints: whole(1000).min(1),
  assetShareMaxPpm: whole(WHOLE_PPM),
  validityMonths: whole(120).min(1),
  blocks: listOf(
    shape<Block>({
      code: cardCode('板块代码'),
      name: textField(60),
      maxPoints: whole(1000),
      items: listOf(itemSchema).min(1),
    }),
  ).min(1),
  appraisal: shape<Scorecard['appraisal']>({
    appraisersMin: whole(100).min(1),
    // The rule is written for these two; another value would be read and not obeyed.
    decimals: Joi.number().valid(2),
    rounding: codeField(['HALF_UP']),
    mustKnowHousehold: Joi.boolean(),
    singleVeto: Joi.boolean(),
  }),
  grades: listOf(
    shape<Grade>({
      code: cardCode('等级代码').max(8),
      name: textField(20),
      minScoreHundredths: whole(100_000),
      lineFen: Joi.number().integer().min(0),
    }),
  ).min(1),
  vetoGrade: cardCode('否决后的等级'),
  vetoes: listOf(shape({ code: cardCode('否决情形代码'), name: textField(60) })),
}).custom((card: Scorecard, helpers) => {
  const broken = brokenLaw(card);
  return broken === null ? card : helpers.message({ custom: broken });
});

/** The first law that a card breaks, in Chinese, or null. */
export function brokenLaw(card: Scorecard): string | null {
  return brokenSums(card) ?? brokenItems(card) ?? brokenGrades(card);
}

/** All items of a card in their order. */
export function itemsOf(card: Scorecard): Item[] {
  return card.blocks.flatMap((block) => block.items);
}

const total = (points: readonly number[]) => points.reduce((sum, one) => sum + one, 0);
const repeated = (codes: readonly string[]) =>
  codes.find((code, place) => codes.indexOf(code) !== place);

function brokenSums(card: Scorecard): string | null {
  for (const block of card.blocks) {
    if (total(block.items.map((item) => item.maxPoints)) !== block.maxPoints) {
      return `板块“${block.name}”的指标满分之和不等于板块满分`;
    }
  }
  if (total(card.blocks.map((block) => block.maxPoints)) !== card.fullMarkPoints) {
    return '各板块满分之和不等于总分';
  }
  const assets = itemsOf(card).filter((item) => item.nature === 'asset');
  const points = total(assets.map((item) => item.maxPoints));
  return points * WHOLE_PPM > card.assetShareMaxPpm * card.fullMarkPoints
    ? `资产类指标合计 ${points} 分，超过允许的占比：评级重信用、轻资产`
    : null;
}

function brokenItems(card: Scorecard): string | null {
  const items = itemsOf(card);
  const twice = repeated([
    ...items.map((item) => item.code),
    ...card.blocks.map((block) => `block ${block.code}`),
    ...card.vetoes.map((veto) => `veto ${veto.code}`),
  ]);
  if (twice) return `代码 ${twice} 重复`;
  if (items.filter((item) => item.input === 'APPRAISAL_AVERAGE').length > 1) {
    return '村民评议指标至多一项';
  }
  for (const item of items) {
    if (item.input === 'INFORMATION' && item.maxPoints !== 0) {
      return `指标“${item.name}”只展示，不得计分`;
    }
    if (item.guide.some((level) => level.points > item.maxPoints)) {
      return `指标“${item.name}”的评分指南超过满分`;
    }
  }
  const repayment = items.find((item) => item.code === REPAYMENT_HISTORY);
  if (!repayment) return null;
  const levels = repayment.guide.map((level) => level.points);
  const falling = levels.every(
    (points, place) => place === 0 || points <= (levels[place - 1] ?? 0),
  );
  return repayment.input === 'POINTS' && levels.length === REPAYMENT_LEVELS && falling
    ? null
    : '还款记录须有四档，依次为：全部按期、没有借款、逾期三十天以内、逾期三十天以上，分值不得递增';
}

function brokenGrades(card: Scorecard): string | null {
  const bands = [...card.grades].sort((a, b) => a.minScoreHundredths - b.minScoreHundredths);
  if (repeated(bands.map((grade) => grade.code))) return '等级代码重复';
  if (bands[0]?.minScoreHundredths !== 0) return '最低等级须从 0 分起，否则有的得分没有等级';
  if (repeated(bands.map((grade) => String(grade.minScoreHundredths)))) return '等级界线重叠';
  if ((bands.at(-1)?.minScoreHundredths ?? 0) > card.fullMarkPoints * 100) {
    return '最高等级的界线超过总分，无人能够达到';
  }
  if (bands.some((grade, place) => grade.lineFen < (bands[place - 1]?.lineFen ?? 0))) {
    return '较高等级的额度不得低于较低等级';
  }
  const veto = bands.find((grade) => grade.code === card.vetoGrade);
  if (!veto) return '否决后的等级不在等级表内';
  return veto.lineFen === 0 ? null : '否决后的等级不得有额度';
}

/** The scorecard in force for a place on the day of the rating. */
export const scorecardParameter = defineParameter<Scorecard>({
  key: 'credit.scorecard',
  title: '评级授信评分表',
  schema: scorecardSchema,
});
