/**
 * What the rest of the service may ask of a database: read rows, change rows, and do either inside one
 * transaction. SQL texts are written once and run on SQLite and on MySQL/MariaDB; whatever differs
 * between the two goes through `dialect`.
 *
 * Laws:
 * - Parameters are named (`:loanId`) and always bound; an array parameter expands for `IN (:ids)`.
 * - Only strings, safe integers and null are bound. A Date, a float or `undefined` is a defect and throws.
 * - Whole numbers come back as JavaScript numbers from both databases, sums and counts included; a value
 *   that would not fit exactly, or a fraction, throws instead of being rounded.
 */
import type { DataSource, EntityManager } from 'typeorm';
import type { DialectTools } from './dialect';

/** A value that can be bound: text, a safe integer (fen, ppm, days, epoch milliseconds, 0/1) or null. */
export type Param = string | number | null;

/** Parameters by name, without the colon. An array expands to a list; an empty array matches nothing. */
export type Params = Record<string, Param | readonly (string | number)[]>;

/** Reading. Outside a transaction it sees committed data only; inside one, also the transaction's own changes. */
export interface Sql {
  readonly dialect: DialectTools;
  /** All rows of a SELECT, keyed by column name or alias. */
  rows<T extends object>(sql: string, params?: Params): Promise<T[]>;
  /** The only row, or null. Throws when there are several: add `LIMIT 1` if any one will do. */
  one<T extends object>(sql: string, params?: Params): Promise<T | null>;
}

/**
 * An open transaction. After any error it is poisoned: every further use throws and it can no longer be
 * committed, because MySQL answers OK to a COMMIT that follows a deadlock and commits nothing.
 */
export interface Tx extends Sql {
  /** TypeORM's manager bound to this transaction. */
  readonly manager: EntityManager;
  /** Runs one INSERT, UPDATE or DELETE and returns the number of rows it matched. */
  exec(sql: string, params?: Params): Promise<number>;
  /** Inserts many rows of one table quickly. Each row holds its values in the order of `columns`. */
  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void>;
}

/** How a transaction is to end, and how to find out how it did end. */
export interface TransactionOptions<T> {
  /** Runs everything and then rolls back, returning the value: a dry run. */
  rollback?: boolean;
  /**
   * Asked on a fresh connection when the connection was lost during COMMIT: the stored answer when the
   * transaction did commit, undefined when it did not (then the whole function runs again).
   */
  resolveUnknownCommit?: () => Promise<T | undefined>;
}

/** One database, opened. */
export interface Database {
  readonly dialect: DialectTools;
  readonly dataSource: DataSource;
  /** Reads committed data, outside any transaction. Inside a transaction read through its own handle. */
  reader(): Sql;
  /**
   * Runs `fn` in one transaction and commits. The WHOLE function runs again after a deadlock, a lock
   * timeout, a changed snapshot or a busy database, so it must have no effect besides the database.
   * Throws DatabaseBusy when patience (10 tries, 3 s) is at an end, DatabaseAway when there is no
   * connection, CommitUnknown when the outcome cannot be found out.
   */
  inTransaction<T>(fn: (tx: Tx) => Promise<T>, options?: TransactionOptions<T>): Promise<T>;
  /** Applies the pending migrations and returns their names, oldest first. */
  migrate(): Promise<string[]>;
  /** Reverts the newest applied migration and returns its name, null when there is none. */
  revertLastMigration(): Promise<string | null>;
  /** Names of the migrations not yet applied, oldest first. */
  pendingMigrations(): Promise<string[]>;
  /** Resolves when the database answers; throws DatabaseAway otherwise. */
  ping(): Promise<void>;
  /** Waits for running transactions, then ends every connection. */
  close(): Promise<void>;
}
