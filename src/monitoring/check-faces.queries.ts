/** What other modules ask of post-loan care. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Use } from './use-check';

/** A check of use, as the page of its loan lists it. */
export interface CheckFace {
  id: string;
  visitedOn: BusinessDate;
  dueOn: BusinessDate;
  useFound: Use;
  findings: string;
  recordedByName: string;
  /** The flag that it raised or joined, and how that stands. */
  flagState: string | null;
}

/** The checks of a loan, oldest first. */
export function checksOf(sql: Sql, loanId: string): Promise<CheckFace[]> {
  return sql.rows<CheckFace>(
    `SELECT c.id AS id, c.visited_on AS visitedOn, c.due_on AS dueOn, c.use_found AS useFound,
            c.findings AS findings, c.recorded_by_name AS recordedByName, f.state AS flagState
       FROM use_check c LEFT JOIN monitoring_flag f ON f.id = c.flag_id
      WHERE c.loan_id = :loanId ORDER BY c.visited_on, c.id`,
    { loanId },
  );
}
