/**
 * What the loan book tells the rating of households and their lines: how they repaid, what they owe, who is late.
 * Asked as of a date and for many households in one statement; the answer for one household is the same.
 */
import { check } from '../platform/check';
import { addDays, type BusinessDate, daysBetween, maxDate, minDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { isNonPerforming } from './classification';
import { interestDaysOn } from './grading';
import { overdueDaysOn } from './interest';
import { TablesOfTheDay } from './tables-of-the-day';

/** How a household has repaid, as of a date. Days are those of principal after maturity and of open own interest. */
export interface RepaymentRecord {
  /** Loans ever paid out to it. */
  loans: number;
  everOverdue: boolean;
  /** From maturity to the settlement of all that was owed. */
  longestOverdueDays: number;
  /** The longer count of a loan that owes on the date, as the loan itself counts them. */
  overdueNowDays: number;
  /** Whether such a loan was written off, or is in a non-performing grade by the table of the date. */
  unsettledBad: boolean;
}

/** A loan that was paid out, as it stood on the date. */
interface LoanOnDate {
  householdId: string;
  regionCode: string;
  maturesOn: BusinessDate;
  settledOn: BusinessDate | null;
  writtenOffOn: BusinessDate | null;
  /** Since when own interest is open that was due before the date. */
  ownDueSince: BusinessDate | null;
  /** Principal, written off or not. */
  owedFen: Fen;
}

/** A loan's outstanding principal on a date: what is outstanding now and what was repaid or written off after it. */
export function outstandingOn(date: string): string {
  return `l.outstanding_fen + COALESCE(
  (SELECT SUM(e.principal_fen) FROM loan_event e
    WHERE e.loan_id = l.id AND e.voided_by IS NULL AND e.happened_on > ${date}
      AND e.kind IN ('repayment', 'renewal', 'write-off')), 0)`;
}

/** The same on the date `:date`. */
export const OUTSTANDING_ON = outstandingOn(':date');

/** The principal that the household owes on the date `:date`: what was written off is still owed until it comes in. */
const OWED_ON = `l.principal_fen - COALESCE(
  (SELECT SUM(e.principal_fen) FROM loan_event e
    WHERE e.loan_id = l.id AND e.voided_by IS NULL AND e.happened_on <= :date
      AND e.kind IN ('repayment', 'renewal', 'recovery')), 0)`;

/** The day since which own interest is open that was due before the date `:date`; what was paid since is not told. */
const OWN_DUE_ON = 'CASE WHEN l.own_due_since < :date THEN l.own_due_since END';

/** The loans paid out to these households up to the date, by household. */
async function loansOn(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, LoanOnDate[]>> {
  const rows = await sql.rows<LoanOnDate>(
    `SELECT l.household_id AS householdId, l.region_code AS regionCode, l.matures_on AS maturesOn,
            l.settled_on AS settledOn, l.written_off_on AS writtenOffOn,
            ${OWN_DUE_ON} AS ownDueSince, ${OWED_ON} AS owedFen
       FROM loan l WHERE l.household_id IN (:householdIds) AND l.disbursed_on <= :date`,
    { householdIds, date },
  );
  const loans = new Map<string, LoanOnDate[]>(householdIds.map((id) => [id, []]));
  for (const row of rows) loans.get(row.householdId)?.push(row);
  return loans;
}

/** The record of repayment of each household up to a date; all asked for are in the answer. */
export async function repaymentRecords(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, RepaymentRecord>> {
  const tables = new TablesOfTheDay(sql, date);
  const records = new Map<string, RepaymentRecord>();
  for (const [householdId, loans] of await loansOn(sql, householdIds, date)) {
    records.set(householdId, await recordOf(loans, date, tables));
  }
  return records;
}

async function recordOf(
  loans: readonly LoanOnDate[],
  date: BusinessDate,
  tables: TablesOfTheDay,
): Promise<RepaymentRecord> {
  let longestOverdueDays = 0;
  let overdueNowDays = 0;
  let unsettledBad = false;
  for (const loan of loans) {
    const { regionCode, maturesOn, settledOn, writtenOffOn, ownDueSince, owedFen } = loan;
    const ended = minDate(date, settledOn ?? date);
    const now = Math.max(
      overdueDaysOn(maturesOn, owedFen, date),
      interestDaysOn(ownDueSince, date),
    );
    const sinceMaturity = daysBetween(maturesOn, maxDate(maturesOn, ended));
    longestOverdueDays = Math.max(longestOverdueDays, sinceMaturity, now);
    overdueNowDays = Math.max(overdueNowDays, now);
    const lost = writtenOffOn !== null && writtenOffOn <= date && owedFen > 0;
    // The table is asked for only where something is late: most households are not.
    unsettledBad ||= lost || (now > 0 && isNonPerforming(await tables.of(regionCode), now));
  }
  return {
    ...{ loans: loans.length, everOverdue: longestOverdueDays > 0 },
    ...{ longestOverdueDays, overdueNowDays, unsettledBad },
  };
}

/** Principal that each household owes on a date, written off or not; 0 for those who owe none. */
export async function usedOf(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, Fen>> {
  const loans = await loansOn(sql, householdIds, date);
  return new Map(
    [...loans].map(([householdId, rows]) => [
      householdId,
      addFen(ZERO_FEN, ...rows.map((row) => row.owedFen)),
    ]),
  );
}

/** The banks to which each household owes principal on a date; households that owe none are not in the map. */
export async function lendersOf(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, string[]>> {
  const rows = await sql.rows<{ householdId: string; bankId: string }>(
    `SELECT DISTINCT l.household_id AS householdId, l.bank_id AS bankId
       FROM loan l
      WHERE l.household_id IN (:householdIds) AND l.disbursed_on <= :date AND ${OWED_ON} > 0
      ORDER BY l.household_id, l.bank_id`,
    { householdIds, date },
  );
  const lenders = new Map<string, string[]>();
  for (const { householdId, bankId } of rows) {
    lenders.set(householdId, [...(lenders.get(householdId) ?? []), bankId]);
  }
  return lenders;
}

/** A household that is late on a date with principal or own interest; `days` of its longest arrears. */
export interface OverdueHousehold {
  householdId: string;
  days: number;
}

/** Households at least `minDays` (1 or more) late on a date, by id ascending, greater than `after`. */
export async function overdueHouseholds(
  sql: Sql,
  asked: { date: BusinessDate; minDays: number; after: string | null; limit: number },
): Promise<OverdueHousehold[]> {
  const { date, minDays, after, limit } = asked;
  check(minDays >= 1, 'A loan is late from its first day after maturity on.');
  const rows = await sql.rows<{ householdId: string; lateSince: BusinessDate }>(
    `SELECT householdId, MIN(lateSince) AS lateSince
       FROM (SELECT l.household_id AS householdId, l.matures_on AS lateSince
               FROM loan l
              WHERE l.state IN ('running', 'settled') AND l.matures_on <= :latest
                AND (l.settled_on IS NULL OR l.settled_on > :date)
                AND l.household_id > :after AND ${OWED_ON} > 0
             UNION ALL
             SELECT l.household_id AS householdId, l.own_due_since AS lateSince
               FROM loan l
              WHERE l.state = 'running' AND l.own_due_since <= :latest AND l.household_id > :after) late
      GROUP BY householdId ORDER BY householdId LIMIT :limit`,
    { date, latest: addDays(date, -minDays), after: after ?? '', limit },
  );
  return rows.map(({ householdId, lateSince }) => ({
    householdId,
    days: daysBetween(lateSince, date),
  }));
}
