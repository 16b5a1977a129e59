/** What other modules ask of collection. */
import type { Sql } from '../platform/db/database';

/** The records of a loan, as a claim on the risk fund looks at them. */
export interface CollectionRecords {
  /** Reminders, visits and demands that count for a claim. */
  counted: number;
  /** The use of the money was checked in at least one visit. */
  useChecked: boolean;
  visits: number;
  reminders: number;
}

/** The collection records of a loan; a loan without any has zeros. */
export async function collectionRecordsOf(sql: Sql, loanId: string): Promise<CollectionRecords> {
  const rows = await sql.rows<{ what: string; n: number; counted: number; used: number }>(
    `SELECT 'reminder' AS what, COUNT(*) AS n, COALESCE(SUM(counts_for_claim), 0) AS counted,
            0 AS used FROM reminder WHERE loan_id = :loanId
     UNION ALL
     SELECT 'visit', COUNT(*), COALESCE(SUM(counts_for_claim), 0), COALESCE(SUM(use_checked), 0)
       FROM visit WHERE loan_id = :loanId
     UNION ALL
     SELECT 'demand', COUNT(*), COALESCE(SUM(counts_for_claim), 0), 0
       FROM demand WHERE loan_id = :loanId`,
    { loanId },
  );
  const of = (what: string) => rows.find((row) => row.what === what);
  return {
    counted: rows.reduce((sum, { counted }) => sum + counted, 0),
    useChecked: (of('visit')?.used ?? 0) > 0,
    visits: of('visit')?.n ?? 0,
    reminders: of('reminder')?.n ?? 0,
  };
}
