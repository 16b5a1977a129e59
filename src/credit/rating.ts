/**
 * Rating (评级授信): from a scorecard, the rater's inputs and the evidence to points, a grade and a line. Pure:
 * one household rated alone or in a batch gives the same result, and the same inputs give the same digest.
 *
 * Laws: a score is the sum of its items in hundredths of a point; an item of input INFORMATION scores nothing;
 * a score exactly on a border falls in the upper grade; a veto leads to the card's veto grade, whatever the
 * score; repayment points come from evidence. Sources: policy facts §2.2–§2.4.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { divideHalfUp, type Fen } from '../platform/money';
import type { RepaymentRecord } from './evidence';
import { type Grade, type Item, REPAYMENT_HISTORY, type Scorecard } from './scorecard';

/** One sheet of the back-to-back village appraisal (背靠背评议); `points` whole, 0 to the item's maximum. */
export interface AppraisalSheet {
  appraiser: string;
  knowsHousehold: boolean;
  points: number;
  veto?: { code: string; reason: string };
}

/** What the rater finds on a ground of veto: confirmed or not, and why. */
export interface VetoFinding {
  code: string;
  confirmed: boolean;
  reason: string;
}

/** Everything that people put into a rating. */
export interface RatingInputs {
  items: { item: string; points: number; note?: string }[];
  /** Shown, not scored: how many, and their value in fen where it is known. */
  assets: { item: string; quantity: number; valueFen?: Fen }[];
  appraisals: AppraisalSheet[];
  vetoes: VetoFinding[];
}

/** Points of one item with the reason for them. */
export interface ItemScore {
  code: string;
  name: string;
  blockCode: string;
  blockName: string;
  nature: Item['nature'];
  scoreHundredths: number;
  maxPoints: number;
  why: string;
}

/** The result of a rating. */
export interface RatingResult {
  items: ItemScore[];
  blocks: { code: string; name: string; scoreHundredths: number; maxPoints: number }[];
  scoreHundredths: number;
  vetoes: { code: string; name: string; reason: string }[];
  grade: string;
  gradeName: string;
  lineFen: Fen;
  /** What would raise the grade: the next one up and the points that are missing; null at the top or vetoed. */
  next: { grade: string; gradeName: string; missingHundredths: number } | null;
}

/** Up to this many days late counts as the third level of the guide (三十天以内); policy facts §2.5. */
const SHORT_DELAY_DAYS = 30;

/** Rates a household. The inputs have been checked against the card (`requireInputs`). */
export function rate(
  card: Scorecard,
  inputs: RatingInputs,
  evidence: RepaymentRecord,
): RatingResult {
  const items = card.blocks.flatMap((block) =>
    block.items.map((item) => ({
      code: item.code,
      name: item.name,
      blockCode: block.code,
      blockName: block.name,
      nature: item.nature,
      maxPoints: item.maxPoints,
      ...scoreItem(item, inputs, evidence),
    })),
  );
  const blocks = card.blocks.map(({ code, name, maxPoints }) => ({
    code,
    name,
    maxPoints,
    scoreHundredths: sum(items.filter((item) => item.blockCode === code)),
  }));
  const scoreHundredths = sum(items);
  const vetoes = vetoesOf(card, inputs);
  const grade =
    vetoes.length > 0 ? gradeByCode(card, card.vetoGrade) : gradeOf(card, scoreHundredths);
  return {
    items,
    blocks,
    scoreHundredths,
    vetoes,
    grade: grade.code,
    gradeName: grade.name,
    lineFen: grade.lineFen,
    next: vetoes.length > 0 ? null : nextGrade(card, scoreHundredths),
  };
}

const sum = (items: readonly { scoreHundredths: number }[]) =>
  items.reduce((total, item) => total + item.scoreHundredths, 0);

type Scored = Pick<ItemScore, 'scoreHundredths' | 'why'>;

function scoreItem(item: Item, inputs: RatingInputs, evidence: RepaymentRecord): Scored {
  if (item.code === REPAYMENT_HISTORY) return scoreRepayment(item, evidence);
  switch (item.input) {
    case 'INFORMATION':
      return { scoreHundredths: 0, why: '只展示，不计分' };
    case 'APPRAISAL_AVERAGE': {
      const scoreHundredths = appraisalAverage(inputs.appraisals);
      const count = inputs.appraisals.length;
      return { scoreHundredths, why: `${count} 名评议员平均 ${scoreText(scoreHundredths)} 分` };
    }
    case 'POINTS': {
      const given = inputs.items.find((one) => one.item === item.code);
      const points = given?.points ?? 0;
      const level = item.guide.find((one) => one.points === points);
      const base = level?.text ?? `评为 ${points} 分`;
      return { scoreHundredths: points * 100, why: given?.note ? `${base}(${given.note})` : base };
    }
  }
}

/** The level of the guide that the evidence decides: on time, never borrowed, late up to 30 days, longer. */
export function repaymentLevel(record: RepaymentRecord): 0 | 1 | 2 | 3 {
  if (record.everOverdue) return record.longestOverdueDays <= SHORT_DELAY_DAYS ? 2 : 3;
  return record.loans > 0 ? 0 : 1;
}

function scoreRepayment(item: Item, evidence: RepaymentRecord): Scored {
  const level = item.guide[repaymentLevel(evidence)];
  const overdue = evidence.everOverdue ? `,最长逾期 ${evidence.longestOverdueDays} 天` : '';
  return {
    scoreHundredths: (level?.points ?? 0) * 100,
    why: `${level?.text ?? ''}(台账：借款 ${evidence.loans} 笔${overdue})`,
  };
}

/** The mean of the sheets in hundredths of a point, rounded half up once. At least one sheet. */
export function appraisalAverage(sheets: readonly Pick<AppraisalSheet, 'points'>[]): number {
  const points = sheets.reduce((total, sheet) => total + sheet.points, 0);
  return Number(divideHalfUp(BigInt(points) * 100n, BigInt(sheets.length)));
}

/** Grounds that hold: confirmed by the rater, or raised by an appraiser where the card lets one voice do. */
function vetoesOf(card: Scorecard, inputs: RatingInputs): RatingResult['vetoes'] {
  const raised = card.appraisal.singleVeto
    ? inputs.appraisals.flatMap((sheet) => (sheet.veto ? [sheet.veto] : []))
    : [];
  const confirmed = inputs.vetoes.filter((finding) => finding.confirmed);
  return card.vetoes.flatMap(({ code, name }) => {
    const ground = [...confirmed, ...raised].find((one) => one.code === code);
    return ground ? [{ code, name, reason: ground.reason }] : [];
  });
}

/** Grades from the best down. */
function descending(card: Scorecard): Grade[] {
  return [...card.grades].sort((a, b) => b.minScoreHundredths - a.minScoreHundredths);
}

/** The grade of a score; exactly on the border counts for the upper one. */
export function gradeOf(card: Scorecard, scoreHundredths: number): Grade {
  const grades = descending(card);
  const found = grades.find((grade) => scoreHundredths >= grade.minScoreHundredths);
  // The lowest band begins at 0 (a law of the card) and no score is negative.
  return found ?? (grades.at(-1) as Grade);
}

function gradeByCode(card: Scorecard, code: string): Grade {
  return card.grades.find((grade) => grade.code === code) as Grade;
}

function nextGrade(card: Scorecard, scoreHundredths: number): RatingResult['next'] {
  const above = descending(card)
    .reverse()
    .find((grade) => grade.minScoreHundredths > scoreHundredths);
  return above
    ? {
        grade: above.code,
        gradeName: above.name,
        missingHundredths: above.minScoreHundredths - scoreHundredths,
      }
    : null;
}

/** Hundredths of a point as text: 8650 gives "86.50". Not negative. */
export function scoreText(hundredths: number): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Everything that a confirmation binds, frozen with the rating. */
export interface RatingContent {
  householdId: string;
  scorecardRowId: string;
  ratedOn: string;
  ratedBy: string;
  inputs: RatingInputs;
  evidence: RepaymentRecord;
  result: RatingResult;
}

/** The digest that the approver confirms: SM3 over the canonical content. */
export function contentDigest(content: RatingContent): string {
  // Optional fields that were not given vanish, as they do in the stored JSON.
  return sm3Hex(canonical(JSON.parse(JSON.stringify(content))));
}
