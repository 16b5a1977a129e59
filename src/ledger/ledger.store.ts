/**
 * What posting loads and saves. Balances change by relative statements only, so that two postings to one account
 * never overwrite each other; where the balance must not cross zero, the statement itself says so.
 */
import { check } from '../platform/check';
import { isUniqueViolation, RunAgain } from '../platform/db/database';
import { findRow, insertRow, insertRows, listRows } from '../platform/db/store';
import type { Fen } from '../platform/money';
import type { Work } from '../platform/work';
import { type Account, accountOf } from './chart';
import type { NumberedLine } from './entry';
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

export class LedgerStore {
  constructor(private readonly work: Work) {}

  byKey(entryKey: string): Promise<LedgerEntry | null> {
    return findRow(this.work.tx, LedgerEntry, { entryKey });
  }

  correctionOf(entryId: string): Promise<LedgerEntry | null> {
    return findRow(this.work.tx, LedgerEntry, { correctsEntryId: entryId });
  }

  linesOf(entryId: string): Promise<LedgerLine[]> {
    return listRows(this.work.tx, LedgerLine, { entryId }, { lineNo: 'asc' });
  }

  /** Adds an entry with its lines; runs the whole act again when another posted the same key just now. */
  async add(entry: LedgerEntry, lines: readonly NumberedLine[]): Promise<void> {
    const { tx } = this.work;
    try {
      await insertRow(tx, LedgerEntry, entry);
    } catch (error) {
      if (!isUniqueViolation(error, 'ledger_entry')) throw error;
      throw new RunAgain('Another transaction posted the same entry', { cause: error });
    }
    const { id: entryId, book, onDate } = entry;
    const rows = lines.map((line) => ({ ...line, entryId, book, onDate }));
    await insertRows(tx, LedgerLine, rows);
  }

  /**
   * Changes balances in one fixed order of rows, so that two entries never wait for each other crosswise.
   * @throws Problem ledger.wrong-side when a guarded balance would cross zero.
   */
  async change(changes: readonly BalanceChange[]): Promise<void> {
    const ordered = [...changes].sort((a, b) => (rowName(a) < rowName(b) ? -1 : 1));
    for (const one of ordered) await this.changeOne(one);
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

/** The condition under which a guarded balance may change. Towards its natural side it always may. */
function limit({ guard, side }: Account, amountFen: Fen): string {
  if (guard !== 'ledger') return '';
  if (side === 'debit') return amountFen < 0 ? ' AND balance_fen + :amount >= 0' : '';
  return amountFen > 0 ? ' AND balance_fen + :amount <= 0' : '';
}
