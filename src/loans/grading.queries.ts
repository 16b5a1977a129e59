/** What grading asks of the loan book: the borrower's other loans, and whether a history was changed just now. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { BEST_GRADE } from './classification';
import type { GradedLoan } from './grading';

/** A loan to be graded. */
export interface Candidate extends GradedLoan {
  memberId: string;
  regionCode: string;
  classCode: string;
}

const COLUMNS = `id, member_id AS memberId, region_code AS regionCode, class_code AS classCode,
  matures_on AS maturesOn, outstanding_fen AS outstandingFen, own_due_since AS ownDueSince,
  written_off_on AS writtenOffOn, judged_code AS judgedCode`;

/** True of a loan that may be graded otherwise than best, or is. */
const NOT_PLAIN = `(matures_on < :date OR own_due_since < :date OR class_code <> :best
  OR judged_code IS NOT NULL OR written_off_on IS NOT NULL)`;

/**
 * Running loans, by id ascending, greater than `after`, that are not plainly of the best grade: they are late, judged
 * or written off, or another loan of their borrower is.
 */
export function notPlainlyBest(
  sql: Sql,
  { date, after, limit }: { date: BusinessDate; after: string; limit: number },
): Promise<Candidate[]> {
  return sql.rows<Candidate>(
    `SELECT ${COLUMNS} FROM loan
      WHERE state = 'running' AND id > :after AND (${NOT_PLAIN}
        OR member_id IN (SELECT b.member_id FROM loan b WHERE b.state = 'running' AND ${NOT_PLAIN.replace(
          /\b(matures_on|own_due_since|class_code|judged_code|written_off_on)\b/g,
          'b.$1',
        )}))
      ORDER BY id LIMIT :limit`,
    { date, best: BEST_GRADE, after, limit },
  );
}

/** The running loans of these borrowers, by borrower. */
export async function runningOf(
  sql: Sql,
  memberIds: readonly string[],
): Promise<Map<string, Candidate[]>> {
  const loans = new Map<string, Candidate[]>();
  if (memberIds.length === 0) return loans;
  const rows = await sql.rows<Candidate>(
    `SELECT ${COLUMNS} FROM loan WHERE state = 'running' AND member_id IN (:memberIds) ORDER BY id`,
    { memberIds: [...new Set(memberIds)] },
  );
  for (const row of rows) loans.set(row.memberId, [...(loans.get(row.memberId) ?? []), row]);
  return loans;
}

/** The borrower's other running loans. */
export async function othersOf(
  sql: Sql,
  loan: Pick<Candidate, 'id' | 'memberId'>,
): Promise<Candidate[]> {
  const loans = (await runningOf(sql, [loan.memberId])).get(loan.memberId) ?? [];
  return loans.filter(({ id }) => id !== loan.id);
}

/** Whether the loan's history was changed on one of these days, both inclusive. */
export async function correctedWithin(
  sql: Sql,
  loanId: string,
  { from, to }: { from: BusinessDate; to: BusinessDate },
): Promise<boolean> {
  const found = await sql.one(
    `SELECT id FROM loan_correction
      WHERE loan_id = :loanId AND corrected_on >= :from AND corrected_on <= :to LIMIT 1`,
    { loanId, from, to },
  );
  return found !== null;
}

/** The class of a loan `l` at the end of a date, as it was kept. `date`: a parameter. */
export function classOn(date: string): string {
  return `COALESCE((SELECT c.to_code FROM loan_class_change c
    WHERE c.loan_id = l.id AND c.changed_on <= ${date}
    ORDER BY c.changed_on DESC, c.id DESC LIMIT 1), 'NORMAL')`;
}
