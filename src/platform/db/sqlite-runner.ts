/**
 * TypeORM's query runner over our own connections. TypeORM itself gives every runner of a SQLite data source
 * the SAME connection, so transactions bleed into each other: we have seen a committed row vanish with the
 * rollback of somebody else's transaction. Here a 'master' runner holds the writer from its first statement
 * to its release, and a 'slave' runner reads committed data.
 *
 * This relies on TypeORM 1.1.1 (connect, release, query, the migration hooks). The version is pinned and
 * test/platform/db/isolation.test.ts guards it.
 */
import type { DataSource, ReplicationMode } from 'typeorm';
import { QueryFailedError, QueryResult } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner';
import type { Random } from '../ids';
import { DatabaseBusy, TransactionMisuse, troubleOf } from './errors';
import { LOCK_LIMITS, Patience } from './patience';
import type { SqliteConnection } from './sqlite-connection';
import type { LentWriter, SqlitePool } from './sqlite-pool';

export class PooledSqliteRunner extends BetterSqlite3QueryRunner {
  /** Kept as a promise: two statements at once on one runner must not ask for the writer twice. */
  private lending: Promise<LentWriter> | undefined;
  private keysOff = false;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly pool: SqlitePool,
    private readonly role: ReplicationMode,
    private readonly random: Random,
  ) {
    super(driver);
  }

  /** The connection of this runner. */
  async borrowed(): Promise<SqliteConnection> {
    if (this.isReleased) throw new TransactionMisuse('The connection was already given back');
    if (this.role === 'slave') return this.pool.reader();
    this.lending ??= this.pool.lendWriter();
    return (await this.lending).connection;
  }

  override async connect(): Promise<SqliteConnection['raw']> {
    return (await this.borrowed()).raw;
  }

  /** Foreign keys cannot be switched inside a transaction, and a table may have to be rebuilt in one. */
  override async beforeMigration(): Promise<void> {
    this.keysOff = true;
    await super.beforeMigration();
  }

  override async afterMigration(): Promise<void> {
    await super.afterMigration();
    this.keysOff = false;
  }

  override async startTransaction(): Promise<void> {
    if (this.role === 'slave')
      throw new TransactionMisuse('A reading connection has no transactions');
    await super.startTransaction();
  }

  /** Runs one statement of TypeORM's. Values are guarded, errors are wrapped as TypeORM's users expect. */
  override async query(
    query: string,
    parameters: unknown[] = [],
    useStructuredResult = false,
    // biome-ignore lint/suspicious/noExplicitAny: TypeORM's own signature, which callers narrow.
  ): Promise<any> {
    const connection = await this.borrowed();
    const begins = query === 'BEGIN TRANSACTION';
    try {
      if (begins) await this.beginImmediate(connection);
      const result = begins ? new QueryResult() : this.run(connection, query, parameters);
      return useStructuredResult ? result : result.raw;
    } catch (error) {
      if (error instanceof DatabaseBusy) throw error;
      throw new QueryFailedError(query, parameters, error as Error);
    }
  }

  private run(connection: SqliteConnection, query: string, parameters: unknown[]): QueryResult {
    const values = parameters.map((value) => (typeof value === 'boolean' ? +value : value));
    const done = connection.run(query, values);
    const result = new QueryResult();
    if ('rows' in done) {
      result.raw = done.rows;
      result.records = done.rows;
    } else {
      result.affected = done.changed.changes;
      result.raw = done.changed.lastInsertRowid;
    }
    return result;
  }

  /**
   * Takes the file's write lock at once: a transaction that began by reading could not take it later when
   * another process has written meanwhile. Waits without blocking while another process holds it.
   */
  private async beginImmediate(connection: SqliteConnection): Promise<void> {
    const patience = new Patience(this.random, LOCK_LIMITS);
    for (;;) {
      try {
        connection.exec('BEGIN IMMEDIATE', []);
        return;
      } catch (error) {
        if (troubleOf(error) !== 'again') throw error;
        if (await patience.again()) continue;
        throw new DatabaseBusy('Another process holds the file and does not let go', {
          cause: error,
        });
      }
    }
  }

  /** Rolls back whatever is open; some errors of SQLite have done so already. */
  async rollbackOpen(): Promise<void> {
    const raw = (await this.lent())?.connection.raw;
    if (raw?.inTransaction) raw.exec('ROLLBACK');
  }

  /** The writer, when this runner has it. */
  private async lent(): Promise<LentWriter | undefined> {
    return this.lending?.catch(() => undefined);
  }

  /** Gives the writer back clean. */
  override async release(): Promise<void> {
    await super.release();
    const lent = await this.lent();
    if (lent) {
      try {
        await this.rollbackOpen();
        if (this.keysOff) lent.connection.raw.pragma('foreign_keys = ON');
      } finally {
        lent.giveBack();
      }
    }
    this.lending = undefined;
    this.isReleased = true;
  }
}

/** Makes a data source hand out our runners and open our connections. */
export function usePool(dataSource: DataSource, pool: SqlitePool, random: Random): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  driver.createQueryRunner = (mode) => new PooledSqliteRunner(driver, pool, mode, random);
  driver.connect = async () => {
    driver.databaseConnection = pool.writer().raw;
  };
  driver.disconnect = () => pool.close();
}
