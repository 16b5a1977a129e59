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

const textOf = (bound: Bound): string => bound.pieces.join('?');

class SqliteSession implements Session {
  constructor(
    readonly runner: PooledSqliteRunner,
    private readonly connection: SqliteConnection,
  ) {}

  async rows(bound: Bound): Promise<Row[]> {
    return this.connection.rows(textOf(bound), bound.values);
  }

  async exec(bound: Bound): Promise<number> {
    return this.connection.exec(textOf(bound), bound.values);
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void> {
    const marks = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`;
    for (const [index, row] of rows.entries()) {
      if (index > 0 && index % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
      this.connection.exec(sql, row);
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
    return this.pool.reader().rows(textOf(bound), bound.values);
  }

  async begin(): Promise<Session> {
    const runner = this.dataSource.createQueryRunner('master') as PooledSqliteRunner;
    try {
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
