/**
 * What the loan book tells the rating of households and their lines: how they repaid, what they owe, who is late.
 * Asked as of a date and for many households in one statement; the answer for one household is the same.
 */
import { check } from '../platform/check';
import { addDays, type BusinessDate, daysBetween, maxDate, minDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { isNonPerforming } from './classification';
import { overdueDaysOn } from './interest';
import { TablesOfTheDay } from './tables-of-the-day';

/** How a household has repaid, as of a date. Days are those after maturity. */
export interface RepaymentRecord {
  /** Loans ever paid out to it. */
  loans: number;
  everOverdue: boolean;
  /** From maturity to the settlement of all that was owed. */
  longestOverdueDays: number;
  /** Of a loan whose principal is outstanding on the date, as the loan itself counts them. */
  overdueNowDays: number;
  /** Whether such a loan is in a non-performing grade by the table of the date. */
  unsettledBad: boolean;
}

/** A loan that was paid out, as it stood on the date. */
interface LoanOnDate {
  householdId: string;
  regionCode: string;
  maturesOn: BusinessDate;
  settledOn: BusinessDate | null;
  outstandingFen: Fen;
}

/** A loan's outstanding principal on a date: what is outstanding now and what was repaid after the date. */
export const OUTSTANDING_ON = `l.outstanding_fen + COALESCE(
  (SELECT SUM(e.principal_fen) FROM loan_event e
    WHERE e.loan_id = l.id AND e.kind = 'repayment' AND e.happened_on > :date), 0)`;

/** The loans paid out to these households up to the date, by household. */
async function loansOn(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, LoanOnDate[]>> {
  const rows = await sql.rows<LoanOnDate>(
    `SELECT l.household_id AS householdId, l.region_code AS regionCode, l.matures_on AS maturesOn,
            l.settled_on AS settledOn, ${OUTSTANDING_ON} AS outstandingFen
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
  for (const { regionCode, maturesOn, settledOn, outstandingFen } of loans) {
    const ended = minDate(date, settledOn ?? date);
    longestOverdueDays = Math.max(
      longestOverdueDays,
      daysBetween(maturesOn, maxDate(maturesOn, ended)),
    );
    const now = overdueDaysOn(maturesOn, outstandingFen, date);
    overdueNowDays = Math.max(overdueNowDays, now);
    // The table is asked for only where something is late: most households are not.
    unsettledBad ||= now > 0 && isNonPerforming(await tables.of(regionCode), now);
  }
  return {
    ...{ loans: loans.length, everOverdue: longestOverdueDays > 0 },
    ...{ longestOverdueDays, overdueNowDays, unsettledBad },
  };
}

/** Outstanding principal of each household on a date; 0 for those who owe none. */
export async function usedOf(
  sql: Sql,
  householdIds: readonly string[],
  date: BusinessDate,
): Promise<Map<string, Fen>> {
  const loans = await loansOn(sql, householdIds, date);
  return new Map(
    [...loans].map(([householdId, rows]) => [
      householdId,
      addFen(ZERO_FEN, ...rows.map((row) => row.outstandingFen)),
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
      WHERE l.household_id IN (:householdIds) AND l.disbursed_on <= :date AND ${OUTSTANDING_ON} > 0
      ORDER BY l.household_id, l.bank_id`,
    { householdIds, date },
  );
  const lenders = new Map<string, string[]>();
  for (const { householdId, bankId } of rows) {
    lenders.set(householdId, [...(lenders.get(householdId) ?? []), bankId]);
  }
  return lenders;
}

/** A household with principal that is late on a date; `days` of its longest arrears. */
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
  const rows = await sql.rows<{ householdId: string; maturesOn: BusinessDate }>(
    `SELECT l.household_id AS householdId, MIN(l.matures_on) AS maturesOn
       FROM loan l
      WHERE l.state IN ('running', 'settled') AND l.matures_on <= :latest
        AND (l.settled_on IS NULL OR l.settled_on > :date)
        AND l.household_id > :after AND ${OUTSTANDING_ON} > 0
      GROUP BY l.household_id ORDER BY l.household_id LIMIT :limit`,
    { date, latest: addDays(date, -minDays), after: after ?? '', limit },
  );
  return rows.map(({ householdId, maturesOn }) => ({
    householdId,
    days: daysBetween(maturesOn, date),
  }));
}
