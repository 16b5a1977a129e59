/** The lines of one sub-account (a loan, say) in one book, whichever entries they stand in. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import { allAccounts, bookKind, findAccount } from './chart';

/** One line, with what its entry says. */
export interface SubLine {
  entryKey: string;
  onDate: BusinessDate;
  event: string;
  memo: string;
  /** Key of the entry that this one corrects, as a whole or in the part of this sub. */
  corrects: string | null;
  account: string;
  title: string;
  /** Debit positive, credit negative. */
  amountFen: Fen;
}

/** All lines of a sub-account, oldest business date first. */
export async function linesOfSub(sql: Sql, book: string, sub: string): Promise<SubLine[]> {
  // Accounts are named, so that the index over book, account and sub is used.
  const kind = bookKind(book);
  const accounts = allAccounts().filter((one) => one.book === kind && one.sub !== 'none');
  const rows = await sql.rows<Omit<SubLine, 'title'>>(
    `SELECT e.entry_key AS entryKey, e.on_date AS onDate, e.event AS event, e.memo AS memo,
            o.entry_key AS corrects, l.account AS account, l.amount_fen AS amountFen
       FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
       LEFT JOIN ledger_entry o ON o.id = COALESCE(e.corrects_entry_id, e.corrects_part_of_id)
      WHERE l.book = :book AND l.account IN (:accounts) AND l.sub = :sub
      ORDER BY e.on_date, e.id, l.line_no`,
    { book, sub, accounts: accounts.map(({ code }) => code) },
  );
  return rows.map((row) => ({ ...row, title: findAccount(row.account)?.title ?? row.account }));
}
