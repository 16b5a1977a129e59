/** The scorecard of the reference data, and inputs for it, so that tests speak of the card that is really used. */
import file from '../../reference/policy/credit.scorecard.json';
import type { RepaymentRecord } from '../../src/credit/evidence';
import type { RatingInputs } from '../../src/credit/rating';
import type { Scorecard } from '../../src/credit/scorecard';
import type { Fen } from '../../src/platform/money';

/** A fresh copy of the default card. */
export function defaultCard(): Scorecard {
  return structuredClone(file.rows[0]?.value) as Scorecard;
}

/** No loans so far. */
export const NO_LOANS: RepaymentRecord = { loans: 0, everOverdue: false, longestOverdueDays: 0 };

/** Points of the rater that, with 20 of repayment and the given sheets, make the default household. */
export const POINTS = {
  COMMITMENTS: 12,
  ABLE_WORKERS: 8,
  SKILL: 6,
  HEALTH_AND_TIME: 7,
  COUNTY_INDUSTRY: 5,
  INCOME_PLAN: 10,
} as const;

/** Five sheets whose mean is 17.60. */
export const SHEETS = [18, 17, 18, 17, 18] as const;

/** Inputs with some points changed. Without changes they give 20 + 12 + 17.60 + 21 + 15 = 85.60, an A. */
export function inputsOf(
  points: Partial<Record<keyof typeof POINTS, number>> = {},
  sheets: readonly number[] = SHEETS,
): RatingInputs {
  return {
    items: Object.entries({ ...POINTS, ...points }).map(([item, given]) => ({
      item,
      points: given,
    })),
    assets: [{ item: 'HOUSE', quantity: 1, valueFen: 8_000_000 as Fen }],
    appraisals: sheets.map((given, place) => ({
      appraiser: `评议员${place + 1}`,
      knowsHousehold: true,
      points: given,
    })),
    vetoes: [],
  };
}
