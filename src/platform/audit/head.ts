/**
 * The daily head: the newest seal at the end of each day, kept in an append-only row and printed on the
 * inspectors' daily sheet. Whoever holds yesterday's sheet can prove that the record up to then is unchanged.
 */
import type { BusinessDate } from '../dates';
import type { Work } from '../work';
import type { Head } from './verify';

/** Keeps the head for a day, once; a second call of the day changes nothing. Returns it, null before any seal. */
export async function keepDailyHead(work: Work, day: BusinessDate): Promise<Head | null> {
  const head = await work.tx.one<Head>('SELECT n, hash FROM audit_seal ORDER BY n DESC LIMIT 1');
  if (!head) return null;
  const total = await work.tx.one<{ entries: number }>(
    'SELECT SUM(count) AS entries FROM audit_seal',
  );
  const columns = ['day', 'n', 'hash', 'entries', 'at'];
  await work.tx.exec(work.tx.dialect.insertOrKeep('audit_head', columns, ['day']), {
    day,
    n: head.n,
    hash: head.hash,
    entries: Number(total?.entries ?? 0),
    at: work.now,
  });
  return head;
}
