/**
 * The port through which the loan book flows into ratings and lines. Loans stand above credit and credit may not
 * call them, so `src/app.ts` plugs the answers in. Points for repayment come from here alone: nobody can type
 * them. Every question is asked as of a date and for many households at once, so that one household is answered
 * by the same statement as a county.
 */
import { CheckFailed, check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';

/** What is known of a household's borrowing up to a date. */
export interface RepaymentRecord {
  /** Loans paid out so far, settled ones included. */
  loans: number;
  /** Whether any payment was ever late. */
  everOverdue: boolean;
  /** The longest time any payment was late, in days; 0 when none was. */
  longestOverdueDays: number;
  /** Days that the longest arrears still standing are late on the date; 0 when none are. */
  overdueNowDays: number;
  /** Whether a loan is not settled and not performing (次级、可疑、损失) on the date. */
  unsettledBad: boolean;
}

/** A household that is late on a date; `days` of its longest arrears. */
export interface OverdueHousehold {
  householdId: string;
  days: number;
}

/** What credit asks of those who hold the evidence. */
export interface Evidence {
  /** The record of every household asked for; all are in the answer. */
  repaymentRecords(
    sql: Sql,
    householdIds: readonly string[],
    date: BusinessDate,
  ): Promise<Map<string, RepaymentRecord>>;
  /** Principal still owed on the date, in fen, by household; 0 for those who owe none. */
  usedOf(sql: Sql, householdIds: readonly string[], date: BusinessDate): Promise<Map<string, Fen>>;
  /** Banks to which a household owes principal on the date; households that owe none are not in the answer. */
  lendersOf(
    sql: Sql,
    householdIds: readonly string[],
    date: BusinessDate,
  ): Promise<Map<string, string[]>>;
  /** Households at least `minDays` late on the date, by id ascending, greater than `after`. */
  overdueHouseholds(
    sql: Sql,
    asked: { date: BusinessDate; minDays: number; after: string | null; limit: number },
  ): Promise<OverdueHousehold[]>;
}

let plugged: Evidence | null = null;

/** Plugs the evidence in; the last caller holds. */
export function useEvidence(port: Evidence): void {
  plugged = port;
}

/** The evidence as plugged in. @throws CheckFailed when nothing is */
export function evidence(): Evidence {
  if (plugged) return plugged;
  throw new CheckFailed('No evidence is plugged into credit: call useEvidence at the start');
}

/** The record of one household as of a date. */
export async function repaymentRecordOf(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<RepaymentRecord> {
  const records = await evidence().repaymentRecords(sql, [householdId], date);
  const record = records.get(householdId);
  check(record, `The evidence leaves out household ${householdId}`);
  return record;
}
