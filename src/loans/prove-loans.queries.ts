/**
 * The proof of the loan book, loan by loan: what stands of its events and of its interest, what its row says and what
 * its bank's book says are the same, to the fen. Loans are proved in chunks by key, each by one statement that sees one
 * state of the database, so the proof may run while others work and its memory stays small however many loans there are.
 */

import { bankBook } from '../ledger';
import type { Sql } from '../platform/db/database';

/** The first loan that does not agree. Technical and free of personal data. */
export interface LoanFault {
  loanId: string;
  /** The contract number. */
  number: string;
  /** Which amount. */
  what: string;
  /** What the loan's row says, in fen. */
  loanFen: number;
  /** What its events and its interest add up to, in fen. */
  eventsFen: number;
  /** What its bank's book says, in fen; null where the book keeps no account of it. */
  bookFen: number | null;
  /** By how much they differ, in fen: the greatest distance between two of them. */
  differenceFen: number;
}

/** The outcome of a proof; it ends with the first loan that does not agree. */
export interface LoanProof {
  loans: number;
  fault: LoanFault | null;
}

/** Loans proved by one statement. */
const CHUNK = 2_000;

/** Accounts of a bank's book that are kept by loan, and the sign under which a loan's amount stands there. */
const ACCOUNTS = {
  principal: ['LOAN_PRINCIPAL', 1],
  interest: ['INTEREST_RECEIVABLE', 1],
  penalty: ['PENALTY_RECEIVABLE', 1],
  overpaid: ['OVERPAYMENT', -1],
  lost: ['WRITTEN_OFF', 1],
} as const;

type Kept = keyof typeof ACCOUNTS;
const KEPT = Object.keys(ACCOUNTS) as Kept[];

/** What officers call the amounts. */
const NAMES: Readonly<Record<Kept | 'writtenOff', string>> = {
  principal: '本金余额',
  interest: '应收利息',
  penalty: '应收罚息',
  overpaid: '多收待退',
  lost: '核销未收回',
  writtenOff: '核销金额',
};

/** A loan with its sums: `own…` of the row, `of…` of events and interest, `book…` of the ledger. */
type Proved = Record<string, number | string | null> & { id: string; number: string };

/** Proves every loan. `chunk`: loans held in memory at a time. */
export async function proveLoans(sql: Sql, chunk = CHUNK): Promise<LoanProof> {
  let loans = 0;
  for (let after = ''; ; ) {
    const ids = await sql.rows<{ id: string }>(
      'SELECT id FROM loan WHERE id > :after ORDER BY id LIMIT :chunk',
      { after, chunk },
    );
    const last = ids[ids.length - 1]?.id;
    if (last === undefined) return { loans, fault: await strayBalance(sql) };
    for (const loan of await provedLoans(sql, after, last)) {
      const fault = faultOf(loan);
      if (fault) return { loans, fault };
      loans += 1;
    }
    after = last;
  }
}

function faultOf(loan: Proved): LoanFault | null {
  const whole = (name: string): number => Number(loan[name] ?? 0);
  for (const what of [...KEPT, 'writtenOff'] as const) {
    const loanFen = whole(`own_${what}`);
    const eventsFen = whole(`of_${what}`);
    const bookFen = what === 'writtenOff' ? null : whole(`book_${what}`) * ACCOUNTS[what][1];
    const all = [loanFen, eventsFen, bookFen ?? loanFen];
    const differenceFen = Math.max(...all) - Math.min(...all);
    if (differenceFen === 0) continue;
    const { id: loanId, number } = loan;
    return { loanId, number, what: NAMES[what], loanFen, eventsFen, bookFen, differenceFen };
  }
  return null;
}

/** Amounts of events, added up over the kinds that add and those that take away. */
function eventSum(column: string, plus: readonly string[], minus: readonly string[]): string {
  const when = (kinds: readonly string[], amount: string) =>
    kinds.map((kind) => `WHEN '${kind}' THEN ${amount}`).join(' ');
  return `SUM(CASE kind ${when(plus, column)} ${when(minus, `0 - (${column})`)} ELSE 0 END)`;
}

const PAID_PRINCIPAL = ['repayment', 'renewal', 'write-off'];
const PAID_INTEREST = ['repayment', 'renewal', 'subsidy', 'write-off'];
const LOST = 'principal_fen + interest_fen + penalty_fen';

function provedLoans(sql: Sql, after: string, last: string): Promise<Proved[]> {
  const range = (id: string) => `${id} > :after AND ${id} <= :last`;
  const book = sql.dialect.concat(`'${bankBook('x').replace('x', '')}'`, 'l.bank_id');
  const balances = KEPT.map(
    (what) => `LEFT JOIN ledger_balance b_${what} ON b_${what}.book = ${book}
        AND b_${what}.account = '${ACCOUNTS[what][0]}' AND b_${what}.sub = l.id AND b_${what}.shard = 0`,
  );
  return sql.rows<Proved>(
    `SELECT l.id AS id, l.number AS number,
            l.outstanding_fen AS own_principal,
            l.interest_due_fen AS own_interest, l.penalty_due_fen AS own_penalty,
            l.overpaid_fen AS own_overpaid, l.written_off_fen AS own_writtenOff,
            l.written_off_fen - l.recovered_fen AS own_lost,
            COALESCE(e.principal, 0) AS of_principal,
            COALESCE(i.interest, 0) - COALESCE(e.interest, 0) AS of_interest,
            COALESCE(i.penalty, 0) - COALESCE(e.penalty, 0) AS of_penalty,
            COALESCE(e.overpaid, 0) AS of_overpaid, COALESCE(e.written_off, 0) AS of_writtenOff,
            COALESCE(e.lost, 0) AS of_lost,
            ${KEPT.map((what) => `COALESCE(b_${what}.balance_fen, 0) AS book_${what}`).join(', ')}
       FROM loan l
       LEFT JOIN (
         SELECT loan_id, ${eventSum('principal_fen', ['disbursal'], PAID_PRINCIPAL)} AS principal,
                ${eventSum('interest_fen', PAID_INTEREST, [])} AS interest,
                ${eventSum('penalty_fen', PAID_INTEREST, [])} AS penalty,
                ${eventSum('overpaid_fen', ['repayment', 'renewal', 'subsidy', 'recovery'], ['refund'])} AS overpaid,
                ${eventSum(LOST, ['write-off'], [])} AS written_off,
                ${eventSum(LOST, ['write-off'], ['recovery'])} AS lost
           FROM loan_event WHERE voided_by IS NULL AND ${range('loan_id')} GROUP BY loan_id
       ) e ON e.loan_id = l.id
       LEFT JOIN (
         SELECT loan_id, SUM(CASE WHEN kind <> 'PENALTY' THEN amount_fen ELSE 0 END) AS interest,
                SUM(CASE WHEN kind = 'PENALTY' THEN amount_fen ELSE 0 END) AS penalty
           FROM loan_interest WHERE voided_by IS NULL AND ${range('loan_id')} GROUP BY loan_id
       ) i ON i.loan_id = l.id
       ${balances.join('\n       ')}
      WHERE ${range('l.id')} ORDER BY l.id`,
    { after, last },
  );
}

/** A balance kept by loan of which there is no loan, or which stands in another bank's book. */
async function strayBalance(sql: Sql): Promise<LoanFault | null> {
  const book = sql.dialect.concat(`'${bankBook('x').replace('x', '')}'`, 'l.bank_id');
  const stray = await sql.one<{ sub: string; account: string; fen: number }>(
    `SELECT b.sub AS sub, b.account AS account, b.balance_fen AS fen
       FROM ledger_balance b LEFT JOIN loan l ON l.id = b.sub AND ${book} = b.book
      WHERE b.account IN (:accounts) AND b.balance_fen <> 0 AND l.id IS NULL
      ORDER BY b.sub, b.account LIMIT 1`,
    { accounts: KEPT.map((what) => ACCOUNTS[what][0]) },
  );
  if (!stray) return null;
  const { sub, account, fen } = stray;
  const told = { loanId: sub, number: sub, what: account, loanFen: 0, eventsFen: 0 };
  return { ...told, bookFen: fen, differenceFen: Math.abs(fen) };
}

/** A fault in one line, for the night's report. */
export function loanFaultText(fault: LoanFault): string {
  const { number, what, loanFen, eventsFen, bookFen, differenceFen } = fault;
  const book = bookFen === null ? '' : `，账簿 ${bookFen}`;
  return `合同 ${number} ${what}：台账 ${loanFen}，业务 ${eventsFen}${book}，相差 ${differenceFen} 分`;
}

/** A proof in one line, for the operator. */
export function loanProofText({ loans, fault }: LoanProof): string {
  if (fault) return `贷款台账有误 / FAULT: ${loanFaultText(fault)}`;
  return `贷款 ${loans} 笔与账簿相符 / the loans agree with the books`;
}
