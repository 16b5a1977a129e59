/** SQLite as an engine: the embedded default, one file, one writer. */
import type { DataSource, QueryRunner } from 'typeorm';
import { sqliteDialect } from './dialect';
import type { Engine, Row, Session } from './engine';
import type { Bound } from './params';
import type { Param } from './sql';
import type { SqliteConnection } from './sqlite-connection';
import type { SqlitePool } from './sqlite-pool';
import type { PooledSqliteRunner } from './sqlite-runner';

/** After this many rows of one insert the process may see to others. */
const ROWS_AT_ONCE = 500;

/** The same for statements one after the other, of whatever transaction. */
const STATEMENTS_AT_ONCE = 50;

const textOf = (bound: Bound): string => bound.pieces.join('?');

/**
 * Lets timers and requests have their turn. The driver is synchronous, so a loop over transactions that only
 * ever awaits us would otherwise keep the process to itself: a night would answer no request.
 */
const othersTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

let statements = 0;

async function breathe(): Promise<void> {
  statements += 1;
  if (statements % STATEMENTS_AT_ONCE === 0) await othersTurn();
}

class SqliteSession implements Session {
  constructor(
    readonly runner: PooledSqliteRunner,
    private readonly connection: SqliteConnection,
  ) {}

  async rows(bound: Bound): Promise<Row[]> {
    await breathe();
    return this.connection.rows(textOf(bound), bound.values);
  }

  async exec(bound: Bound): Promise<number> {
    await breathe();
    return this.connection.exec(textOf(bound), bound.values);
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void> {
    const marks = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`;
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      if (at > 0) await othersTurn();
      this.connection.execEach(sql, rows.slice(at, at + ROWS_AT_ONCE));
    }
  }

  async commit(): Promise<void> {
    await this.runner.commitTransaction();
  }

  async rollback(): Promise<void> {
    await this.runner.rollbackOpen();
  }

  release(): Promise<void> {
    return this.runner.release();
  }
}

export class SqliteEngine implements Engine {
  readonly dialect = sqliteDialect;

  constructor(
    readonly dataSource: DataSource,
    private readonly pool: SqlitePool,
  ) {}

  async read(bound: Bound): Promise<Row[]> {
    await breathe();
    return this.pool.reader().rows(textOf(bound), bound.values);
  }

  async begin(): Promise<Session> {
    const runner = this.dataSource.createQueryRunner('master') as PooledSqliteRunner;
    try {
      await runner.connect();
      // After we were let in, so that a long queue of transactions does not run in one go either.
      await othersTurn();
      await runner.startTransaction();
      return new SqliteSession(runner, await runner.borrowed());
    } catch (error) {
      await runner.release();
      throw error;
    }
  }

  /** The writer is held, and every migration runs under the file's write lock. */
  async whileMigrating<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner('master');
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }
}

/** Opens the file behind a data source. @throws DatabaseAway when it cannot be opened. */
export async function openSqlite(dataSource: DataSource, pool: SqlitePool): Promise<Engine> {
  await dataSource.initialize();
  return new SqliteEngine(dataSource, pool);
}
