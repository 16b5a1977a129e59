/**
 * The scorecard (评分表): a dated policy row with blocks, items, levels and their points, the village's appraisal,
 * vetoes, grades and the line of each grade. Its laws stand in scorecard-laws.ts.
 */
import type { Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';

/** What an item speaks of. `asset` items are shown and, by default, not scored. */
export const NATURES = ['credit', 'ability', 'plan', 'asset'] as const;
export type Nature = (typeof NATURES)[number];

/**
 * Where an item's points come from: LEVEL, a level that an officer chooses; REPAYMENT, the loan book; APPRAISAL,
 * the mean of the village's sheets; WORKERS, the able workers counted from the register; INFORMATION, nowhere:
 * shown and not scored. Only LEVEL can be typed in.
 */
export const ITEM_INPUTS = ['LEVEL', 'REPAYMENT', 'APPRAISAL', 'WORKERS', 'INFORMATION'] as const;
export type ItemInput = (typeof ITEM_INPUTS)[number];

/** What an officer answers when an item could not be found out: it has points of its own in the card. */
export const NOT_KNOWN = 'NOT_KNOWN';

/** When a level holds by itself. REPAYMENT uses the first two, WORKERS the third; LEVEL has none. */
export interface LevelCondition {
  /** Whether the household ever borrowed. */
  borrowed?: boolean;
  /** The longest delay of any payment, in days, inclusive; null: however long. */
  overdueDaysMax?: number | null;
  /** At least this many able workers. */
  workersMin?: number;
}

/** One level of an item, in whole points. */
export interface Level {
  code: string;
  points: number;
  text: string;
  when?: LevelCondition;
}

/** One item; `maxPoints` in whole points; levels from the best down. */
export interface Item {
  code: string;
  name: string;
  nature: Nature;
  maxPoints: number;
  input: ItemInput;
  levels: Level[];
  /** Points while the answer is not known: LEVEL, WORKERS and APPRAISAL say it, the others have no such case. */
  notKnownPoints?: number;
}

/** A block of items. */
export interface Block {
  code: string;
  name: string;
  maxPoints: number;
  items: Item[];
}

/** One answer to an item of the appraisal, in whole points. */
export interface AppraisalOption {
  code: string;
  name: string;
  points: number;
}

/** One item of the appraisal: three options, from the best down. */
export interface AppraisalItem {
  code: string;
  name: string;
  options: AppraisalOption[];
}

/** How the village appraises back to back (背靠背评议). */
export interface Appraisal {
  /** Valid sheets that a rating needs. */
  appraisersMin: number;
  decimals: 2;
  rounding: 'HALF_UP';
  /** Whether the sheet of one who does not know the household is void. */
  mustKnowHousehold: boolean;
  /** The best options add up to the points of the APPRAISAL item. */
  items: AppraisalItem[];
}

/** A grade from `minScoreHundredths` (inclusive) up to the next one. */
export interface Grade {
  code: string;
  name: string;
  minScoreHundredths: number;
  /** The line that the grade gives. */
  lineFen: Fen;
  /** The most to which the bank may raise the line within the grade. */
  lineMaxFen: Fen;
}

/** A ground on which a household gets the veto grade whatever its score, once confirmed. */
export interface VetoGround {
  code: string;
  name: string;
}

/** Ground that the loan book confirms: a loan that is not settled and not performing. */
export const UNSETTLED_BAD_LOAN = 'UNSETTLED_BAD_LOAN';
/** Ground that the register confirms: no member is of an age at which the product is lent. */
export const AGE_OUT_OF_RANGE = 'AGE_OUT_OF_RANGE';

/** The whole card. */
export interface Scorecard {
  fullMarkPoints: number;
  assetShareMaxPpm: Ppm;
  validityMonths: number;
  /** Full years of age, both inclusive, at which a member can borrow: for AGE_OUT_OF_RANGE. */
  borrowerAges: { min: number; max: number };
  blocks: Block[];
  appraisal: Appraisal;
  grades: Grade[];
  vetoGrade: string;
  vetoes: VetoGround[];
}

/** All items of a card in their order. */
export function itemsOf(card: Scorecard): Item[] {
  return card.blocks.flatMap((block) => block.items);
}

/** The item whose points are the village's mean, or undefined: a card has at most one. */
export function appraisalItemOf(card: Scorecard): Item | undefined {
  return itemsOf(card).find((item) => item.input === 'APPRAISAL');
}
