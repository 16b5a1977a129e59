/** The scorecard of the reference data, and inputs for it, so that tests speak of the card that is really used. */
import file from '../../reference/policy/credit.scorecard.json';
import type { Evidence, RepaymentRecord } from '../../src/credit/evidence';
import type { AppraisalSheet, RatingInputs } from '../../src/credit/rating-content';
import type { Scorecard } from '../../src/credit/scorecard';
import { type Fen, ZERO_FEN } from '../../src/platform/money';

/** A fresh copy of the default card. */
export function defaultCard(): Scorecard {
  // Through text: what structuredClone makes belongs to another realm under jest and is no plain JSON here.
  return JSON.parse(JSON.stringify(file.rows[0]?.value)) as Scorecard;
}

/** No loans so far. */
export const NO_LOANS: RepaymentRecord = {
  loans: 0,
  everOverdue: false,
  longestOverdueDays: 0,
  overdueNowDays: 0,
  unsettledBad: false,
};

/** Evidence that the test holds in its hand; `NO_LOANS` and nothing owed where nothing is set. */
export function fixedEvidence(
  records: ReadonlyMap<string, RepaymentRecord> = new Map(),
  used: ReadonlyMap<string, Fen> = new Map(),
): Evidence {
  const ofAll = <T>(ids: readonly string[], from: ReadonlyMap<string, T>, other: T) =>
    Promise.resolve(new Map(ids.map((id) => [id, from.get(id) ?? other])));
  return {
    repaymentRecords: (_sql, ids) => ofAll(ids, records, NO_LOANS),
    usedOf: (_sql, ids) => ofAll(ids, used, ZERO_FEN),
    lendersOf: async (_sql, ids) =>
      new Map(ids.flatMap((id) => ((used.get(id) ?? 0) > 0 ? [[id, ['BANK']]] : []))),
    overdueHouseholds: async (_sql, { minDays, after, limit }) =>
      [...records]
        .map(([householdId, record]) => ({ householdId, days: record.overdueNowDays }))
        .filter(({ householdId, days }) => days >= minDays && householdId > (after ?? ''))
        .sort((a, b) => (a.householdId < b.householdId ? -1 : 1))
        .slice(0, limit),
  };
}

/** Answers that, with 20 of repayment, two workers and the given sheets, make the default household. */
export const LEVELS = {
  COMMITMENTS: 'KEPT',
  SKILL: 'TRAINED',
  HEALTH_AND_TIME: 'FULL_YEAR',
  COUNTY_INDUSTRY: 'LISTED',
  INCOME_PLAN: 'COVERS',
} as const;

/** Options by the points that a sheet of the default card gives with them. */
const OPTIONS: Record<number, Record<string, string>> = {
  20: { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: 'GOOD' },
  18: { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: 'FAIR' },
  17: { HONESTY: 'FAIR', DILIGENCE: 'GOOD', STANDING: 'GOOD' },
  15: { HONESTY: 'FAIR', DILIGENCE: 'GOOD', STANDING: 'FAIR' },
  13: { HONESTY: 'FAIR', DILIGENCE: 'FAIR', STANDING: 'FAIR' },
  0: { HONESTY: 'POOR', DILIGENCE: 'POOR', STANDING: 'POOR' },
};

/** A sheet of so many points: 20, 18, 17, 15, 13 or 0. */
export function sheetOf(points: number, appraiser: string): AppraisalSheet {
  const options = OPTIONS[points];
  if (!options) throw new Error(`no sheet of ${points} points`);
  return { appraiser, knowsHousehold: true, related: null, options };
}

/** Five sheets whose mean is 17.60. */
export const SHEETS = [18, 17, 18, 17, 18] as const;

/** Inputs with some levels changed. Without changes they give 20 + 12 + 17.60 + 8 + 13 + 15 = 85.60, an A. */
export function inputsOf(
  levels: Partial<Record<keyof typeof LEVELS, string>> = {},
  sheets: readonly number[] = SHEETS,
): RatingInputs {
  return {
    items: Object.entries({ ...LEVELS, ...levels }).map(([item, level]) => ({ item, level })),
    assets: [{ item: 'HOUSE', quantity: 1, valueFen: 8_000_000 as Fen }],
    appraisals: sheets.map((points, place) => sheetOf(points, `评议员${place + 1}`)),
    findings: [],
    register: { ableWorkers: 2, adultsInAge: 3 },
  };
}
