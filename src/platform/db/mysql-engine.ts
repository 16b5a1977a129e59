/** MySQL, MariaDB, Galera and TiDB as an engine, through TypeORM's pool of mysql2 connections. */

import type { PoolConnection, PoolOptions } from 'mysql2';
import * as mysql from 'mysql2';
import type { DataSource, QueryRunner } from 'typeorm';
import { mysqlDialect } from './dialect';
import { type Engine, type Row, refuseInsideTransaction, type Session } from './engine';
import { DatabaseBusy, troubleOf } from './errors';
import { MysqlSession, readRows, withinTime } from './mysql-session';
import { cannotConnect, prepareServer, type ServerFacts } from './mysql-setup';
import type { MysqlPlace } from './mysql-url';
import type { Bound } from './params';
import { Turnstile } from './turnstile';

/** Another instance may be migrating; we wait this long for it. In seconds. */
const MIGRATION_WAIT_S = 120;

/**
 * The driver as TypeORM wants it, with a pool that sets up each new connection before anybody else uses it:
 * statements of one connection run in the order they were queued.
 */
export function driverWithSetup(setup: () => readonly string[]): typeof mysql {
  const createPool = (options: string | PoolOptions) => {
    const pool = mysql.createPool(options as PoolOptions);
    pool.on('connection', (connection: PoolConnection) => {
      for (const sql of setup()) {
        connection.query(sql, (error) => {
          if (error) connection.destroy();
        });
      }
    });
    return pool;
  };
  return { ...mysql, createPool } as typeof mysql;
}

export class MysqlEngine implements Engine {
  readonly dialect = mysqlDialect;
  private readonly turnstile: Turnstile;

  constructor(
    readonly dataSource: DataSource,
    private readonly place: MysqlPlace,
    poolSize: number,
  ) {
    this.turnstile = new Turnstile(poolSize);
  }

  async read(bound: Bound): Promise<Row[]> {
    refuseInsideTransaction('Reading through the database');
    const leave = await this.turnstile.enter();
    const runner = this.dataSource.createQueryRunner('slave');
    let connection: PoolConnection | undefined;
    try {
      connection = await this.connect(runner);
      return await readRows(connection, bound);
    } catch (error) {
      if (troubleOf(error) === 'lost') connection?.destroy();
      throw error;
    } finally {
      await runner.release();
      leave();
    }
  }

  async begin(): Promise<Session> {
    const leave = await this.turnstile.enter();
    const runner = this.dataSource.createQueryRunner('master');
    let connection: PoolConnection | undefined;
    try {
      connection = await this.connect(runner);
      await withinTime(connection, runner.startTransaction());
      return new MysqlSession(runner, connection, leave);
    } catch (error) {
      connection?.destroy();
      await runner.release();
      leave();
      throw error;
    }
  }

  /** @throws DatabaseAway when the server cannot be reached or does not let us in. */
  private async connect(runner: QueryRunner): Promise<PoolConnection> {
    try {
      return (await runner.connect()) as PoolConnection;
    } catch (error) {
      throw troubleOf(error) === 'other' ? error : cannotConnect(this.place, error);
    }
  }

  /**
   * One instance migrates at a time. The lock is one of the server, on Galera of one node: migrate through
   * one node. Each step of a migration looks before it acts, so even then nothing is done twice.
   */
  async whileMigrating<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner('master');
    const lock = `xinfu.migrate.${this.place.database}`.slice(0, 64);
    try {
      await this.connect(runner);
      const [row] = await runner.query('SELECT GET_LOCK(?, ?) AS got', [lock, MIGRATION_WAIT_S]);
      if (Number(row.got) !== 1) throw new DatabaseBusy('Another instance is migrating');
      try {
        return await work(runner);
      } finally {
        await runner.query('SELECT RELEASE_LOCK(?)', [lock]);
      }
    } finally {
      await runner.release();
    }
  }

  async close(): Promise<void> {
    await this.turnstile.close();
    await this.dataSource.destroy();
  }
}

/** What a data source of MySQL needs to know before the server was looked at. */
export interface MysqlSetup {
  place: MysqlPlace;
  poolSize: number;
  facts: ServerFacts | undefined;
}

/** Opens the server behind a data source. @throws DatabaseAway when it cannot be used. */
export async function openMysql(dataSource: DataSource, setup: MysqlSetup): Promise<Engine> {
  setup.facts = await prepareServer(setup.place);
  try {
    await dataSource.initialize();
  } catch (error) {
    throw cannotConnect(setup.place, error);
  }
  return new MysqlEngine(dataSource, setup.place, setup.poolSize);
}
