/**
 * Leases: one instance at a time does a piece of housekeeping. A lease only avoids waste; safety comes from the
 * fencing token that each holder carries and from unique keys, because a paused instance may wake up late.
 * A lease is a row that is written (no GET_LOCK: on Galera that excludes nobody).
 */
import type { Tx } from '../db/database';
import { ensureRow } from '../db/ensure';

/**
 * Takes or renews a lease inside the caller's transaction.
 * @returns the fencing token, or null when somebody else holds the lease. `lengthMs` in milliseconds.
 */
export async function holdLease(
  tx: Tx,
  name: string,
  holder: string,
  now: number,
  lengthMs: number,
): Promise<number | null> {
  await ensureRow(tx, 'lease', { name, holder, token: 0, expires_at: 0 }, ['name']);
  const won = await tx.exec(
    `UPDATE lease SET holder = :holder, token = token + 1, expires_at = :until
      WHERE name = :name AND (expires_at < :now OR holder = :holder)`,
    { name, holder, now, until: now + lengthMs },
  );
  if (won !== 1) return null;
  const lease = await tx.one<{ token: number }>('SELECT token FROM lease WHERE name = :name', {
    name,
  });
  return lease?.token ?? null;
}

/** Gives up what this instance holds, so that another need not wait (graceful stop). */
export async function releaseLeases(tx: Tx, holder: string): Promise<void> {
  await tx.exec('UPDATE lease SET expires_at = 0 WHERE holder = :holder', { holder });
}
