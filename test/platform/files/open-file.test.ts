/** A file is fetched by the person it belongs to, whole and unchanged, and each time is in the audit. */

import { SYSTEM_ACTOR } from '../../../src/platform/authority';
import { businessDate } from '../../../src/platform/dates';
import { readFileParts } from '../../../src/platform/files/file.store';
import { sweepFilesStep } from '../../../src/platform/files/sweep-files.job';
import { openWork } from '../../../src/platform/work';
import { describeEachDatabase } from '../../support/databases';
import { type Archive, NAMED, openFiles } from './archive';

describeEachDatabase('Fetching a file', (open) => {
  let files: Archive;
  let fileId: string;
  // Longer than two parts, and no two parts alike.
  const content = Buffer.from(Array.from({ length: 500_000 }, (_, at) => (at * 7919) % 251));

  beforeAll(async () => {
    files = await openFiles(open);
    const sent = await files
      .upload('officer', { ...NAMED, name: '名单(一)\'s "甲".xlsx' })
      .type('application/octet-stream')
      .send(content);
    fileId = sent.body.fileId;
    await files.upload('colleague').send('a,b').expect(201);
  });
  afterAll(() => files.county.close());

  const opened = () =>
    files.county.platform.db
      .reader()
      .rows("SELECT outcome FROM audit_entry WHERE act = 'platform.open-file' ORDER BY id");

  test('gives the same bytes, to be saved and not shown', async () => {
    const { status, headers, body } = await files.fetch('officer', fileId);
    expect(status).toBe(200);
    expect(content.equals(body)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '500000',
      'content-disposition':
        "attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95%28%E4%B8%80%29%27s%20%22%E7%94%B2%22.xlsx",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store, no-transform',
    });
    expect(await opened()).toEqual([{ outcome: 'done' }]);
  });

  test('of a colleague is refused, and the attempt is in the audit', async () => {
    const { status, body } = await files.fetch('colleague', fileId);
    expect([status, JSON.parse(body).code]).toEqual([403, 'platform.not-own-file']);
    expect(await opened()).toContainEqual({ outcome: 'refused' });
  });

  test('of another county is answered as if there were none', async () => {
    const other = await files.fetch('stranger', fileId);
    const none = await files.fetch('stranger', '01ARZ3NDEKTSV4RRFFQ69G5FAV');
    const told = (body: Buffer) => ({ ...JSON.parse(body.toString()), instance: '' });
    expect([other.status, told(other.body)]).toEqual([404, told(none.body)]);
  });

  test('lies sealed in the database, and a part at another place does not open', async () => {
    const { db } = files.county.platform;
    expect(await files.county.snapshot('stored_file_part')).not.toContain(
      content.subarray(0, 300).toString('base64').slice(0, 100),
    );
    await db.inTransaction(async (tx) => {
      const [first] = await tx.rows<{ sealed: string }>(
        'SELECT sealed FROM stored_file_part WHERE file_id = :fileId AND no = 0',
        { fileId },
      );
      await tx.exec(
        'UPDATE stored_file_part SET sealed = :sealed WHERE file_id = :fileId AND no = 1',
        {
          sealed: first?.sealed ?? '',
          fileId,
        },
      );
    });
    const read = async () => {
      for await (const _ of readFileParts(files.county.platform, fileId));
    };
    await expect(read()).rejects.toThrow('cannot be read');
  });

  test('is over after its last day: the content goes, the row stays', async () => {
    const sweep = (date: string, after: string | null) =>
      files.county.platform.db.inTransaction(async (tx) => {
        const day = businessDate(date);
        const work = openWork(files.county.platform, tx, SYSTEM_ACTOR, 'night', day);
        if (sweepFilesStep.kind !== 'chunks') throw new Error('The step sweeps in chunks');
        return sweepFilesStep.chunk(work, day, after, 5000);
      });
    const night = async (date: string) => {
      let [next, count]: [string | null, number] = [null, 0];
      do {
        const done = await sweep(date, next);
        next = done.next;
        count += done.count;
      } while (next !== null);
      return count;
    };
    const counts = () =>
      files.county.platform.db.reader().one(
        `SELECT (SELECT COUNT(*) FROM stored_file WHERE state = 'kept') AS kept,
                (SELECT COUNT(*) FROM stored_file_part) AS parts`,
      );
    expect(await night('2018-03-31')).toBe(0);
    expect(await counts()).toEqual({ kept: 2, parts: 4 });
    expect(await night('2018-04-01')).toBe(2);
    expect(await counts()).toEqual({ kept: 0, parts: 0 });
    const { status, body } = await files.fetch('officer', fileId);
    expect([status, JSON.parse(body).code]).toEqual([409, 'platform.file-swept']);
  });
});
