/** Laws of public money: the fund and the subsidies, to the fen. */
import type { Sql } from '../../src/platform/db/database';
import { type Law, lawOf } from './law';

const cash = (account: string, sign = ''): string =>
  `(SELECT COALESCE(SUM(${sign}m.amount_fen), 0) FROM ledger_line m WHERE m.account = '${account}')`;

const moved = (kind: string): string =>
  `(SELECT COALESCE(SUM(v.balance_change_fen), 0) FROM fund_movement v
     WHERE v.region_code = f.region_code AND v.kind = '${kind}')`;

const claimed = (states: string): string =>
  `(SELECT COALESCE(SUM(c.amount_fen), 0) FROM fund_claim c
     WHERE c.fund_region_code = f.region_code AND c.state IN (${states}))`;

const returned = `(SELECT COALESCE(SUM(r.fund_part_fen), 0) FROM fund_recovery r WHERE r.returned_on IS NOT NULL)`;

/** The entry by which a claim's subsidy reached its loan. */
const keyOf = ({ dialect }: Sql): string =>
  dialect.concat("'subsidy/subsidies.receive/'", 's.period_code', "'/'", 's.loan_id');

export const moneyLaws: readonly Law[] = [
  lawOf(
    'fund-adds-up',
    'the fund holds what was paid in, less what it paid, and what came back; its cash in the books is the same',
    () => `SELECT f.region_code AS told FROM fund f
            WHERE f.balance_fen <> ${moved('contribution')} - ${claimed("'paid'")} + ${returned}
               OR f.balance_fen <> ${cash('FUND_CASH')}
               OR ${moved('contribution')} <> ${cash('FUND_CAPITAL', '0 - ')}`,
  ),
  lawOf(
    'fund-covers-its-claims',
    'the fund holds at least what is reserved, which is what the open claims ask for',
    () => `SELECT f.region_code AS told FROM fund f
            WHERE f.reserved_fen < 0 OR f.balance_fen < f.reserved_fen
               OR f.reserved_fen <> ${claimed("'submitted', 'signed'")}`,
  ),
  lawOf(
    'one-claim-a-loan',
    'one claim of a loan stands, and a compensated loan has a paid one',
    () => `SELECT loan_id AS told FROM fund_claim WHERE state <> 'refused'
            GROUP BY loan_id HAVING COUNT(*) > 1
            UNION ALL
           SELECT l.number AS told FROM loan l
            WHERE (l.compensated_on IS NOT NULL) <>
                  EXISTS (SELECT 1 FROM fund_claim c WHERE c.loan_id = l.id AND c.state = 'paid')`,
  ),
  lawOf(
    'recoveries-within-the-claim',
    'never more comes back to the fund than it paid, and the bank owes the rest of it in the books',
    () => `SELECT c.id AS told FROM fund_claim c WHERE c.state = 'paid' AND (
              c.due_back_fen > c.amount_fen
              OR c.due_back_fen <> (SELECT COALESCE(SUM(r.fund_part_fen), 0) FROM fund_recovery r
                                     WHERE r.claim_id = c.id AND r.voided_on IS NULL)
              OR (SELECT COALESCE(SUM(m.amount_fen), 0) FROM ledger_line m
                   WHERE m.account = 'COMPENSATION_RECEIVABLE' AND m.sub = c.loan_id) <>
                 c.amount_fen - (SELECT COALESCE(SUM(r.fund_part_fen), 0) FROM fund_recovery r
                                  WHERE r.claim_id = c.id AND r.returned_on IS NOT NULL)
              OR (SELECT COALESCE(SUM(m.amount_fen), 0) FROM ledger_line m WHERE m.sub = c.loan_id
                     AND m.account IN ('COMPENSATION_RECEIVABLE', 'COMPENSATION_RECEIVED')) <>
                 c.loss_used_fen - (SELECT COALESCE(SUM(r.fund_part_fen), 0) FROM fund_recovery r
                   WHERE r.claim_id = c.id AND r.entry_key IS NOT NULL))`,
  ),
  lawOf(
    'the-fund-is-made-whole',
    'when a compensated loan is settled, the bank keeps nothing of the fund but the odd fen of each division',
    () => `SELECT l.number AS told FROM fund_claim c JOIN loan l ON l.id = c.loan_id
            WHERE c.state = 'paid' AND l.state = 'settled' AND c.amount_fen - c.due_back_fen >
                  (SELECT COUNT(*) FROM fund_recovery r
                    WHERE r.claim_id = c.id AND r.voided_on IS NULL)`,
  ),
  lawOf(
    'interest-is-subsidised-or-excluded',
    'all interest of a claim is subsidised or excluded with a reason, and a quarter is the sum of its claims',
    () => `SELECT s.loan_id AS told FROM subsidy_claim s WHERE s.interest_fen <> s.subsidised_fen +
             (SELECT COALESCE(SUM(x.amount_fen), 0) FROM subsidy_exclusion x
               WHERE x.loan_id = s.loan_id AND x.period_code = s.period_code)
            UNION ALL
           SELECT r.period_code AS told FROM subsidy_run r
             LEFT JOIN subsidy_claim s ON s.period_code = r.period_code
                   AND s.run_region_code = r.region_code
            GROUP BY r.period_code, r.region_code, r.interest_fen, r.subsidised_fen, r.claim_count
           HAVING SUM(s.interest_fen) <> r.interest_fen OR SUM(s.subsidised_fen) <> r.subsidised_fen
               OR COUNT(s.loan_id) <> r.claim_count`,
  ),
  lawOf(
    'a-quarter-once',
    'no loan is subsidised twice for one quarter',
    () => `SELECT loan_id AS told FROM subsidy_claim
            GROUP BY loan_id, period_code HAVING COUNT(*) > 1
            UNION ALL
           SELECT loan_id AS told FROM loan_event WHERE kind = 'subsidy' AND voided_by IS NULL
            GROUP BY loan_id, natural_key HAVING COUNT(*) > 1`,
  ),
  lawOf(
    'full-coverage',
    'all normal interest of a quarter that was proposed stands in its claims (应贴尽贴)',
    () => `SELECT i.loan_id AS told FROM loan_interest i
             JOIN subsidy_run r ON r.period_code = i.period_code
             LEFT JOIN subsidy_claim s ON s.loan_id = i.loan_id AND s.period_code = i.period_code
            WHERE i.kind = 'NORMAL' AND i.voided_by IS NULL
            GROUP BY i.loan_id, i.period_code, s.interest_fen
           HAVING SUM(i.amount_fen) <> COALESCE(s.interest_fen, -1)`,
  ),
  lawOf(
    'subsidy-reaches-the-loans',
    'what the county paid of a quarter is what the loans received: interest settled, or owed to the borrower',
    (sql) => `SELECT r.period_code AS told FROM subsidy_run r WHERE r.state = 'paid' AND (
              r.subsidised_fen <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM subsidy_payment p
                                    WHERE p.period_code = r.period_code)
              OR r.subsidised_fen <> (SELECT COALESCE(SUM(0 - m.amount_fen), 0)
                     FROM subsidy_claim s
                     JOIN loan_event v ON v.loan_id = s.loan_id AND v.voided_by IS NULL
                      AND v.natural_key = ${keyOf(sql)}
                     JOIN ledger_entry e ON e.entry_key = v.entry_key
                     JOIN ledger_line m ON m.entry_id = e.id
                    WHERE s.period_code = r.period_code AND s.run_region_code = r.region_code
                      AND m.account IN ('INTEREST_RECEIVABLE', 'OVERPAYMENT')))`,
  ),
  lawOf(
    'county-pays-what-it-has',
    'the subsidy account is what was appropriated less what was paid, never below nothing, and so say the books',
    () => `SELECT a.region_code AS told FROM subsidy_account a
            WHERE a.balance_fen < 0 OR a.balance_fen <> ${cash('SUBSIDY_CASH')}
               OR a.balance_fen <>
                  (SELECT COALESCE(SUM(p.amount_fen), 0) FROM subsidy_appropriation p) -
                  (SELECT COALESCE(SUM(p.amount_fen), 0) FROM subsidy_payment p)`,
  ),
];
