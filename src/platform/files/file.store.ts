/**
 * Keeping files and giving them back. The content lies in sealed parts, each bound to its file and number, so that a
 * part can be neither read nor exchanged by whoever sees only the database.
 */
import { createHash } from 'node:crypto';
import { check } from '../check';
import type { FieldCrypto } from '../crypto/field-crypto';
import { addDays } from '../dates';
import type { Sql } from '../db/database';
import { findRow, insertRow } from '../db/store';
import type { Platform, Work } from '../work';
import { type FileFace, KEPT_DAYS, type KeptFile, type NewFile, PURPOSE } from './file';
import { StoredFile, StoredFilePart } from './file.entity';
import { FileProblem } from './problems';

/** Bytes of one part. Sealed they take four ninths more as text than in base64: some 350 KB a row. */
const PART = 192 * 1024;

const place = (fileId: string, no: number) => ({
  table: 'stored_file_part',
  column: 'sealed',
  id: `${fileId}/${no}`,
});

/**
 * Keeps a file for `KEPT_DAYS` days or as many as it says, in the transaction of the act. Whoever keeps it is the one who may fetch it.
 * The caller reports the file to the audit with its own record.
 */
export async function keepFile(work: Work, file: NewFile): Promise<KeptFile> {
  check(PURPOSE.test(file.purpose), 'The purpose of a file is words joined by hyphens');
  const fileId = work.newId();
  const hash = createHash('sm3');
  let [bytes, parts] = [0, 0];
  for await (const part of inParts(file.content)) {
    hash.update(part);
    bytes += part.length;
    const sealed = work.crypto.seal(part.toString('base64'), place(fileId, parts));
    await insertRow(work.tx, StoredFilePart, { fileId, no: parts, sealed });
    parts += 1;
  }
  const digest = hash.digest('hex');
  await insertRow(work.tx, StoredFile, {
    id: fileId,
    name: file.name,
    type: file.type,
    purpose: file.purpose,
    regionCode: file.region,
    bytes,
    parts,
    digest,
    madeBy: work.actor.id,
    madeAt: work.now,
    expiresOn: addDays(work.today, file.keptDays ?? KEPT_DAYS),
    state: 'kept',
    version: 1,
  });
  return { fileId, bytes, digest };
}

/** The same content in pieces of `PART` bytes, the last one shorter. */
async function* inParts(content: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    waiting.push(piece);
    size += piece.length;
    if (size < PART) continue;
    const whole = Buffer.concat(waiting);
    let at = 0;
    for (; whole.length - at >= PART; at += PART) yield whole.subarray(at, at + PART);
    waiting = [whole.subarray(at)];
    size = whole.length - at;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** What is known of a file. @throws Problem platform.file-absent */
export async function fileFor(sql: Sql, fileId: string): Promise<FileFace> {
  const row = await findRow(sql, StoredFile, { id: fileId });
  if (!row) throw FileProblem.fileAbsent();
  const { id, name, type, purpose, regionCode, bytes, digest, madeBy, madeAt, expiresOn, state } =
    row;
  return {
    fileId: id,
    name,
    type,
    purpose,
    region: regionCode,
    bytes,
    digest,
    madeBy,
    madeAt,
    expiresOn,
    state,
  };
}

/**
 * The content, part by part; each is read when it is asked for, outside any transaction.
 * @throws Problem platform.file-swept when the content is not kept any more.
 */
export async function* readFileParts(
  { db, crypto }: Pick<Platform, 'db' | 'crypto'>,
  fileId: string,
): AsyncGenerator<Buffer> {
  const file = await findRow(db.reader(), StoredFile, { id: fileId });
  if (!file) throw FileProblem.fileAbsent();
  for (let no = 0; no < file.parts; no += 1) {
    yield await partOf(db.reader(), crypto, fileId, no);
  }
}

async function partOf(sql: Sql, crypto: FieldCrypto, fileId: string, no: number): Promise<Buffer> {
  const part = await findRow(sql, StoredFilePart, { fileId, no });
  if (!part) throw FileProblem.fileSwept();
  return Buffer.from(crypto.open(part.sealed, place(fileId, no)), 'base64');
}

/** Removes the content of files whose last day lies before `today`; rows after `after`, at most `limit` files. */
export async function sweepExpired(
  work: Work,
  after: string | null,
  limit: number,
): Promise<{ next: string | null; count: number }> {
  const expired = await work.tx.rows<{ id: string }>(
    `SELECT id FROM stored_file
      WHERE state = 'kept' AND expires_on < :today AND id > :after ORDER BY id LIMIT :limit`,
    { today: work.today, after: after ?? '', limit },
  );
  const ids = expired.map((row) => row.id);
  if (ids.length === 0) return { next: null, count: 0 };
  await work.tx.exec('DELETE FROM stored_file_part WHERE file_id IN (:ids)', { ids });
  await work.tx.exec(
    "UPDATE stored_file SET state = 'swept', version = version + 1 WHERE id IN (:ids)",
    { ids },
  );
  return { next: ids.length < limit ? null : (ids[ids.length - 1] ?? null), count: ids.length };
}
