/** What other modules ask of collection. */
import type { BusinessDate } from '../platform/dates';
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

/** A reminder, visit or demand, as the page of its loan lists it. */
export interface Contact {
  what: 'reminder' | 'visit' | 'demand';
  id: string;
  onDate: BusinessDate;
  /** Step of the ladder, or empty for a visit. */
  stepCode: string;
  /** Kind of the reminder or demand, or who was met. */
  about: string;
  countsForClaim: boolean;
}

/** All contacts with the borrower of a loan, oldest first. */
export async function contactsOf(sql: Sql, loanId: string): Promise<Contact[]> {
  const rows = await sql.rows<Omit<Contact, 'countsForClaim'> & { countsForClaim: 0 | 1 }>(
    `SELECT 'reminder' AS what, id, sent_on AS onDate, step_code AS stepCode, kind AS about,
            counts_for_claim AS countsForClaim FROM reminder WHERE loan_id = :loanId
     UNION ALL
     SELECT 'visit', id, visited_on, '', met_with, counts_for_claim
       FROM visit WHERE loan_id = :loanId
     UNION ALL
     SELECT 'demand', id, held_on, step_code, kind, counts_for_claim
       FROM demand WHERE loan_id = :loanId
     ORDER BY onDate, id`,
    { loanId },
  );
  return rows.map((row) => ({ ...row, countsForClaim: row.countsForClaim === 1 }));
}
