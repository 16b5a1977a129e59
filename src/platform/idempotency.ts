/**
 * Idempotency: a repeated request gives the first answer and no second effect. The row of the key is written in
 * the same transaction as the effect, so there is never a state in between. Rows are kept for at least 30 days;
 * natural unique keys (quarter and loan, claim and seat) guard for ever.
 */
import type { Instant } from './clock';
import type { Sql, Tx } from './db/database';
import { isUniqueViolation } from './db/errors';
import { PlatformProblem } from './problems';
import type { Platform, Work } from './work';

/** The key of one request: whose, which, for what act, over which content (keyed digest of the canonical input). */
export interface KeyRow {
  actorId: string;
  key: string;
  act: string;
  hash: string;
}

/** Another request with this key has committed, or is about to. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken';
}

/** Takes the key; an equal request running at the same time waits here. @throws KeyTaken */
export async function takeKey(tx: Tx, row: KeyRow, now: Instant): Promise<void> {
  try {
    await tx.exec(
      `INSERT INTO idempotency (actor_id, idem_key, act, request_hash, answer, created_at)
       VALUES (:actorId, :key, :act, :hash, NULL, :now)`,
      { ...row, now },
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw new KeyTaken();
    throw error;
  }
}

/** Gives the key free again. */
export async function dropKey(tx: Tx, row: KeyRow): Promise<void> {
  await tx.exec('DELETE FROM idempotency WHERE actor_id = :actorId AND idem_key = :key', {
    actorId: row.actorId,
    key: row.key,
  });
}

const place = (row: KeyRow) => ({
  table: 'idempotency',
  column: 'answer',
  id: `${row.actorId}/${row.key}`,
});

/** Keeps the answer beside the key; sealed when it holds personal data or a secret. */
export async function keepAnswer(
  work: Work,
  row: KeyRow,
  answer: unknown,
  sealed: boolean,
): Promise<void> {
  const text = JSON.stringify(answer ?? null);
  await work.tx.exec(
    'UPDATE idempotency SET answer = :answer WHERE actor_id = :actorId AND idem_key = :key',
    {
      actorId: row.actorId,
      key: row.key,
      answer: sealed ? work.crypto.seal(text, place(row)) : text,
    },
  );
}

interface Kept {
  act: string;
  request_hash: string;
  answer: string | null;
}

/**
 * The kept answer of an equal request, undefined when no such request has committed.
 * @throws Problem platform.key-reused when the key was used for something else.
 */
export async function readKey(
  platform: Platform,
  row: KeyRow,
  sealed: boolean,
): Promise<{ answer: unknown } | undefined> {
  const sql: Sql = platform.db.reader();
  const kept = await sql.one<Kept>(
    'SELECT act, request_hash, answer FROM idempotency WHERE actor_id = :actorId AND idem_key = :key',
    { actorId: row.actorId, key: row.key },
  );
  if (!kept || kept.answer === null) return undefined;
  if (kept.request_hash !== row.hash) throw PlatformProblem.keyReused();
  const text = sealed ? platform.crypto.open(kept.answer, place(row)) : kept.answer;
  return { answer: JSON.parse(text) };
}
