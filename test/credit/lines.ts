/**
 * A county with credit lines, whatever the way by which ratings come about: a rating in force is put in its table
 * and its line is granted. What the loan book would say of a household, the test holds in its hand.
 */
import { grantLine } from '../../src/credit';
import { type RepaymentRecord, useEvidence } from '../../src/credit/evidence';
import type { Actor } from '../../src/platform/authority';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { addDays, addMonths, type BusinessDate, businessDate } from '../../src/platform/dates';
import type { RecordStep } from '../../src/platform/jobs/step';
import { type Fen, fen } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { aHousehold, openRegister, TOWNSHIP, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import type { OpenTest } from '../support/databases';
import { fixedEvidence } from './cards';

/** The bank of these tests, and another one. */
export const BANK = 'BANK00000000000000000000AA';
export const OTHER_BANK = 'BANK00000000000000000000BB';

/** What the loan book says of households: nothing where nothing is set. */
const records = new Map<string, RepaymentRecord>();
const used = new Map<string, Fen>();

/** Says that a household owes so much, and is so many days late. */
export function owes(householdId: string, usedFen: number, overdueDays = 0): void {
  used.set(householdId, fen(usedFen));
  records.set(householdId, {
    loans: 1,
    everOverdue: overdueDays > 0,
    longestOverdueDays: overdueDays,
    overdueNowDays: overdueDays,
    unsettledBad: overdueDays > 90,
  });
}

/** Says that nobody owes anything. */
export function nobodyOwes(): void {
  used.clear();
  records.clear();
}

/** A migrated county with places, scorecard, line rules and calendar, on 2018-03-01. */
export async function openLines(open: OpenTest, start?: string): Promise<County> {
  const county = await openRegister(open, start);
  const parameters = ['credit.scorecard', 'credit.line-rules', 'credit.places', 'calendar.year'];
  await loadPolicyFiles(county.platform, { parameters });
  useEvidence(fixedEvidence(records, used));
  return county;
}

/** How a line is given; what is left out has a default. */
export interface LineSpec {
  householdId?: string;
  regionCode?: string;
  grade?: string;
  /** Line of the rating, in fen. */
  totalFen?: number;
  from?: string;
  bankId?: string;
  /** Who rated, and who decided. */
  ratedBy?: string;
  decidedBy?: string;
}

const GRADE_NAMES: Readonly<Record<string, string>> = {
  A: '优秀',
  B: '较好',
  C: '一般',
  D: '较差',
};

/** A household with a rating in force and its line: grade B, 40,000.00 yuan, for 24 months from today. */
export async function aLine(county: County, spec: LineSpec = {}) {
  const { grade = 'B', totalFen = 4_000_000, bankId = BANK } = spec;
  const place = spec.regionCode === undefined ? {} : { regionCode: spec.regionCode };
  const householdId = spec.householdId ?? (await aHousehold(county, undefined, place)).householdId;
  const from = businessDate(spec.from ?? county.platform.clock.today());
  const until = addDays(addMonths(from, 24), -1);
  const ratingId = county.platform.newId();
  await county.system(async (work) => {
    await work.tx.exec(
      `UPDATE rating SET state = 'superseded', superseded_on = :from, current_key = NULL
        WHERE current_key = :householdId`,
      { from, householdId },
    );
    const card = await work.tx.one<{ id: string }>(
      "SELECT id FROM policy_row WHERE parameter = 'credit.scorecard' ORDER BY id LIMIT 1",
    );
    const place = await work.tx.one<{ code: string; region: string }>(
      'SELECT code, region_code AS region FROM household WHERE id = :householdId',
      { householdId },
    );
    await work.tx.exec(
      `INSERT INTO rating (id, household_id, household_code, head_name, region_code,
              scorecard_row_id, score_hundredths, grade, grade_name, line_fen, validity_months,
              rated_on, rated_by, rated_by_name, state, decided_by, decided_by_name, decided_on,
              valid_until, current_key, content_digest, version)
       VALUES (:ratingId, :householdId, :code, '韦大明', :region, :card, 8000, :grade, :gradeName,
              :totalFen, 24, :from, :ratedBy, '乡镇干部', 'confirmed', :decidedBy, '银行审批人', :from,
              :until, :householdId, :digest, 2)`,
      {
        ratingId,
        householdId,
        code: place?.code ?? '',
        region: place?.region ?? '',
        card: card?.id ?? '',
        grade,
        gradeName: GRADE_NAMES[grade] ?? grade,
        totalFen,
        from,
        until,
        ratedBy: spec.ratedBy ?? 'RATER',
        decidedBy: spec.decidedBy ?? 'DECIDER',
        digest: 'a'.repeat(64),
      },
    );
    const total = fen(totalFen);
    const regionCode = place?.region ?? '';
    await grantLine(work, {
      householdId,
      regionCode,
      ratingId,
      bankId,
      totalFen: total,
      from,
      until,
    });
  });
  return { householdId, ratingId, from, until };
}

/** Somebody of the bank, for the county unless a region is given. */
export const banker = (county: County, permission: string, bankId = BANK): Actor =>
  county.actor({
    permissions: [permission, 'credit.read'],
    region: '450328000000',
    name: '银行工作人员',
    org: { id: bankId, kind: 'bank' },
  });

/** A village worker of the household's village. */
export const villager = (county: County, permission: string, region = VILLAGE): Actor =>
  county.actor({ permissions: [permission, 'credit.read'], region, name: '村级协办员' });

/** A township officer. */
export const townsman = (county: County, permission: string, region = TOWNSHIP): Actor =>
  county.actor({ permissions: [permission, 'credit.read'], region, name: '乡镇干部' });

/** Somebody of the county's poverty office. */
export const countyman = (county: County, permission: string): Actor =>
  county.actor({ permissions: [permission, 'credit.read'], name: '县办干部' });

/** Tables that acts on lines write. */
export const LINE_TABLES = [
  'credit_line',
  'credit_line_period',
  'line_raise',
  'credit_appeal',
  'credit_place_award',
] as const;

/** The code with which this is refused; nothing of lines has changed then. */
export async function refused(county: County, attempt: () => Promise<unknown>): Promise<string> {
  const before = await county.snapshot(...LINE_TABLES);
  const code = await county.refusal(attempt());
  expect(await county.snapshot(...LINE_TABLES)).toBe(before);
  return code;
}

/** The line of a household as it stands: state and total in fen. */
export async function lastPeriod(county: County, householdId: string): Promise<PeriodRow> {
  return (await periodsOf(county, householdId)).at(-1) as PeriodRow;
}

/** A period as these tests look at it. */
export interface PeriodRow {
  seq: number;
  state: string;
  cause: string;
  totalFen: Fen;
  fromOn: BusinessDate;
  untilOn: BusinessDate | null;
  madeBy: string;
}

/** The periods of a household's line in their order. */
export function periodsOf(county: County, householdId: string): Promise<PeriodRow[]> {
  return county.platform.db.reader().rows<PeriodRow>(
    `SELECT seq, state, cause, total_fen AS totalFen, from_on AS fromOn, until_on AS untilOn,
            made_by AS madeBy
       FROM credit_line_period WHERE household_id = :householdId ORDER BY seq`,
    { householdId },
  );
}

/** Runs a step for one night, page by page, as the runner would; the households that were due. */
export async function lineNight(county: County, step: RecordStep, date: string): Promise<string[]> {
  const on = businessDate(date);
  const done: string[] = [];
  for (let after: string | null = null; ; ) {
    const keys = await step.due(county.platform.db.reader(), on, after, 2);
    for (const key of keys) {
      await county.do(SYSTEM_ACTOR, step.act, step.input(key, on), { today: on });
    }
    done.push(...keys);
    after = keys.at(-1) ?? null;
    if (after === null) return done;
  }
}
