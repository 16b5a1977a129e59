/**
 * The verifier: recomputes every leaf, every root and the chain, and names the first place that is wrong. The
 * inspector keeps the last head seen and demands that it is still there: a chain alone cannot show that somebody
 * with rights over the database rewrote all of it.
 */
import type { Sql } from '../db/database';
import { CONTENT_COLUMNS, type EntryContent, leafOf } from './append';
import { merkleRoot, NO_SEAL, sealHash } from './merkle';

/** The first thing that is wrong: which seal, which entry (where one is to blame), and what. */
export interface Fault {
  seal: number | null;
  entryId: string | null;
  /** Chinese sentence for the inspector. */
  what: string;
}

/** The newest seal: its number and hash stand for the whole record up to it. */
export interface Head {
  n: number;
  hash: string;
}

/** What a verification found. `waiting` = entries not yet sealed (normally those of the last seconds). */
export interface Verification {
  ok: boolean;
  fault: Fault | null;
  seals: number;
  entries: number;
  waiting: number;
  head: Head | null;
}

/** What a verification needs to know besides the database. */
export interface VerifyOptions {
  /** Keyed MAC over a leaf; the key is held by the service, not by the database. */
  mac: (leaf: string) => string;
  /** A head seen before; it must still stand at its number. */
  lastHead?: Head;
  /** Begin after this seal, which was verified before; everything from the first seal when absent. */
  from?: Head;
  /** Instant (ms) before which every entry must have been sealed. */
  sealedBefore?: number;
}

type StoredEntry = EntryContent & { leaf: string; mac: string };
interface StoredSeal {
  n: number;
  count: number;
  root: string;
  previous: string;
  hash: string;
  at: number;
}

/** Walks the whole record, seal by seal (at most 2,000 entries in memory). Stops at the first fault. */
export async function verifyAudit(sql: Sql, options: VerifyOptions): Promise<Verification> {
  const found: Verification = {
    ok: true,
    fault: null,
    seals: 0,
    entries: 0,
    waiting: 0,
    head: null,
  };
  const fault = await walk(sql, options, found);
  return { ...found, ok: fault === null, fault };
}

async function walk(sql: Sql, options: VerifyOptions, found: Verification): Promise<Fault | null> {
  let previous = options.from?.hash ?? NO_SEAL;
  let last = options.from?.n ?? 0;
  for (;;) {
    const seal = await nextSeal(sql, last);
    if (!seal) break;
    const expected = last + 1;
    if (seal.n !== expected)
      return { seal: expected, entryId: null, what: `缺少第 ${expected} 号封存` };
    const fault = await verifySeal(sql, seal, previous, options);
    if (fault) return fault;
    previous = seal.hash;
    last = seal.n;
    found.head = { n: seal.n, hash: seal.hash };
    found.seals += 1;
    found.entries += seal.count;
    if (options.lastHead?.n === seal.n && options.lastHead.hash !== seal.hash) {
      return { seal: seal.n, entryId: null, what: '与此前留存的链头不一致，记录曾被整体改写' };
    }
  }
  if (options.lastHead && options.lastHead.n > last) {
    return {
      seal: options.lastHead.n,
      entryId: null,
      what: '此前留存的链头已不存在，末尾记录被截去',
    };
  }
  return verifyWaiting(sql, options, found);
}

const nextSeal = (sql: Sql, after: number) =>
  sql.one<StoredSeal>(
    'SELECT n, count, root, previous, hash, at FROM audit_seal WHERE n > :after ORDER BY n LIMIT 1',
    { after },
  );

const columns = (alias: string) =>
  [...CONTENT_COLUMNS, 'leaf', 'mac'].map((column) => `${alias}.${column}`).join(', ');

async function verifySeal(
  sql: Sql,
  seal: StoredSeal,
  previous: string,
  options: VerifyOptions,
): Promise<Fault | null> {
  const entries = await sql.rows<StoredEntry & { sealed_id: string; position: number }>(
    `SELECT ${columns('e')}, s.entry_id AS sealed_id, s.position AS position
       FROM audit_sealed s LEFT JOIN audit_entry e ON e.id = s.entry_id
      WHERE s.n = :n ORDER BY s.position`,
    { n: seal.n },
  );
  const at = (entryId: string | null, what: string): Fault => ({ seal: seal.n, entryId, what });
  for (const [index, entry] of entries.entries()) {
    if (entry.position !== index) return at(entry.sealed_id, '封存内的次序有缺口');
    if (entry.id === null) return at(entry.sealed_id, '记录已被删除');
    const fault = entryFault(entry, options);
    if (fault) return at(entry.id, fault);
  }
  if (entries.length !== seal.count) return at(null, '封存的记录数与登记不符');
  if (merkleRoot(entries.map((entry) => entry.leaf)) !== seal.root) {
    return at(null, '封存的默克尔根与记录不符');
  }
  if (seal.previous !== previous) return at(null, '封存与前一封存不相连');
  if (sealHash(seal) !== seal.hash) return at(null, '封存自身的摘要不符');
  return null;
}

function entryFault(entry: StoredEntry, options: VerifyOptions): string | null {
  if (leafOf(entry) !== entry.leaf) return '记录内容与其摘要不符，内容被改动';
  if (options.mac(entry.leaf) !== entry.mac) return '记录的密钥校验不符，记录系伪造';
  return null;
}

async function verifyWaiting(
  sql: Sql,
  options: VerifyOptions,
  found: Verification,
): Promise<Fault | null> {
  const waiting = await sql.rows<StoredEntry>(
    `SELECT ${columns('e')} FROM audit_entry e LEFT JOIN audit_sealed s ON s.entry_id = e.id
      WHERE s.entry_id IS NULL ORDER BY e.at, e.id`,
  );
  found.waiting = waiting.length;
  for (const entry of waiting) {
    const fault = entryFault(entry, options);
    if (fault) return { seal: null, entryId: entry.id, what: fault };
    if (options.sealedBefore !== undefined && entry.at < options.sealedBefore) {
      return { seal: null, entryId: entry.id, what: '记录超过时限仍未封存' };
    }
  }
  return null;
}
