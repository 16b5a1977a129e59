/** The lists of changes that were asked for: those that wait, and those of a loan. */
import { memberFor } from '../households';
import { type Page, pageFields, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField } from '../platform/shape';
import type { AskedState } from './asked.entity';
import { ASKED_STATES, type AskedFace } from './asked-face';

/** What a list is asked for. */
export interface AskedList {
  loanId?: string;
  state?: AskedState;
  after?: string;
  size?: number;
}

/** The input fields of a list. */
export const askedListFields = {
  loanId: idField('只看一笔贷款').optional(),
  state: codeField(ASKED_STATES, '状态；不填贷款时默认待决定').optional(),
  ...pageFields,
};

/** What a list adds to each request. */
export interface Named {
  loanNumber: string;
  borrowerName: string;
}

export const namedFields = {
  loanNumber: answer.text('合同号'),
  borrowerName: answer.text('借款人'),
};

/** A row as it is read: the request with the loan's number and its borrower. */
type Read<T> = T & { loanNumber: string; memberId: string };

/**
 * One page of a table of requests, the oldest first: those of a loan, or those in a state.
 * @param columns the table's own, of the alias `c`.
 */
export async function readAsked<T extends AskedFace>(
  read: Reader,
  table: string,
  columns: string,
  { loanId, state, ...page }: AskedList,
): Promise<Page<T & Named>> {
  const wanted = state ?? (loanId === undefined ? 'asked' : undefined);
  const conditions = ['{scope:c.region_code,c.bank_id}', '{after}'];
  if (wanted !== undefined) conditions.push('c.state = :state');
  if (loanId !== undefined) conditions.push('c.loan_id = :loanId');
  const { items, next } = await readPage<Read<T>>(
    read,
    `SELECT c.id AS id, c.loan_id AS loanId, c.household_id AS householdId,
            c.region_code AS regionCode, c.bank_id AS bankId, c.state AS state, c.reason AS reason,
            c.evidence AS evidence, c.content_digest AS contentDigest, c.asked_by AS askedBy,
            c.asked_by_name AS askedByName, c.asked_on AS askedOn, c.asked_at AS askedAt,
            c.decided_by AS decidedBy, c.decided_by_name AS decidedByName,
            c.decided_on AS decidedOn, c.decision_reason AS decisionReason, ${columns},
            l.number AS loanNumber, l.member_id AS memberId
       FROM ${table} c JOIN loan l ON l.id = c.loan_id
      WHERE ${conditions.join(' AND ')}`,
    { ...(wanted === undefined ? {} : { state: wanted }), ...(loanId ? { loanId } : {}) },
    { keys: [{ sql: 'c.id', field: 'id' }], direction: 'asc' },
    page,
  );
  const sql = read.unscoped('borrowers of loans found within the reader’s limits');
  const named: (T & Named)[] = [];
  for (const { memberId, ...row } of items) {
    const { name: borrowerName } = await memberFor(sql, memberId);
    named.push({ ...row, borrowerName } as unknown as T & Named);
  }
  return { items: named, next };
}
