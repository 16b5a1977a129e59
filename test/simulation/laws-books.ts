/** Laws of the books and of the loans that stand in them. */
import { dear, type Law, lawOf } from './law';

const sumOf = (account: string, sign = ''): string =>
  `(SELECT COALESCE(SUM(${sign}m.amount_fen), 0) FROM ledger_line m
     WHERE m.account = '${account}' AND m.sub = l.id)`;

const repaid = (column: string): string =>
  `(SELECT COALESCE(SUM(e.${column}), 0) FROM loan_event e
     WHERE e.loan_id = l.id AND e.voided_by IS NULL
       AND e.kind IN ('repayment', 'renewal', 'subsidy', 'write-off'))`;

const borne = (kinds: string): string =>
  `(SELECT COALESCE(SUM(i.amount_fen), 0) FROM loan_interest i
     WHERE i.loan_id = l.id AND i.voided_by IS NULL AND i.kind IN (${kinds}))`;

export const bookLaws: readonly Law[] = [
  lawOf(
    'entries-add-up',
    'every entry has two lines or more, and they add up to nothing',
    () => `SELECT e.entry_key AS told FROM ledger_entry e
             LEFT JOIN ledger_line l ON l.entry_id = e.id AND l.book = e.book
            GROUP BY e.id, e.entry_key
           HAVING COUNT(l.line_no) < 2 OR SUM(l.amount_fen) <> 0`,
  ),
  lawOf(
    'books-add-up',
    'every book adds up to nothing',
    () => 'SELECT book AS told FROM ledger_line GROUP BY book HAVING SUM(amount_fen) <> 0',
  ),
  lawOf(
    'balances-are-sums',
    'a kept balance is the sum of its lines',
    () => `SELECT both_sides.account AS told FROM (
             SELECT book, account, sub, amount_fen AS fen FROM ledger_line
              UNION ALL
             SELECT book, account, sub, 0 - balance_fen AS fen FROM ledger_balance) both_sides
            GROUP BY book, account, sub HAVING SUM(fen) <> 0`,
  ),
  lawOf(
    'loan-is-its-accounts',
    'what a loan says it owes is what its accounts in the books say',
    () => `SELECT l.number AS told FROM loan l
            WHERE l.outstanding_fen <> ${sumOf('LOAN_PRINCIPAL')}
               OR l.interest_due_fen <> ${sumOf('INTEREST_RECEIVABLE')}
               OR l.penalty_due_fen <> ${sumOf('PENALTY_RECEIVABLE')}
               OR l.overpaid_fen <> ${sumOf('OVERPAYMENT', '0 - ')}`,
  ),
  lawOf(
    'outstanding-within-principal',
    'nobody owes less than nothing or more than was lent',
    () =>
      'SELECT number AS told FROM loan WHERE outstanding_fen < 0 OR outstanding_fen > principal_fen',
  ),
  lawOf(
    'one-loan-a-household',
    'a household has one loan that is not settled',
    () => `SELECT household_id AS told FROM loan WHERE state <> 'settled'
            GROUP BY household_id HAVING COUNT(*) > 1`,
  ),
  lawOf(
    'principal-is-conserved',
    'principal repaid and principal owed are together what was paid out',
    () => `SELECT l.number AS told FROM loan l WHERE l.state <> 'signed'
              AND l.outstanding_fen + ${repaid('principal_fen')} <> l.principal_fen`,
  ),
  lawOf(
    'interest-is-conserved',
    'interest booked is interest paid, by whomever, and interest owed; so is the penalty',
    () => `SELECT l.number AS told FROM loan l
            WHERE l.interest_due_fen + ${repaid('interest_fen')} <> ${borne("'NORMAL', 'OVERDUE'")}
               OR l.penalty_due_fen + ${repaid('penalty_fen')} <> ${borne("'PENALTY'")}`,
  ),
  dear(
    lawOf(
      'every-day-once',
      'the days of interest follow each other from the payout to the last booked day, each once',
      (sql) => `SELECT l.number AS told FROM loan l WHERE l.disbursed_on IS NOT NULL
                   AND ${sql.dialect.daysBetween('l.disbursed_on', 'l.booked_until')} <>
                       (SELECT COALESCE(SUM(i.days), 0) FROM loan_interest i
                         WHERE i.loan_id = l.id AND i.voided_by IS NULL
                           AND i.kind IN ('NORMAL', 'OVERDUE'))`,
    ),
  ),
  lawOf(
    'settled-owes-nothing',
    'a settled loan owes nothing, and its application is closed with it',
    () => `SELECT l.number AS told FROM loan l JOIN application a ON a.id = l.application_id
            WHERE (l.state = 'settled') <> (a.state = 'settled')
               OR (l.state = 'settled'
                   AND l.outstanding_fen + l.interest_due_fen + l.penalty_due_fen <> 0)`,
  ),
];
