/**
 * The laws of every scorecard. A card that breaks one is refused with the reason in Chinese.
 *
 * - On credit rather than assets: items of nature `asset` together score at most `assetShareMaxPpm` of the full
 *   mark (0 unless a county decides otherwise). Source: Longsheng's practice, policy facts §2.1 and §2.4.
 * - Items add up to their block and blocks to the full mark; the best level of an item is its full points.
 * - Levels go from the best down; a better repayment record or one worker more never has fewer points; every
 *   record and every number of workers has a level; what is not known has points of its own.
 * - The village answers each appraisal item with one of three options, each worth less than the one before.
 * - Grades cover 0 … full mark without gap or overlap; a better grade never has a lower line; the bank's room to
 *   raise ends at the line of the next grade; a veto leads to a grade without a line.
 */
import { WHOLE_PPM } from '../platform/rate';
import { appraisalItemOf, type Item, itemsOf, type Level, type Scorecard } from './scorecard';

/** The first law that a card breaks, in Chinese, or null. */
export function brokenLaw(card: Scorecard): string | null {
  return (
    brokenSums(card) ??
    brokenCodes(card) ??
    firstBroken(itemsOf(card), brokenItem) ??
    brokenAppraisal(card) ??
    brokenGrades(card) ??
    brokenVetoes(card)
  );
}

const total = (points: readonly number[]) => points.reduce((sum, one) => sum + one, 0);
const repeated = (codes: readonly (string | number)[]) =>
  codes.find((code, place) => codes.indexOf(code) !== place);
const rises = (numbers: readonly number[]) =>
  numbers.some((one, place) => one > (numbers[place - 1] ?? one));

function firstBroken<T>(things: readonly T[], law: (thing: T) => string | null): string | null {
  for (const thing of things) {
    const broken = law(thing);
    if (broken !== null) return broken;
  }
  return null;
}

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

function brokenCodes(card: Scorecard): string | null {
  const twice = repeated([
    ...itemsOf(card).map((item) => item.code),
    ...card.blocks.map((block) => `block ${block.code}`),
    ...card.vetoes.map((veto) => `veto ${veto.code}`),
    ...card.appraisal.items.map((item) => `appraisal ${item.code}`),
  ]);
  if (twice !== undefined) return `代码 ${twice} 重复`;
  const appraised = itemsOf(card).filter((item) => item.input === 'APPRAISAL');
  return appraised.length > 1 ? '村民评议指标至多一项' : null;
}

/** Inputs whose answer may be unknown. */
const CAN_BE_UNKNOWN: readonly Item['input'][] = ['LEVEL', 'WORKERS', 'APPRAISAL'];

function brokenItem(item: Item): string | null {
  const named = `指标“${item.name}”`;
  if (item.input === 'INFORMATION' && item.maxPoints !== 0) return `${named}只展示，不得计分`;
  const says = item.notKnownPoints !== undefined;
  if (CAN_BE_UNKNOWN.includes(item.input) !== says) {
    return says ? `${named}不会情况不明，不得另定分值` : `${named}须写明情况不明时的分值`;
  }
  if ((item.notKnownPoints ?? 0) > item.maxPoints) return `${named}情况不明时的分值超过满分`;
  return brokenLevels(item, named);
}

function brokenLevels({ input, levels, maxPoints }: Item, named: string): string | null {
  if (input === 'APPRAISAL' || input === 'INFORMATION') {
    return levels.length > 0 ? `${named}不分档` : null;
  }
  if (levels[0]?.points !== maxPoints) return `${named}最高一档须等于满分`;
  if (rises(levels.map((level) => level.points))) {
    return `${named}各档须从高到低：较好的一档分值不得较低`;
  }
  if (repeated(levels.map((level) => level.code)) !== undefined) return `${named}的档次代码重复`;
  const broken = brokenConditions[input](levels);
  return broken === null ? null : `${named}${broken}`;
}

/** What is wrong with the conditions of an item's levels. */
const brokenConditions = {
  LEVEL: (levels: readonly Level[]) =>
    levels.some((level) => level.when) ? '由人评定，档次不得附条件' : null,

  WORKERS: (levels: readonly Level[]) => {
    const least = levels.map(({ when }) => (hasOnly(when, 'workersMin') ? when?.workersMin : -1));
    const falls = least.every((one = -1, place) => place === 0 || one < (least[place - 1] ?? 0));
    return falls && least.at(-1) === 0 ? null : '的劳动力人数须逐档减少，末档为 0 人';
  },

  REPAYMENT: (levels: readonly Level[]) => {
    const never = levels.filter(({ when }) => when?.borrowed === false);
    const limits = levels
      .filter((level) => !never.includes(level))
      .map(({ when }) =>
        when?.borrowed && hasOnly(when, 'borrowed', 'overdueDaysMax')
          ? (when.overdueDaysMax ?? Number.POSITIVE_INFINITY)
          : Number.NaN,
      );
    const grow = limits.every((one, place) => one > (limits[place - 1] ?? -1));
    const whole = limits.at(-1) === Number.POSITIVE_INFINITY;
    return never.length === 1 && hasOnly(never[0]?.when, 'borrowed') && grow && whole
      ? null
      : '须有一档为没有借款，其余按最长逾期天数逐档增加，末档不限天数';
  },
} as const;

function hasOnly(when: Level['when'], ...allowed: (keyof NonNullable<Level['when']>)[]): boolean {
  const given = Object.entries(when ?? {}).filter(([, value]) => value !== undefined);
  return given.length > 0 && given.every(([key]) => (allowed as string[]).includes(key));
}

/** Options of each item of the appraisal (三档). */
const OPTIONS = 3;

function brokenAppraisal(card: Scorecard): string | null {
  const { items } = card.appraisal;
  const best = total(items.map((item) => item.options[0]?.points ?? 0));
  const scored = appraisalItemOf(card);
  if (!scored) return items.length > 0 ? '评分表没有村民评议指标，不得列评议项目' : null;
  if (best !== scored.maxPoints) return '各评议项目最高档之和不等于村民评议的满分';
  return firstBroken(items, ({ name, options }) => {
    const named = `评议项目“${name}”`;
    const points = options.map((option) => option.points);
    if (options.length !== OPTIONS) return `${named}须分三档`;
    if (rises(points) || repeated(points) !== undefined) return `${named}各档分值须逐档降低`;
    const twice = repeated(options.map((option) => option.code));
    return twice === undefined ? null : `${named}的选项代码 ${twice} 重复`;
  });
}

function brokenGrades(card: Scorecard): string | null {
  const bands = [...card.grades].sort((a, b) => a.minScoreHundredths - b.minScoreHundredths);
  if (repeated(bands.map((grade) => grade.code)) !== undefined) return '等级代码重复';
  if (bands[0]?.minScoreHundredths !== 0) return '最低等级须从 0 分起，否则有的得分没有等级';
  if (repeated(bands.map((grade) => grade.minScoreHundredths)) !== undefined) {
    return '等级界线重叠';
  }
  if ((bands.at(-1)?.minScoreHundredths ?? 0) > card.fullMarkPoints * 100) {
    return '最高等级的界线超过总分，无人能够达到';
  }
  if (bands.some((grade, place) => grade.lineFen < (bands[place - 1]?.lineFen ?? 0))) {
    return '较高等级的额度不得低于较低等级';
  }
  const beyond = bands.find(
    ({ lineFen, lineMaxFen }, place) =>
      lineMaxFen < lineFen || lineMaxFen > (bands[place + 1]?.lineFen ?? lineMaxFen),
  );
  return beyond ? `等级“${beyond.name}”的额度上限须在本级额度与上一级额度之间` : null;
}

function brokenVetoes(card: Scorecard): string | null {
  const veto = card.grades.find((grade) => grade.code === card.vetoGrade);
  if (!veto) return '否决后的等级不在等级表内';
  if (veto.lineMaxFen !== 0) return '否决后的等级不得有额度';
  const { min, max } = card.borrowerAges;
  return min > max ? '借款年龄的下限高于上限' : null;
}
