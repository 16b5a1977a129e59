/** What came of an import, in numbers and row by row: for its task, its screens and its sheet of errors. */
import type { Sql } from '../platform/db/database';
import type { HouseholdImportRemark } from './import.entity';
import { type ImportCounts, noCounts, type Outcome } from './import-outcome';

/** How many households the list names. */
export async function countCodes(sql: Sql, importId: string): Promise<number> {
  const row = await sql.one<{ n: number }>(
    `SELECT COUNT(DISTINCT household_code) AS n FROM household_import_row
      WHERE import_id = :importId`,
    { importId },
  );
  return row?.n ?? 0;
}

/** How many rows of the list are kept. */
export async function countRows(sql: Sql, importId: string): Promise<number> {
  const row = await sql.one<{ n: number }>(
    'SELECT COUNT(*) AS n FROM household_import_row WHERE import_id = :importId',
    { importId },
  );
  return row?.n ?? 0;
}

/**
 * What came of an import of so many rows: of its dry run, or of the import itself. A row without a household code
 * belongs to no household and stays out by itself.
 */
export async function countsOf(
  sql: Sql,
  importId: string,
  column: 'outcome' | 'applied_outcome',
  rows: number,
): Promise<ImportCounts> {
  const counts = { ...noCounts(), rows };
  const outcomes = await sql.rows<{ outcome: Outcome; households: number; persons: number }>(
    `SELECT ${column} AS outcome, COUNT(*) AS households, SUM(row_count) AS persons
       FROM household_import_result WHERE import_id = :importId AND ${column} IS NOT NULL
      GROUP BY ${column}`,
    { importId },
  );
  let homeless = rows;
  for (const { outcome, households, persons } of outcomes) {
    counts.households[outcome] = households;
    counts.persons[outcome] = persons;
    homeless -= persons;
  }
  counts.persons.REJECTED += homeless;
  const remarks = await sql.rows<{ kind: string; n: number }>(
    `SELECT kind, COUNT(*) AS n FROM household_import_remark WHERE import_id = :importId
      GROUP BY kind`,
    { importId },
  );
  for (const { kind, n } of remarks) counts[kind === 'FAULT' ? 'faults' : 'told'] = n;
  return counts;
}

/** What was said of the rows after one remark, in order; for the sheet of errors. */
export async function remarksAfter(
  sql: Sql,
  importId: string,
  after: { row: number; phase: string; no: number },
  limit: number,
): Promise<HouseholdImportRemark[]> {
  return sql.rows<HouseholdImportRemark>(
    `SELECT row_no AS rowNo, phase, no, kind, column_title AS columnTitle,
            value_masked AS valueMasked, reason, remedy
       FROM household_import_remark
      WHERE import_id = :importId AND row_no >= :row
        AND (row_no > :row OR phase > :phase OR (phase = :phase AND no > :no))
      ORDER BY row_no, phase, no LIMIT :limit`,
    { importId, ...after, limit },
  );
}
