/**
 * The connections to one SQLite file: a writer that is lent to one transaction at a time, first come, first
 * served, and a reader that sees committed data only. Two are enough: the driver is synchronous, so no two
 * reads of one process ever overlap, and SQLite admits one writer whatever we do.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuseInsideTransaction } from './engine';
import { DatabaseAway, driverError, troubleOf } from './errors';
import { type Access, SqliteConnection } from './sqlite-connection';
import { type Leave, Turnstile } from './turnstile';

/** The writer, lent. */
export interface LentWriter {
  readonly connection: SqliteConnection;
  readonly giveBack: Leave;
}

export class SqlitePool {
  private readonly turnstile = new Turnstile(1);
  private writerConnection: SqliteConnection | undefined;
  private readerConnection: SqliteConnection | undefined;
  private closed = false;

  constructor(readonly path: string) {}

  /** Waits for the writer. @throws DatabaseBusy, DatabaseAway, TransactionMisuse inside a transaction. */
  async lendWriter(): Promise<LentWriter> {
    refuseInsideTransaction('Asking for the writing connection');
    const giveBack = await this.turnstile.enter();
    try {
      return { connection: this.writer(), giveBack };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** The reading connection. It holds nothing between two calls and is shared. */
  reader(): SqliteConnection {
    this.refuseClosed();
    this.readerConnection ??= this.open('read');
    return this.readerConnection;
  }

  /** The writing connection without waiting; for its holder and for opening the database. */
  writer(): SqliteConnection {
    this.refuseClosed();
    this.writerConnection ??= this.open('write');
    return this.writerConnection;
  }

  private refuseClosed(): void {
    if (this.closed) throw new DatabaseAway('The database is closed');
  }

  private open(access: Access): SqliteConnection {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      return new SqliteConnection(this.path, access);
    } catch (error) {
      if (troubleOf(error) === 'again') throw error;
      const reason = driverError(error)?.message ?? String(error);
      throw new DatabaseAway(`Cannot open ${this.path}: ${reason}`, { cause: error });
    }
  }

  /** Waits for the transaction under way, then closes both connections. */
  async close(): Promise<void> {
    if (this.closed) return;
    await this.turnstile.close();
    this.closed = true;
    this.readerConnection?.close();
    this.writerConnection?.close();
  }
}
