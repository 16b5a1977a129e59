/** Programs that tests run in a process of their own: `child.ts <program> <options as JSON>`. */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '../../migrations';
import { openDatabase } from '../../src/platform/db/database';

type Options = Record<string, string>;

/** Migrates and dies by SIGKILL before the given statement of the migrations. */
async function migrateAndDie({ url = '', statement = '1' }: Options): Promise<void> {
  const db = await openDatabase({ url, entities: [], migrations });
  let left = Number(statement);
  for (const migration of db.dataSource.migrations) {
    const up = migration.up.bind(migration);
    migration.up = async (runner) => {
      const query = runner.query.bind(runner);
      runner.query = ((...args: Parameters<typeof query>) => {
        left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return query(...args);
      }) as typeof runner.query;
      await up(runner);
    };
  }
  await db.migrate();
}

/** Raises the counter again and again, reading it first, and leaves a ticket for each number it got. */
async function count({ url = '', times = '1' }: Options): Promise<void> {
  const db = await openDatabase({ url, entities: [], migrations: [] });
  for (let done = 0; done < Number(times); done += 1) {
    await db.inTransaction(async (tx) => {
      const row = await tx.one<{ n: number }>("SELECT n FROM counter WHERE name = 'shared'");
      const n = (row?.n ?? 0) + 1;
      await tx.exec("UPDATE counter SET n = :n WHERE name = 'shared'", { n });
      await tx.exec('INSERT INTO ticket (n) VALUES (:n)', { n });
    });
  }
  await db.close();
}

/** Holds the write lock of a SQLite file for some milliseconds. */
async function hold({ url = '', ms = '0' }: Options): Promise<void> {
  const db = await openDatabase({ url, entities: [], migrations: [] });
  await db.inTransaction(async (tx) => {
    await tx.exec("UPDATE counter SET n = n + 1 WHERE name = 'held'");
    await sleep(Number(ms));
  });
  await db.close();
}

const programs = { 'migrate-and-die': migrateAndDie, count, hold };

/** The programs there are. */
export type Program = keyof typeof programs;

async function main(): Promise<void> {
  const [program, options = '{}'] = process.argv.slice(2);
  await programs[program as Program](JSON.parse(options));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
