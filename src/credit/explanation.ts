/**
 * Why a household has its grade: points per item with the reason for each, the evidence, the grounds of veto and
 * who found upon them, and what would raise the grade. Everything is told from what was frozen with the rating,
 * so a newer card tells nothing else. Appraisers are not named. Pure.
 */
import { type Fen, yuan } from '../platform/money';
import { answer, codeField, listOf, shape } from '../platform/shape';
import { countedSheets, sheetPoints } from './appraisal-mean';
import { scoreText } from './grades';
import {
  RATING_STEPS,
  type RatingContentRow,
  type RatingStep,
  STEP_OUTCOMES,
} from './rating.entity';
import type { RatingResult } from './rating-content';
import { appraisalItemOf, NATURES, type Scorecard } from './scorecard';

const gradeLine = () =>
  shape({ grade: answer.text(), gradeName: answer.text(), line: answer.yuan() });

/** The fields of an explanation, beside those of the rating. */
export const explanationFields = {
  first: gradeLine().description('初评，只看得分'),
  blocks: listOf(
    shape({
      code: answer.text(),
      name: answer.text(),
      points: answer.text(),
      maxPoints: answer.count(),
    }),
  ),
  items: listOf(
    shape({
      code: answer.text(),
      name: answer.text(),
      blockCode: answer.text(),
      blockName: answer.text(),
      nature: codeField(NATURES),
      points: answer.text(),
      maxPoints: answer.count(),
      level: answer.text().allow(null),
      known: answer.flag('情况是否清楚'),
      why: answer.text(),
    }),
  ).description('每项得分及理由'),
  assets: listOf(
    shape({ item: answer.text(), quantity: answer.count(), value: answer.yuan().allow(null) }),
  ).description('资产，只展示'),
  evidence: shape({
    loans: answer.count(),
    everOverdue: answer.flag(),
    longestOverdueDays: answer.count(),
    overdueNowDays: answer.count(),
    unsettledBad: answer.flag(),
  }).description('贷款台账'),
  register: shape({
    ableWorkers: answer.count().allow(null),
    adultsInAge: answer.count().allow(null),
  }).description('户册'),
  appraisal: shape({
    counted: answer.count(),
    unknowing: answer.count().description('因不了解该户而无效'),
    relatives: answer.count().description('因亲属回避而无效'),
    average: answer.text().allow(null),
    points: listOf(answer.count()).description('各份有效评议的得分，不示姓名'),
  }),
  vetoes: shape({
    raised: listOf(
      shape({ code: answer.text(), name: answer.text(), reasons: listOf(answer.text()) }),
    ).description('评议员提出的'),
    found: listOf(
      shape({
        code: answer.text(),
        name: answer.text(),
        confirmed: answer.flag(),
        reason: answer.text(),
        personName: answer.text(),
        takenOn: answer.date(),
      }),
    ).description('乡镇的核实结论'),
    known: listOf(
      shape({
        code: answer.text(),
        name: answer.text(),
        reason: answer.text(),
        origin: codeField(['LOANS', 'REGISTER', 'FINDING']),
      }),
    ).description('台账或户册直接表明的'),
  }),
  next: shape({ grade: answer.text(), gradeName: answer.text(), missing: answer.text() })
    .allow(null)
    .description('再得多少分可升一级'),
  toRaise: listOf(
    shape({
      item: answer.text(),
      name: answer.text(),
      level: answer.text().allow(null),
      text: answer.text(),
      adds: answer.text(),
      reaches: answer.text().allow(null).description('单凭此项可达到的等级'),
    }),
  ).description('怎样可以提高'),
  steps: listOf(
    shape({
      step: codeField(RATING_STEPS),
      outcome: codeField(STEP_OUTCOMES),
      reason: answer.text().allow(null),
      personName: answer.text(),
      takenOn: answer.date(),
      grade: answer.text(),
      line: answer.yuan(),
    }),
  ).description('办理经过'),
};

/** What was frozen with a rating, and the card that it was rated under. */
export interface Frozen extends Omit<RatingContentRow, 'ratingId'> {
  card: Scorecard;
  steps: readonly RatingStep[];
  /** The file was sent back and is collected again: the sheets are not told then. */
  appraising: boolean;
}

/** Explains a rating. */
export function explain(frozen: Frozen) {
  const { inputs, evidence, result, card, steps } = frozen;
  const { grade, gradeName, lineFen } = result.first;
  const findings = foundOf(card, steps);
  const vetoed = findings.some((finding) => finding.confirmed);
  return {
    first: { grade, gradeName, line: yuan(lineFen) },
    blocks: result.blocks.map(withPoints),
    items: result.items.map(withPoints),
    assets: inputs.assets.map(({ item, quantity, valueFen }) => ({
      item,
      quantity,
      value: yuanOrNull(valueFen),
    })),
    evidence,
    register: inputs.register,
    appraisal: appraisalOf(frozen),
    vetoes: {
      raised: frozen.appraising ? [] : result.raised,
      found: findings,
      known: result.vetoes,
    },
    next: vetoed ? null : result.next && nextOf(result.next),
    toRaise: vetoed ? [] : result.toRaise.map(raisingOf),
    steps: steps.map((step) => ({
      step: step.step,
      outcome: step.outcome,
      reason: step.reason,
      personName: step.personName,
      takenOn: step.takenOn,
      grade: step.grade,
      line: yuan(step.lineFen),
    })),
  };
}

function withPoints<T extends { scoreHundredths: number }>({ scoreHundredths, ...rest }: T) {
  return { ...rest, points: scoreText(scoreHundredths) };
}

function yuanOrNull(fen: Fen | undefined): string | null {
  return fen === undefined ? null : yuan(fen);
}

function appraisalOf({ card, inputs, result, appraising }: Frozen) {
  const item = appraisalItemOf(card);
  const mean = result.items.find((one) => one.code === item?.code);
  const points = countedSheets(card, inputs.appraisals).map((sheet) => sheetPoints(card, sheet));
  return {
    ...result.sheets,
    average: mean?.known ? scoreText(mean.scoreHundredths) : null,
    // Sorted, because the order of entry could tell who gave which.
    points: appraising ? [] : points.filter((one) => one !== null).sort((a, b) => a - b),
  };
}

function foundOf(card: Scorecard, steps: readonly RatingStep[]) {
  return steps.flatMap(({ findings, personName, takenOn }) =>
    (findings ?? []).map((finding) => ({
      ...finding,
      name: card.vetoes.find((veto) => veto.code === finding.code)?.name ?? finding.code,
      personName,
      takenOn,
    })),
  );
}

function nextOf({ grade, gradeName, missingHundredths }: NonNullable<RatingResult['next']>) {
  return { grade, gradeName, missing: scoreText(missingHundredths) };
}

function raisingOf({ addsHundredths, reaches, ...step }: RatingResult['toRaise'][number]) {
  return { ...step, adds: scoreText(addsHundredths), reaches: reaches?.gradeName ?? null };
}
