/**
 * How a connection to MySQL or MariaDB is set up, so that it behaves as SQLite does wherever that is possible.
 *
 * - READ COMMITTED: each statement sees the newest committed rows; fewer gap locks (reliability notes §8.1).
 * - A collation that compares by code point WITHOUT padding, as SQLite's BINARY does: `utf8mb4_nopad_bin` on
 *   MariaDB, `utf8mb4_0900_bin` on MySQL 8 and TiDB. `utf8mb4_bin` would find 'a ' when asked for 'a'.
 * - Strict SQL mode: a value that does not fit is refused, never cut. `||` joins texts.
 * - Times in UTC; only instants (milliseconds) and dates (text) are stored anyway.
 */

import * as mysql from 'mysql2';
import { type Connection, escapeId } from 'mysql2';
import { DatabaseAway, driverError } from './errors';
import { describePlace, type MysqlPlace } from './mysql-url';

const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'STRICT_TRANS_TABLES',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
  'ONLY_FULL_GROUP_BY',
  'NO_UNSIGNED_SUBTRACTION',
  'PIPES_AS_CONCAT',
].join(',');

/** A row lock held longer than this is somebody's mistake; the transaction is tried again then. In seconds. */
const LOCK_WAIT_S = 3;
/** Waiting for a table that is being altered. In seconds. */
const TABLE_WAIT_S = 30;
/** Reaching the server may take this long. In milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Statements for every new connection that need no knowledge of the server. */
export const PLAIN_SETUP: readonly string[] = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION sql_mode = '${SQL_MODE}', time_zone = '+00:00', autocommit = 1,` +
    ` innodb_lock_wait_timeout = ${LOCK_WAIT_S}, lock_wait_timeout = ${TABLE_WAIT_S},` +
    ' max_error_count = 65535',
];

/** What was found out about the server when it was opened. */
export interface ServerFacts {
  version: string;
  mariadb: boolean;
  /** The collation of new databases and of our connections. */
  collation: string;
  /** Statements for every new connection. */
  setup: string[];
}

/** Options of the driver that every connection shares. */
export function connectionOptions(place: MysqlPlace): mysql.ConnectionOptions {
  const { host, port, socketPath, user, password, tls } = place;
  return {
    ...(socketPath === undefined ? { host, port } : { socketPath }),
    user,
    password,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(tls ? { ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true } } : {}),
  };
}

/** One statement on a bare connection. */
export function ask(connection: Connection, sql: string): Promise<Record<string, string>[]> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error, rows) =>
      error ? reject(error) : resolve(rows as unknown as Record<string, string>[]),
    );
  });
}

/**
 * Looks at the server, and makes the database when it is not there and the account may make it.
 * @throws DatabaseAway with the server's words, without the password.
 */
export async function prepareServer(place: MysqlPlace): Promise<ServerFacts> {
  const connection = mysql.createConnection(connectionOptions(place));
  // An error of an idle connection would otherwise end the process; every statement reports its own.
  connection.on('error', () => undefined);
  try {
    const facts = await factsOf(connection);
    const name = escapeId(place.database);
    await ask(connection, `USE ${name}`).catch(async (error: unknown) => {
      if (driverError(error)?.errno !== 1049) throw error;
      await ask(
        connection,
        `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE ${facts.collation}`,
      );
    });
    return facts;
  } catch (error) {
    throw cannotConnect(place, error);
  } finally {
    connection.destroy();
  }
}

/** A clear error for an operator. */
export function cannotConnect(place: MysqlPlace, error: unknown): DatabaseAway {
  const driver = driverError(error);
  const reason = driver?.sqlMessage ?? (driver?.message || driver?.code) ?? String(error);
  return new DatabaseAway(`Cannot use the database ${describePlace(place)}: ${reason}`, {
    cause: error,
  });
}

async function factsOf(connection: Connection): Promise<ServerFacts> {
  const [row] = await ask(connection, 'SELECT VERSION() AS version');
  const version = row?.version ?? '';
  const mariadb = /mariadb/i.test(version);
  const collation = await bestCollation(connection);
  const galera = await ask(connection, "SHOW VARIABLES LIKE 'wsrep_on'");
  const setup = [`SET NAMES utf8mb4 COLLATE ${collation}`, ...PLAIN_SETUP];
  // On Galera a read after a write on another node must see it: the lost answer of a commit is looked up so.
  if (galera[0]?.Value === 'ON') setup.push('SET SESSION wsrep_sync_wait = 1');
  return { version, mariadb, collation, setup };
}

async function bestCollation(connection: Connection): Promise<string> {
  const wanted = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin'];
  const found = await ask(connection, "SHOW COLLATION WHERE Charset = 'utf8mb4'");
  const names = new Set(found.map((row) => row.Collation));
  return wanted.find((name) => names.has(name)) ?? 'utf8mb4_bin';
}
