/** The loan book asked for many numbers at once, as a bank's file names them: contract numbers and references. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import type { LoanState } from './loan.entity';

/** A loan as it is found by its contract number. */
export interface NumberedLoan {
  id: string;
  /** The bank's contract number. */
  number: string;
  regionCode: string;
  borrowerName: string;
  state: LoanState;
  principalFen: Fen;
  disbursedOn: BusinessDate | null;
}

/** The loans of a bank with these contract numbers; at most some hundreds in one question. */
export async function loansByNumber(
  sql: Sql,
  bankId: string,
  numbers: readonly string[],
): Promise<NumberedLoan[]> {
  if (numbers.length === 0) return [];
  return sql.rows<NumberedLoan>(
    `SELECT l.id AS id, l.number AS number, l.region_code AS regionCode, m.name AS borrowerName,
            l.state AS state, l.principal_fen AS principalFen, l.disbursed_on AS disbursedOn
       FROM loan l JOIN household_member m ON m.id = l.member_id
      WHERE l.bank_id = :bankId AND l.number IN (:numbers)`,
    { bankId, numbers },
  );
}

/** A payment or payout under the bank's reference. */
export interface ReferencedEvent {
  reference: string;
  loanId: string;
  happenedOn: BusinessDate;
  amountFen: Fen;
}

interface KeyedEvent extends Omit<ReferencedEvent, 'reference'> {
  naturalKey: string;
}

const referenced =
  (prefix: string) =>
  ({ naturalKey, ...event }: KeyedEvent): ReferencedEvent => ({
    ...event,
    reference: naturalKey.slice(prefix.length),
  });

/** The repayments of a bank that stand under these references. */
export async function repaymentsByReference(
  sql: Sql,
  bankId: string,
  references: readonly string[],
): Promise<ReferencedEvent[]> {
  if (references.length === 0) return [];
  const prefix = 'repayment/';
  const rows = await sql.rows<KeyedEvent>(
    `SELECT natural_key AS naturalKey, loan_id AS loanId, happened_on AS happenedOn,
            amount_fen AS amountFen
       FROM loan_event WHERE bank_id = :bankId AND natural_key IN (:keys)
        AND voided_by IS NULL`,
    { bankId, keys: references.map((reference) => prefix + reference) },
  );
  return rows.map(referenced(prefix));
}

/** The payouts of these loans. */
export async function payoutsOf(sql: Sql, loanIds: readonly string[]): Promise<ReferencedEvent[]> {
  if (loanIds.length === 0) return [];
  const rows = await sql.rows<KeyedEvent>(
    `SELECT natural_key AS naturalKey, loan_id AS loanId, happened_on AS happenedOn,
            amount_fen AS amountFen
       FROM loan_event WHERE loan_id IN (:loanIds) AND kind = 'disbursal' AND voided_by IS NULL`,
    { loanIds },
  );
  return rows.map(referenced('disbursal/'));
}
