/** Laws of the trail and of refusals: one audit entry for what was done, and not one changed row for what was not. */

import { verifyAudit } from '../../src/platform/audit/verify';
import { sm3Hex } from '../../src/platform/crypto/digest';
import type { Sql } from '../../src/platform/db/database';
import type { Platform } from '../../src/platform/work';

/** Tables whose rows are the business. The trail may grow when something is refused, these may not change. */
export const BUSINESS = [
  'application',
  'application_serial',
  'application_signer',
  'application_step',
  'appraisal_sheet',
  'certificate',
  'demand',
  'democratic_review',
  'democratic_vote',
  'fund',
  'fund_claim',
  'fund_movement',
  'fund_recovery',
  'fund_signature',
  'household',
  'household_member',
  'household_status',
  'idempotency',
  'ledger_balance',
  'ledger_entry',
  'ledger_line',
  'loan',
  'loan_event',
  'loan_interest',
  'notice',
  'notice_item',
  'notice_level',
  'objection',
  'outbox',
  'payout',
  'rating',
  'rating_case',
  'rating_case_item',
  'rating_content',
  'rating_step',
  'subsidy_account',
  'subsidy_appropriation',
  'subsidy_claim',
  'subsidy_exclusion',
  'subsidy_payment',
  'subsidy_run',
  'visit',
] as const;

/** A digest of every byte of the business. */
export async function wholeDigest(sql: Sql): Promise<string> {
  const parts: string[] = [];
  for (const table of BUSINESS) {
    const rows = await sql.rows(`SELECT * FROM ${table}`);
    parts.push(
      `${table}\n${rows
        .map((row) => JSON.stringify(row))
        .sort()
        .join('\n')}`,
    );
  }
  return sm3Hex(parts.join('\n'));
}

/** Columns of which something moves whenever a row is changed; added rows are counted. */
const MARKS: Readonly<Partial<Record<(typeof BUSINESS)[number], string>>> = {
  application: 'version',
  application_serial: 'last_serial',
  fund: 'version',
  fund_claim: 'version',
  fund_recovery: 'version',
  household: 'version',
  ledger_balance: 'balance_fen * (shard + 1)',
  loan: 'version',
  notice: 'version',
  notice_item: 'version',
  payout: 'version',
  objection: 'version',
  rating: 'version',
  rating_case: 'version',
  subsidy_account: 'version',
  subsidy_run: 'version',
};

/** A cheaper print of the business, for runs so long that reading all of it each time would take hours. */
export async function fingerprint(sql: Sql): Promise<string> {
  const parts = BUSINESS.map(
    (table) =>
      `SELECT '${table}' AS name, COUNT(*) AS n, COALESCE(SUM(${MARKS[table] ?? '0'}), 0) AS mark FROM ${table}`,
  );
  const rows = await sql.rows<{ name: string; n: number; mark: number }>(parts.join(' UNION ALL '));
  return rows.map(({ name, n, mark }) => `${name} ${n} ${mark}`).join('\n');
}

/** How often a request stands in the audit, by outcome. */
export async function entriesOf(
  sql: Sql,
  requestId: string,
): Promise<{ done: number; refused: number }> {
  const rows = await sql.rows<{ outcome: 'done' | 'refused'; n: number }>(
    'SELECT outcome, COUNT(*) AS n FROM audit_entry WHERE request_id = :requestId GROUP BY outcome',
    { requestId },
  );
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  return { done: of('done'), refused: of('refused') };
}

/**
 * Every record that a night counts as done has its one entry in the audit; where the book is settled at once, the entry
 * names each of its loans.
 */
export async function nightsAudited(sql: Sql): Promise<string[]> {
  const { concat } = sql.dialect;
  const request = `e.outcome = 'done' AND e.request_id = ${concat('r.step', "'/'", 'r.business_date')}`;
  const rows = await sql.rows<{ told: string }>(
    `SELECT ${concat('r.step', "' '", 'r.business_date')} AS told FROM job_run r
      WHERE (r.step IN ('loans.mark-overdue', 'loans.classify', 'notices.close',
                        'collections.send-reminders')
             AND r.done_count <> (SELECT COUNT(*) FROM audit_entry e WHERE ${request}))
         OR (r.step = 'loans.settle-interest'
             AND r.done_count <> (SELECT COUNT(*) FROM audit_entry e
               JOIN audit_subject o ON o.entry_id = e.id AND o.subject_kind = 'loan'
              WHERE ${request}))
      LIMIT 5`,
  );
  if (rows.length === 0) return [];
  const nights = rows.map(({ told }) => told).join('; ');
  return [`night-audited: each record of a night has one audit entry [${nights}]`];
}

/** The whole chain of seals, from the first entry on. */
export async function chainVerifies(platform: Platform, sql: Sql): Promise<string[]> {
  const found = await verifyAudit(sql, { mac: platform.crypto.mac });
  if (found.ok) return [];
  return [`audit-verifies: the chain of seals proves every entry [${JSON.stringify(found.fault)}]`];
}
