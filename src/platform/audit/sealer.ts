/**
 * The sealer: every few seconds it takes the entries that are not yet sealed and binds them into the chain.
 * A lease keeps two instances from doing the same work; `UNIQUE(n)` makes two seals of one number impossible.
 * The window between an entry's commit and its seal (seconds) is covered by the keyed MAC on each entry.
 */
import { SYSTEM_ACTOR } from '../authority';
import type { Tx } from '../db/database';
import { holdLease } from '../jobs/lease';
import { openWork, type Platform } from '../work';
import { merkleRoot, NO_SEAL, sealHash } from './merkle';

/** Entries of one seal at most; the rest waits for the next. */
const BATCH = 2000;
const LEASE_MS = 15_000;

/**
 * Seals what waits. Returns how many entries were sealed; 0 when nothing waits or another instance is at it.
 */
export async function sealWaiting(platform: Platform, holder: string): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await platform.db.inTransaction(async (tx) => {
      const work = openWork(platform, tx, SYSTEM_ACTOR, 'sealer');
      const token = await holdLease(tx, 'audit.sealer', holder, work.now, LEASE_MS);
      return token === null ? 0 : sealBatch(tx, token, work.now);
    });
    sealed += count;
    if (count < BATCH) return sealed;
  }
}

async function sealBatch(tx: Tx, token: number, at: number): Promise<number> {
  const waiting = await tx.rows<{ id: string; leaf: string }>(
    `SELECT e.id, e.leaf FROM audit_queue q JOIN audit_entry e ON e.id = q.entry_id
      ORDER BY e.at, e.id LIMIT ${BATCH}`,
  );
  if (waiting.length === 0) return 0;
  const last = await tx.one<{ n: number; hash: string }>(
    'SELECT n, hash FROM audit_seal ORDER BY n DESC LIMIT 1',
  );
  const seal = {
    n: (last?.n ?? 0) + 1,
    count: waiting.length,
    root: merkleRoot(waiting.map((entry) => entry.leaf)),
    previous: last?.hash ?? NO_SEAL,
    at,
  };
  await tx.exec(
    `INSERT INTO audit_seal (n, count, root, previous, hash, at, token)
     VALUES (:n, :count, :root, :previous, :hash, :at, :token)`,
    { ...seal, hash: sealHash(seal), token },
  );
  const ids = waiting.map((entry) => entry.id);
  const places = ids.map((id, position) => [seal.n, position, id]);
  await tx.insertMany('audit_sealed', ['n', 'position', 'entry_id'], places);
  for (let from = 0; from < ids.length; from += 500) {
    const part = ids.slice(from, from + 500);
    await tx.exec('DELETE FROM audit_queue WHERE entry_id IN (:part)', { part });
  }
  return waiting.length;
}
