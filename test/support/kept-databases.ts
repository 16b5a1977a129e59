/**
 * Databases of the test server that one file has used and emptied and the next may use again: making the tables takes
 * MariaDB seconds. The list is a folder of empty files, because every test file has its own modules and its own copy of
 * the environment; whoever can rename a file away has the database.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as mysql from 'mysql2/promise';
import { migrations } from '../../migrations';

const keptIn = (folder: string) => join(folder, 'kept');
const standingIn = (folder: string) => join(folder, 'standing.txt');

/** The name of an emptied database, if there is one. */
export function takeKept(folder: string): string | undefined {
  if (!existsSync(keptIn(folder))) return undefined;
  return readdirSync(keptIn(folder)).find((name) => {
    try {
      renameSync(join(keptIn(folder), name), join(folder, `taken-${name}`));
      return true;
    } catch {
      // Another worker was quicker.
      return false;
    }
  });
}

/** Empties a database for the next file; one that was changed beyond its rows is dropped. */
export async function keepOrDrop(
  folder: string,
  url: string,
  name: string,
  drop: () => Promise<void>,
): Promise<void> {
  const connection = await mysql.createConnection(url).catch(() => null);
  if (!connection) return;
  const whole = await emptied(folder, connection).catch(() => false);
  await connection.end();
  if (!whole) return drop();
  mkdirSync(keptIn(folder), { recursive: true });
  writeFileSync(join(keptIn(folder), name), '');
}

/** Notes how many tables and triggers a freshly migrated database has; the first to say so is believed. */
export async function noteStanding(folder: string, url: string): Promise<void> {
  if (existsSync(standingIn(folder))) return;
  const connection = await mysql.createConnection(url);
  const { text } = await standingOf(connection);
  await connection.end();
  writeFileSync(standingIn(folder), text);
}

async function namesBy(connection: mysql.Connection, sql: string): Promise<string[]> {
  const [rows] = await connection.query({ sql, rowsAsArray: true });
  return (rows as string[][]).map(([one]) => String(one));
}

async function standingOf(connection: mysql.Connection) {
  const tables = await namesBy(
    connection,
    'SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const triggers = await namesBy(
    connection,
    'SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()',
  );
  return { tables, text: `${tables.length} tables, ${triggers.length} triggers` };
}

/** False when the tables or triggers are not those that the migrations make. */
async function emptied(folder: string, connection: mysql.Connection): Promise<boolean> {
  const { tables, text } = await standingOf(connection);
  const applied = tables.includes('migrations')
    ? await namesBy(connection, 'SELECT name FROM migrations')
    : [];
  if (applied.length !== migrations.length) return false;
  if (text !== readFileSync(standingIn(folder), 'utf8')) return false;
  await connection.query('SET FOREIGN_KEY_CHECKS = 0, lock_wait_timeout = 10');
  for (const table of tables.filter((one) => one !== 'migrations')) {
    const rows = await namesBy(connection, `SELECT 1 FROM ${table} LIMIT 1`);
    // TRUNCATE asks no trigger, so append-only tables are emptied too.
    if (rows.length > 0) await connection.query(`TRUNCATE ${table}`);
  }
  return true;
}
