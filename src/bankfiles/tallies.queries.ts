/** Rows of a bank file counted and summed, and read one after the other: for its task, its screens and its sheet. */
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import type { BankFileCounts, Outcome, RowState, Tally } from './bank-file';
import { noCounts } from './bank-file';
import { BankFileRow } from './bank-file.entity';

/** What the dry run found. */
export async function countsOf(sql: Sql, bankFileId: string): Promise<BankFileCounts> {
  const counts = noCounts();
  const rows = await sql.rows<Tally & { outcome: Outcome }>(
    `SELECT outcome AS outcome, COUNT(*) AS count, SUM(COALESCE(amount_fen, 0)) AS amountFen
       FROM bank_file_row WHERE bank_file_id = :bankFileId AND outcome IS NOT NULL
      GROUP BY outcome`,
    { bankFileId },
  );
  for (const { outcome, count, amountFen } of rows) {
    counts.outcomes[outcome] = { count, amountFen };
    counts.rows += count;
  }
  return counts;
}

/** What became of the rows up to now, by state. */
export async function statesOf(sql: Sql, bankFileId: string): Promise<Map<RowState, Tally>> {
  const rows = await sql.rows<Tally & { state: RowState }>(
    `SELECT state AS state, COUNT(*) AS count, SUM(COALESCE(amount_fen, 0)) AS amountFen
       FROM bank_file_row WHERE bank_file_id = :bankFileId GROUP BY state`,
    { bankFileId },
  );
  return new Map(rows.map(({ state, count, amountFen }) => [state, { count, amountFen }]));
}

/** The next rows to be posted: by day of payment, then in the order of the file. */
export function rowsToPost(
  sql: Sql,
  bankFileId: string,
  limit: number,
): Promise<Pick<BankFileRow, 'id'>[]> {
  return sql.rows(
    `SELECT id FROM bank_file_row
      WHERE bank_file_id = :bankFileId AND state = 'CHECKED' AND outcome = 'READY'
      ORDER BY paid_on, row_no LIMIT :limit`,
    { bankFileId, limit },
  );
}

/** Rows of which something is to be said, after a row, in the order of the file. */
export async function rowsWithRemarks(
  sql: Sql,
  bankFileId: string,
  after: number,
  limit: number,
): Promise<BankFileRow[]> {
  const outcomes = ['ERROR', 'UNMATCHED', 'DIFFERS', 'WAITING'];
  const ids = await sql.rows<{ id: string }>(
    `SELECT id FROM bank_file_row
      WHERE bank_file_id = :bankFileId AND row_no > :after AND outcome IN (:outcomes)
      ORDER BY row_no LIMIT :limit`,
    { bankFileId, after, outcomes, limit },
  );
  if (ids.length === 0) return [];
  return listRows(sql, BankFileRow, { id: ids.map(({ id }) => id) }, { rowNo: 'asc' });
}
