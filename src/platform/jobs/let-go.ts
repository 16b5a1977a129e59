/** What an instance leaves when it stops, and what it must find to be ready. */
import type { Database } from '../db/database';
import { releaseRuns } from './job-run';
import { releaseLeases } from './lease';
import { releaseTasks } from './task-row';

/** Gives up all leases, runs and tasks of this instance, so that another need not wait for them to end. */
export function letGo(db: Database, holder: string): Promise<void> {
  return db.inTransaction(async (tx) => {
    await releaseLeases(tx, holder);
    await releaseRuns(tx, holder);
    await releaseTasks(tx, holder);
  });
}

/** Ready means: the database answers, no migration is pending, and no nightly step stands failed. */
export async function readiness(db: Database): Promise<Record<string, boolean>> {
  try {
    await db.ping();
    const pending = await db.pendingMigrations();
    const failed = await db
      .reader()
      .rows(`SELECT step FROM job_run WHERE state = 'failed' LIMIT 1`);
    return { database: true, migrations: pending.length === 0, jobs: failed.length === 0 };
  } catch {
    return { database: false, migrations: false, jobs: false };
  }
}
