/**
 * Applying and reverting migrations. The list of applied ones is TypeORM's own table `migrations`, so its
 * command line and ours can be mixed. On SQLite each migration is one transaction; MySQL cannot roll back a
 * CREATE TABLE, so there every step looks before it acts and a migration killed in the middle is run again.
 */
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import type { Engine } from './engine';

const TABLE = 'migrations';

interface Known {
  name: string;
  timestamp: number;
  migration: MigrationInterface;
}

function known(engine: Engine): Known[] {
  const all = engine.dataSource.migrations.map((migration) => {
    const name = migration.name ?? migration.constructor.name;
    const timestamp = Number(name.slice(-13));
    if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
      throw new Error(`The migration ${name} must end in a time of 13 digits`);
    }
    return { name, timestamp, migration };
  });
  if (new Set(all.map((one) => one.name)).size !== all.length) {
    throw new Error('Two migrations bear the same name');
  }
  return all.sort((a, b) => a.timestamp - b.timestamp);
}

async function applied(runner: QueryRunner): Promise<Set<string>> {
  if (!(await runner.hasTable(TABLE))) return new Set();
  const rows = (await runner.query(`SELECT name FROM ${TABLE} ORDER BY id`)) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

/** Names of the migrations not applied yet, oldest first. */
export async function pendingMigrations(engine: Engine): Promise<string[]> {
  const runner = engine.dataSource.createQueryRunner('slave');
  try {
    const done = await applied(runner);
    return known(engine)
      .filter((one) => !done.has(one.name))
      .map((one) => one.name);
  } finally {
    await runner.release();
  }
}

/** Applies what is pending and returns the names, oldest first. Killed in the middle, it can be run again. */
export async function migrate(engine: Engine): Promise<string[]> {
  return engine.whileMigrating(async (runner) => {
    await inStep(engine, runner, () => createTable(runner));
    const names: string[] = [];
    for (const one of known(engine)) {
      const ran = await inStep(engine, runner, async () => {
        // Asked inside the step: another process may have been faster while we waited for the lock.
        if ((await applied(runner)).has(one.name)) return false;
        await applyOne(one.migration, runner);
        await runner.query(`INSERT INTO ${TABLE} (timestamp, name) VALUES (?, ?)`, [
          one.timestamp,
          one.name,
        ]);
        return true;
      });
      if (ran) names.push(one.name);
    }
    return names;
  });
}

/** MySQL with a binary log lets only privileged accounts make triggers; it says so in words nobody understands. */
async function applyOne(migration: MigrationInterface, runner: QueryRunner): Promise<void> {
  try {
    await migration.up(runner);
  } catch (error) {
    if ((error as { errno?: number }).errno !== 1419) throw error;
    throw new Error(
      '数据库开启了二进制日志，普通账户不能建触发器。请由数据库管理员执行 ' +
        'SET GLOBAL log_bin_trust_function_creators = ON，或以有 SUPER 权限的账户执行 npm run migrate。' +
        ' (the binary log is on: see docs/OPERATIONS.md, errno 1419)',
      { cause: error },
    );
  }
}

/** Reverts the newest applied migration and returns its name, null when none is applied. */
export async function revertLast(engine: Engine): Promise<string | null> {
  return engine.whileMigrating(async (runner) => {
    const done = await applied(runner);
    const last = known(engine)
      .filter((one) => done.has(one.name))
      .pop();
    if (!last) return null;
    await inStep(engine, runner, async () => {
      await last.migration.down(runner);
      await runner.query(`DELETE FROM ${TABLE} WHERE name = ?`, [last.name]);
      return true;
    });
    return last.name;
  });
}

/** Makes the list of applied migrations as TypeORM would. Returns whether it was missing. */
async function createTable(runner: QueryRunner): Promise<boolean> {
  if (await runner.hasTable(TABLE)) return false;
  const { driver } = runner.dataSource;
  const { migrationId, migrationName, migrationTimestamp } = driver.mappedDataTypes;
  const columns = [
    {
      name: 'id',
      type: driver.normalizeType({ type: migrationId }),
      isGenerated: true,
      generationStrategy: 'increment' as const,
      isPrimary: true,
    },
    { name: 'timestamp', type: driver.normalizeType({ type: migrationTimestamp }) },
    { name: 'name', type: driver.normalizeType({ type: migrationName }) },
  ];
  await runner.createTable(new Table({ name: TABLE, columns }), true);
  return true;
}

/** One migration, whole or not at all where the database can do that. */
async function inStep(
  engine: Engine,
  runner: QueryRunner,
  step: () => Promise<boolean>,
): Promise<boolean> {
  if (engine.dialect.name === 'mysql') return step();
  await runner.beforeMigration();
  await runner.startTransaction();
  try {
    const ran = await step();
    const broken = (await runner.query('PRAGMA foreign_key_check')) as { table: string }[];
    if (broken[0])
      throw new Error(`A migration leaves rows of ${broken[0].table} without a parent`);
    await runner.commitTransaction();
    return ran;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.afterMigration();
  }
}
