/**
 * Where the cases run: SQLite files on the disk of the checkout (a temporary folder in memory would make every
 * commit look free), and a MariaDB that keeps its commits: TEST_MYSQL_URL, or a private server where there is one.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { migrations } from '../migrations';
import { allEntities } from '../src/app';
import { type Database, openDatabase } from '../src/platform/db/database';
import { startServer, type TestServer } from '../test/support/mariadb';

export type Kind = 'sqlite' | 'mariadb';

/** A database for one case, not made yet. */
export interface Place {
  readonly kind: Kind;
  readonly url: string;
  /** A second, bare database beside it, for the floor. */
  readonly bare: string;
  remove(): Promise<void>;
}

const FOLDER = path.resolve(__dirname, '../data');
let server: TestServer | undefined;
let serverUrl = process.env.TEST_MYSQL_URL;
let places = 0;

/** Finds a MariaDB or starts one; the kinds that there are. */
export async function findPlaces(): Promise<Kind[]> {
  if (!serverUrl) {
    server = await startServer({ durable: true });
    serverUrl = server?.url('mysql');
  }
  return serverUrl ? ['sqlite', 'mariadb'] : ['sqlite'];
}

/** Stops what was started. */
export async function leavePlaces(): Promise<void> {
  await server?.stop();
}

/** A place of a kind. */
export function newPlace(kind: Kind): Place {
  places += 1;
  if (kind === 'sqlite') {
    mkdirSync(FOLDER, { recursive: true });
    const folder = mkdtempSync(path.join(FOLDER, 'bench-'));
    return {
      kind,
      url: `sqlite:${path.join(folder, 'ours.db')}`,
      bare: path.join(folder, 'floor.db'),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const names = ['ours', 'floor'].map((side) => `xinfu_bench_${process.pid}_${places}_${side}`);
  const [url, bare] = names.map(
    (name) => Object.assign(new URL(serverUrl!), { pathname: `/${name}` }).href,
  );
  return {
    ...{ kind, url: url!, bare: bare! },
    remove: async () => {
      const pool = createPool(serverUrl!);
      for (const name of names) await pool.query(`DROP DATABASE IF EXISTS ${name}`);
      await pool.end();
    },
  };
}

/** Our database at a place, migrated. */
export async function openOurs(place: Place): Promise<Database> {
  const db = await openDatabase({ url: place.url, entities: allEntities, migrations });
  await db.migrate();
  return db;
}

/** One statement with `?` for its values. */
export type Statement = readonly [sql: string, values: readonly (string | number)[]];

/** A database through its driver alone: what nobody can do without. */
export interface Bare {
  /** Runs statements in one transaction that survives a power cut. */
  transaction(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the bare database of a place and makes its tables. */
export function openBare(place: Place, tables: readonly string[]): Promise<Bare> {
  return place.kind === 'sqlite' ? bareSqlite(place.bare, tables) : bareMysql(place.bare, tables);
}

async function bareSqlite(file: string, tables: readonly string[]): Promise<Bare> {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  for (const table of tables) db.exec(table);
  const prepared = new Map<string, Sqlite.Statement>();
  const run = db.transaction((statements: readonly Statement[]) => {
    for (const [sql, values] of statements) {
      const statement = prepared.get(sql) ?? db.prepare(sql);
      prepared.set(sql, statement);
      if (statement.reader) statement.all(...values);
      else statement.run(...values);
    }
  });
  return {
    transaction: async (statements) => run.immediate(statements),
    close: async () => {
      db.close();
    },
  };
}

async function bareMysql(url: string, tables: readonly string[]): Promise<Bare> {
  const name = new URL(url).pathname.slice(1);
  const maker = createPool(Object.assign(new URL(url), { pathname: '/mysql' }).href);
  await maker.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await maker.end();
  const pool: Pool = createPool(url);
  for (const table of tables) await pool.query<RowDataPacket[]>(table);
  return {
    transaction: async (statements) => {
      const connection = await pool.getConnection();
      try {
        await connection.query('START TRANSACTION');
        for (const [sql, values] of statements) await connection.query(sql, [...values]);
        await connection.query('COMMIT');
      } finally {
        connection.release();
      }
    },
    close: () => pool.end(),
  };
}
