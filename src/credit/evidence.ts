/**
 * The port through which a household's repayment record flows into its rating. Loans stand above credit and
 * credit may not call them, so `src/app.ts` plugs the answer in. Points for repayment come from here alone:
 * nobody can type them.
 */
import { CheckFailed } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';

/** What is known of a household's borrowing up to a date. */
export interface RepaymentRecord {
  /** Loans paid out so far, settled ones included. */
  loans: number;
  /** Whether any payment was ever late. */
  everOverdue: boolean;
  /** The longest time any payment was late, in days; 0 when none was. */
  longestOverdueDays: number;
}

/** What credit asks of those who hold the evidence. */
export interface Evidence {
  repaymentRecord(sql: Sql, householdId: string, date: BusinessDate): Promise<RepaymentRecord>;
}

let plugged: Evidence = {
  repaymentRecord: async () => {
    throw new CheckFailed('No evidence is plugged into credit: call useEvidence at the start');
  },
};

/** Plugs the evidence in; the last caller holds. */
export function useEvidence(port: Evidence): void {
  plugged = port;
}

/** The record as of a date, as the plugged port tells it. */
export function repaymentRecordOf(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<RepaymentRecord> {
  return plugged.repaymentRecord(sql, householdId, date);
}
