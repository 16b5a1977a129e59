/**
 * What posting loads and saves. Balances change by relative statements only, so that two postings to one account
 * never overwrite each other; where the balance must not cross zero, the statement itself says so.
 */
import { check } from '../platform/check';
import { isUniqueViolation, type Param, RunAgain } from '../platform/db/database';
import { findRow, insertRows, listRows } from '../platform/db/store';
import type { Fen } from '../platform/money';
import type { Work } from '../platform/work';
import { type Account, accountOf, allAccounts } from './chart';
import type { LinePairs, NumberedLine } from './entry';
import { LedgerEntry, LedgerLine } from './entry.entity';
import { P } from './problems';

/** One change of a balance row. */
export interface BalanceChange {
  book: string;
  account: string;
  sub: string;
  shard: number;
  amountFen: Fen;
}

/** Keys and ids in one condition. */
const AT_ONCE = 500;

/** An entry to be written, with its lines. */
export type NewEntry = LedgerEntry & { lines: readonly NumberedLine[]; pairs?: LinePairs };

export class LedgerStore {
  constructor(private readonly work: Work) {}

  byKey(entryKey: string): Promise<LedgerEntry | null> {
    return findRow(this.work.tx, LedgerEntry, { entryKey });
  }

  /** The entries of these keys, by key; those that are not there are left out. */
  async byKeys(keys: readonly string[]): Promise<Map<string, LedgerEntry>> {
    const found = new Map<string, LedgerEntry>();
    const wanted = [...new Set(keys)];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE);
      for (const entry of await listRows(this.work.tx, LedgerEntry, { entryKey: some })) {
        found.set(entry.entryKey, entry);
      }
    }
    return found;
  }

  /** Which of these entries have been reversed as a whole. */
  async correctionsOf(entryIds: readonly string[]): Promise<Set<string>> {
    const corrected = new Set<string>();
    for (let at = 0; at < entryIds.length; at += AT_ONCE) {
      const ids = entryIds.slice(at, at + AT_ONCE);
      const rows = await this.work.tx.rows<{ id: string }>(
        'SELECT corrects_entry_id AS id FROM ledger_entry WHERE corrects_entry_id IN (:ids)',
        { ids },
      );
      for (const { id } of rows) corrected.add(id);
    }
    return corrected;
  }

  correctionOf(entryId: string): Promise<LedgerEntry | null> {
    return findRow(this.work.tx, LedgerEntry, { correctsEntryId: entryId });
  }

  linesOf(entryId: string): Promise<LedgerLine[]> {
    return listRows(this.work.tx, LedgerLine, { entryId }, { lineNo: 'asc' });
  }

  /** Adds entries with their lines; runs the whole act again when another posted the same key just now. */
  async add(entries: readonly NewEntry[]): Promise<void> {
    const { tx } = this.work;
    try {
      await insertRows(tx, LedgerEntry, entries);
    } catch (error) {
      if (!isUniqueViolation(error, 'ledger_entry')) throw error;
      throw new RunAgain('Another transaction posted the same entry', { cause: error });
    }
    const columns = ['entry_id', 'line_no', 'book', 'account', 'sub', 'amount_fen', 'on_date'];
    let rows: Param[][] = [];
    const flush = async () => {
      await tx.insertMany('ledger_line', columns, rows);
      rows = [];
    };
    for (const { id, book, onDate, lines, pairs } of entries) {
      const inPairs = 2 * (pairs?.amounts.length ?? 0);
      for (const { lineNo, account, sub, amountFen } of lines) {
        if (lineNo <= inPairs && lineNo % 2 === 0) continue;
        rows.push([id, lineNo, book, account, sub, amountFen, onDate]);
        if (rows.length === AT_ONCE) await flush();
      }
    }
    if (rows.length > 0) await flush();
    for (const { id, pairs } of entries) {
      if (pairs) await this.addContras(id, pairs);
    }
  }

  /** The second line of each pair follows from the first. */
  private async addContras(entryId: string, { contra, amounts }: LinePairs): Promise<void> {
    await this.work.tx.exec(
      `INSERT INTO ledger_line (entry_id, line_no, book, account, sub, amount_fen, on_date)
       SELECT entry_id, line_no + 1, book, :contra, '', -amount_fen, on_date FROM ledger_line
        WHERE entry_id = :entryId AND line_no < :end AND line_no % 2 = 1`,
      { entryId, contra, end: 2 * amounts.length },
    );
  }

  /**
   * Changes balances in one fixed order of rows, so that two entries never wait for each other crosswise.
   * @throws Problem ledger.wrong-side when a guarded balance would cross zero.
   */
  async change(changes: readonly BalanceChange[]): Promise<void> {
    const ordered = [...changes].sort((a, b) => (rowName(a) < rowName(b) ? -1 : 1));
    for (const one of ordered) await this.changeOne(one);
  }

  /**
   * Adds the sums of the lines of entries, which are written already, to the balances that are not spread over
   * shards, by one statement. Only where every line is free to go where it goes.
   */
  async addSums(entryIds: readonly string[]): Promise<void> {
    const { tx } = this.work;
    const key = ['book', 'account', 'sub', 'shard'];
    const hot = allAccounts().flatMap((account) => (account.hot ? account.code : []));
    const sums = `SELECT book, account, sub, 0, SUM(amount_fen) FROM ledger_line
        WHERE entry_id IN (:entryIds) AND account NOT IN (:hot)
        GROUP BY book, account, sub ORDER BY book, account, sub`;
    await tx.exec(
      tx.dialect.insertOrAdd('ledger_balance', [...key, 'balance_fen'], key, 'balance_fen', sums),
      { entryIds, hot },
    );
  }

  private async changeOne(change: BalanceChange): Promise<void> {
    if (await this.applied(change)) return;
    // Made only when it is missing: on MySQL an INSERT that meets its row leaves a shared lock, and two of
    // those before an UPDATE are a deadlock.
    const { book, account, sub, shard } = change;
    const key = ['book', 'account', 'sub', 'shard'];
    const made = await this.work.tx.exec(
      this.work.tx.dialect.insertOrKeep('ledger_balance', [...key, 'balance_fen'], key),
      { book, account, sub, shard, balance_fen: 0 },
    );
    if (await this.applied(change)) return;
    check(accountOf(account, book).guard === 'ledger', `Balance ${rowName(change)} was not made.`);
    const state = made === 1 ? '该账户尚无余额' : '余额小于要冲减的金额';
    throw P.wrongSide({ detail: `${accountOf(account, book).title}(${account} ${sub}):${state}` });
  }

  private async applied({ amountFen, ...row }: BalanceChange): Promise<boolean> {
    const guard = limit(accountOf(row.account, row.book), amountFen);
    const matched = await this.work.tx.exec(
      `UPDATE ledger_balance SET balance_fen = balance_fen + :amount
        WHERE book = :book AND account = :account AND sub = :sub AND shard = :shard${guard}`,
      { ...row, amount: amountFen },
    );
    return matched === 1;
  }
}

function rowName({ book, account, sub, shard }: BalanceChange): string {
  return `${book} ${account} ${sub} ${String(shard).padStart(2, '0')}`;
}

/** Whether a balance may change so whatever it is. */
export function isFree(account: Account, amountFen: Fen): boolean {
  return limit(account, amountFen) === '';
}

/** The condition under which a guarded balance may change. Towards its natural side it always may. */
function limit({ guard, side }: Account, amountFen: Fen): string {
  if (guard !== 'ledger') return '';
  if (side === 'debit') return amountFen < 0 ? ' AND balance_fen + :amount >= 0' : '';
  return amountFen > 0 ? ' AND balance_fen + :amount <= 0' : '';
}
