/** What somebody with full rights over the database could do: switch the triggers off, change rows, put them back. */
import type { Database } from '../../src/platform/db/database';

interface Trigger {
  name: string;
  text: string;
}

async function triggersOf(db: Database): Promise<Trigger[]> {
  if (db.dialect.name === 'sqlite') {
    return db.dataSource.query(
      `SELECT name, sql AS text FROM sqlite_master WHERE type = 'trigger'`,
    );
  }
  const rows: Record<string, string>[] = await db.dataSource.query(
    `SELECT TRIGGER_NAME AS name, EVENT_MANIPULATION AS happening, EVENT_OBJECT_TABLE AS place,
            ACTION_STATEMENT AS body FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()`,
  );
  return rows.map((row) => ({
    name: row.name!,
    text: `CREATE TRIGGER ${row.name} BEFORE ${row.happening} ON ${row.place} FOR EACH ROW ${row.body}`,
  }));
}

/** Runs statements with every trigger and foreign key switched off, on one connection. */
export async function withoutTriggers(db: Database, statements: readonly string[]): Promise<void> {
  const triggers = await triggersOf(db);
  const runner = db.dataSource.createQueryRunner();
  const keys = (on: number) =>
    db.dialect.name === 'sqlite' ? `PRAGMA foreign_keys = ${on}` : `SET FOREIGN_KEY_CHECKS = ${on}`;
  try {
    await runner.query(keys(0));
    for (const { name } of triggers) await runner.query(`DROP TRIGGER ${name}`);
    for (const statement of statements) await runner.query(statement);
    for (const { text } of triggers) await runner.query(text);
    await runner.query(keys(1));
  } finally {
    await runner.release();
  }
}
