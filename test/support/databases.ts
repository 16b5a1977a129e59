/**
 * Tests that touch the database run on both: SQLite always, MySQL/MariaDB where the global setup found one.
 * Each `open()` gives a fresh, migrated database, which is closed and removed after the file.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as mysql from 'mysql2';
import { migrations } from '../../migrations';
import { type Database, openDatabase } from '../../src/platform/db/database';
import { tableMap } from '../../src/platform/db/table-map';
import { fastFolder } from './folders';
import { keepOrDrop, noteStanding, takeKept } from './kept-databases';
import { serverBinary } from './mariadb';

// biome-ignore lint/complexity/noBannedTypes: TypeORM names classes by this type.
type Classes = Function[];

/** What a test database may be opened with, where the default does not do. */
export interface OpenTestOptions {
  entities?: Classes;
  migrations?: Classes;
  poolSize?: number;
  /** Leaves the database without tables. */
  empty?: boolean;
}

/** A place for one database, and how to get rid of it. */
export interface TestPlace {
  url: string;
  remove(): Promise<void>;
}

const NO_MYSQL = 'MariaDB: no mariadbd on this machine and no TEST_MYSQL_URL';

/** The folder of this run; a file run without the global setup gets one of its own. */
function folder(): string {
  process.env.XINFU_TEST_FOLDER ??= mkdtempSync(join(fastFolder(), 'xinfu-run-'));
  return process.env.XINFU_TEST_FOLDER;
}

/** Unlike every other: a counter would begin again in each file, which has its own modules and environment. */
const nextName = (): string => `xinfu_test_${randomBytes(8).toString('hex')}`;

/** A file for a SQLite database, not made yet. */
export function sqlitePlace(): TestPlace {
  const path = join(folder(), `${nextName()}.db`);
  return {
    url: `sqlite:${path}`,
    remove: async () => {
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    },
  };
}

/**
 * A database on the test server, undefined where there is none. Making the tables takes MariaDB seconds, so a
 * database that a former file of this worker emptied is used again; `fresh` asks for one without tables.
 */
export function mysqlPlace(fresh = false): TestPlace | undefined {
  const server = process.env.TEST_MYSQL_URL;
  if (!server) return undefined;
  const url = new URL(server);
  const name = (fresh ? undefined : takeKept(folder())) ?? nextName();
  url.pathname = `/${name}`;
  const drop = () => onServer(`DROP DATABASE IF EXISTS ${name}`);
  return { url: url.href, remove: fresh ? drop : () => keepOrDrop(folder(), url.href, name, drop) };
}

/** Runs one statement on the test server as its administrator. */
export function onServer(sql: string): Promise<void> {
  const connection = mysql.createConnection(process.env.TEST_MYSQL_URL as string);
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => {
      connection.destroy();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** A migrated SQLite file to copy from: migrating once is enough for a run. */
async function template(): Promise<string> {
  const path = join(folder(), `template-${migrations.length}.db`);
  if (existsSync(path)) return path;
  const making = `${path}.${process.pid}`;
  const database = await openDatabase({ url: `sqlite:${making}`, entities: [], migrations });
  await database.migrate();
  await database.close();
  renameSync(making, path);
  return path;
}

async function openAt(place: TestPlace, options: OpenTestOptions): Promise<Database> {
  const { entities = [], empty = false, poolSize } = options;
  const own = options.migrations;
  if (place.url.startsWith('sqlite:') && !empty && !own) {
    copyFileSync(await template(), place.url.slice('sqlite:'.length));
  }
  const database = await openDatabase({
    url: place.url,
    entities,
    migrations: own ?? migrations,
    ...(poolSize === undefined ? {} : { poolSize }),
  });
  if (empty) return database;
  try {
    await database.migrate();
    if (!own && !place.url.startsWith('sqlite:')) await noteStanding(folder(), place.url);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens fresh databases for one file and cleans up after it. */
export type OpenTest = (options?: OpenTestOptions) => Promise<Database>;

function opener(newPlace: (fresh: boolean) => TestPlace): OpenTest {
  const made: { place: TestPlace; database: Database | undefined }[] = [];
  afterAll(async () => {
    for (const { place, database } of made) {
      await database?.close();
      await place.remove();
    }
  });
  return async (options = {}) => {
    const fresh = options.empty === true || options.migrations !== undefined;
    const one: (typeof made)[number] = { place: newPlace(fresh), database: undefined };
    made.push(one);
    one.database = await openAt(one.place, options);
    return one.database;
  };
}

/** Runs the body on SQLite and on MariaDB. Where MariaDB is missing a skipped test says so. */
export function describeEachDatabase(
  name: string,
  body: (open: OpenTest, kind: 'sqlite' | 'mysql') => void,
): void {
  describe(`${name} (SQLite)`, () => {
    body(opener(sqlitePlace), 'sqlite');
  });
  describeMariaDb(name, (open) => body(open, 'mysql'));
}

/** Runs the body on MariaDB only. */
export function describeMariaDb(name: string, body: (open: OpenTest) => void): void {
  if (process.env.TEST_MYSQL_URL) {
    describe(`${name} (MariaDB)`, () => {
      body(opener((fresh) => mysqlPlace(fresh) as TestPlace));
    });
  } else {
    skipLoudly(name);
  }
}

/** Runs the body where the tests may start (and kill) a MariaDB of their own. */
export function describeOwnServer(name: string, body: () => void): void {
  if (serverBinary()) describe(`${name} (MariaDB of its own)`, body);
  else skipLoudly(name);
}

function skipLoudly(name: string): void {
  describe(`${name} (MariaDB)`, () => {
    test.skip(NO_MYSQL, () => undefined);
  });
}

/** Columns that an entity has and its migrated table has not, as `table.column`; empty when all is well. */
export async function missingColumns(database: Database, entities: Classes): Promise<string[]> {
  const missing: string[] = [];
  for (const entity of entities) {
    const map = tableMap(entity);
    const there = new Set((await columnsOf(database))[map.table]);
    missing.push(
      ...map.columns
        .filter((column) => !there.has(column.name))
        .map((c) => `${map.table}.${c.name}`),
    );
  }
  return missing;
}

/** The columns of every table, in order, by table. */
export async function columnsOf(database: Database): Promise<Record<string, string[]>> {
  const sql =
    database.dialect.name === 'sqlite'
      ? `SELECT t.name AS tab, c.name AS col FROM sqlite_schema t, pragma_table_info(t.name) c
          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`
      : `SELECT TABLE_NAME AS tab, COLUMN_NAME AS col FROM information_schema.COLUMNS
          WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`;
  const rows = await database.reader().rows<{ tab: string; col: string }>(sql);
  const tables: Record<string, string[]> = {};
  for (const { tab, col } of rows) {
    tables[tab] ??= [];
    tables[tab].push(col);
  }
  return tables;
}
