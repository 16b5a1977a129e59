/** The history of the schema: from nothing to the newest, back, again, interrupted, twice at once. */

import type { QueryRunner } from 'typeorm';
import { migrations } from '../../migrations';
import { Platform1767200000001 } from '../../migrations/1767200000001-platform';
import { prepare } from '../../src/platform/db/data-source';
import { type Database, openDatabase } from '../../src/platform/db/database';
import { runChild } from '../support/children';
import {
  columnsOf,
  describeEachDatabase,
  describeMariaDb,
  mysqlPlace,
  sqlitePlace,
} from '../support/databases';

const NAMES = migrations.map((migration) => migration.name);

async function tablesOf(db: Database): Promise<string[]> {
  return Object.keys(await columnsOf(db)).filter((table) => table !== 'migrations');
}

/** The platform's migration, which fails before its n-th statement. */
function failingAt(n: number) {
  return class extends Platform1767200000001 {
    override async up(runner: QueryRunner): Promise<void> {
      const query = runner.query.bind(runner);
      let left = n;
      runner.query = ((...args: Parameters<typeof query>) => {
        left -= 1;
        if (left === 0) throw new Error('interrupted');
        return query(...args);
      }) as typeof runner.query;
      try {
        await super.up(runner);
      } finally {
        runner.query = query;
      }
    }
  };
}

describeEachDatabase('Migrations', (open, kind) => {
  test('go from nothing to the newest, and a second run finds nothing to do', async () => {
    const db = await open({ empty: true });
    expect(await db.pendingMigrations()).toEqual(NAMES);
    expect(await db.migrate()).toEqual(NAMES);
    expect(await db.migrate()).toEqual([]);
    expect(await db.pendingMigrations()).toEqual([]);
  });

  test('go back to nothing and up again to the same tables', async () => {
    const db = await open();
    const before = await columnsOf(db);
    for (const name of [...NAMES].reverse()) expect(await db.revertLastMigration()).toBe(name);
    expect(await db.revertLastMigration()).toBeNull();
    expect(await tablesOf(db)).toEqual([]);
    expect(await db.migrate()).toEqual(NAMES);
    expect(await columnsOf(db)).toEqual(before);
  });

  test.each([2, 5, 9, 16, 23])(
    'when statement %i fails, then the next run completes it',
    async (n) => {
      const whole = await columnsOf(await open({ migrations: [Platform1767200000001] }));
      const db = await open({ empty: true, migrations: [failingAt(n)] });
      await expect(db.migrate()).rejects.toThrow('interrupted');
      if (kind === 'sqlite') expect(await tablesOf(db)).toEqual([]);
      db.dataSource.migrations.splice(0, 1, new Platform1767200000001());
      expect(await db.migrate()).toEqual(['Platform1767200000001']);
      expect(await columnsOf(db)).toEqual(whole);
      const keys =
        kind === 'sqlite'
          ? await db.reader().one('SELECT foreign_keys AS v FROM pragma_foreign_keys')
          : null;
      expect(keys).toEqual(kind === 'sqlite' ? { v: 1 } : null);
    },
  );

  test('when the process is killed in the middle, then the next run completes it', async () => {
    const place = kind === 'sqlite' ? sqlitePlace() : mysqlPlace(true);
    const url = place?.url as string;
    const killed = await runChild('migrate-and-die', { url, statement: '9' });
    expect(killed.signal).toBe('SIGKILL');
    const db = await openDatabase({ url, entities: [], migrations });
    expect(await db.migrate()).toEqual(NAMES);
    expect(await columnsOf(db)).toEqual(await columnsOf(await open()));
    await db.close();
    await place?.remove();
  });

  test('when two instances migrate at once, then each migration runs once', async () => {
    const place = kind === 'sqlite' ? sqlitePlace() : mysqlPlace(true);
    const url = place?.url as string;
    const both = await Promise.all(
      [1, 2].map(() => openDatabase({ url, entities: [], migrations })),
    );
    const done = await Promise.all(both.map((db) => db.migrate()));
    expect(done.flat().sort()).toEqual([...NAMES].sort());
    const applied = await both[0]?.reader().rows('SELECT name FROM migrations');
    expect(applied).toHaveLength(NAMES.length);
    for (const db of both) await db.close();
    await place?.remove();
  });

  test("TypeORM's own runner goes the same way up and down", async () => {
    const place = kind === 'sqlite' ? sqlitePlace() : mysqlPlace(true);
    const url = place?.url as string;
    await (await openDatabase({ url, entities: [], migrations })).close();
    const { dataSource } = prepare({ url, entities: [], migrations });
    await dataSource.initialize();
    const done = await dataSource.runMigrations();
    expect(done.map((one) => one.name)).toEqual(NAMES);
    expect(await dataSource.showMigrations()).toBe(false);
    await dataSource.undoLastMigration();
    expect(await dataSource.showMigrations()).toBe(true);
    await dataSource.destroy();
    await place?.remove();
  });
});

describeMariaDb('Both databases', (open) => {
  test('have the same tables with the same columns in the same order', async () => {
    const place = sqlitePlace();
    const sqlite = await openDatabase({ url: place.url, entities: [], migrations });
    await sqlite.migrate();
    const tables = await columnsOf(sqlite);
    await sqlite.close();
    await place.remove();
    expect(Object.keys(tables).length).toBeGreaterThan(10);
    expect(await columnsOf(await open())).toEqual(tables);
  });
});
