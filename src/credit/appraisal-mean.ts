/**
 * The village's back-to-back appraisal (背靠背评议): which sheets count, and their mean. A sheet of one who does not
 * know the household, or of a relative, is kept and told and not counted.
 */
import { divideHalfUp } from '../platform/money';
import type { AppraisalSheet, SheetCount } from './rating-content';
import type { Scorecard } from './scorecard';

/** Why a sheet is void: its author does not know the household, or is related to it. */
export const VOID_REASONS = ['UNKNOWING', 'RELATIVE'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

/** Why this sheet is void, or null when it counts. */
export function voidReason(
  card: Scorecard,
  sheet: Pick<AppraisalSheet, 'knowsHousehold' | 'related'>,
): VoidReason | null {
  if (sheet.related !== null) return 'RELATIVE';
  return card.appraisal.mustKnowHousehold && !sheet.knowsHousehold ? 'UNKNOWING' : null;
}

/** The sheets that count, in their order. */
export function countedSheets(
  card: Scorecard,
  sheets: readonly AppraisalSheet[],
): AppraisalSheet[] {
  return sheets.filter((sheet) => voidReason(card, sheet) === null);
}

/** How many sheets count and how many are void. */
export function sheetCount(card: Scorecard, sheets: readonly AppraisalSheet[]): SheetCount {
  const reasons = sheets.map((sheet) => voidReason(card, sheet));
  const having = (reason: VoidReason | null) => reasons.filter((one) => one === reason).length;
  return { counted: having(null), unknowing: having('UNKNOWING'), relatives: having('RELATIVE') };
}

/**
 * The points of a sheet: the sum of its options, whole. Null when it leaves out an item of the card or answers
 * with an option that the card does not have.
 */
export function sheetPoints(
  card: Scorecard,
  sheet: Pick<AppraisalSheet, 'options'>,
): number | null {
  let points = 0;
  for (const item of card.appraisal.items) {
    const option = item.options.find((one) => one.code === sheet.options[item.code]);
    if (!option) return null;
    points += option.points;
  }
  return points;
}

/** The mean of whole points in hundredths of a point, rounded half up once. At least one sheet. */
export function appraisalMean(points: readonly number[]): number {
  const total = points.reduce((sum, one) => sum + one, 0);
  return Number(divideHalfUp(BigInt(total) * 100n, BigInt(points.length)));
}
