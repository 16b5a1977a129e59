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

/** Runs statements with every trigger switched off. */
export async function withoutTriggers(db: Database, statements: readonly string[]): Promise<void> {
  const triggers = await triggersOf(db);
  for (const { name } of triggers) await db.dataSource.query(`DROP TRIGGER ${name}`);
  try {
    for (const statement of statements) await db.dataSource.query(statement);
  } finally {
    for (const { text } of triggers) await db.dataSource.query(text);
  }
}
