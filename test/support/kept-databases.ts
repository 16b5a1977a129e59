/**
 * Databases of the test server that one file has used and emptied and the next may use again. The list lives in the
 * worker's environment, since every test file has its own copy of the modules.
 */
import * as mysql from 'mysql2/promise';
import { migrations } from '../../migrations';

const LIST = 'XINFU_TEST_KEPT';

const kept = (): string[] => JSON.parse(process.env[LIST] ?? '[]') as string[];

/** The name of an emptied database, if there is one. */
export function takeKept(): string | undefined {
  const [first, ...rest] = kept();
  process.env[LIST] = JSON.stringify(rest);
  return first;
}

/** Empties a database for the next file; one that was changed beyond its rows is dropped. */
export async function keepOrDrop(
  url: string,
  name: string,
  drop: () => Promise<void>,
): Promise<void> {
  const connection = await mysql.createConnection(url).catch(() => null);
  if (!connection) return;
  const whole = await emptied(connection).catch(() => false);
  await connection.end();
  if (whole) process.env[LIST] = JSON.stringify([...kept(), name]);
  else await drop();
}

/** False when the tables or triggers are not those that the migrations make. */
async function emptied(connection: mysql.Connection): Promise<boolean> {
  const names = async (sql: string) => {
    const [rows] = await connection.query({ sql, rowsAsArray: true });
    return (rows as string[][]).map(([one]) => String(one));
  };
  const tables = await names(
    'SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const triggers = await names(
    'SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()',
  );
  const applied = tables.includes('migrations') ? await names('SELECT name FROM migrations') : [];
  const standing = `${tables.length}/${triggers.length}`;
  process.env.XINFU_TEST_TABLES ??= standing;
  if (applied.length !== migrations.length || process.env.XINFU_TEST_TABLES !== standing)
    return false;
  await connection.query('SET FOREIGN_KEY_CHECKS = 0, lock_wait_timeout = 10');
  for (const table of tables.filter((one) => one !== 'migrations')) {
    const rows = await names(`SELECT 1 FROM ${table} LIMIT 1`);
    // TRUNCATE asks no trigger, so append-only tables are emptied too.
    if (rows.length > 0) await connection.query(`TRUNCATE ${table}`);
  }
  return true;
}
