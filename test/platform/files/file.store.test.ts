/** Content goes into parts of one size and comes back in order, however it arrives. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fileFor, keepFile, readFileParts } from '../../../src/platform/files/file.store';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

describeEachDatabase('A kept file', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  afterAll(() => county.close());

  const keep = (content: Iterable<Buffer>) =>
    county.system((work) =>
      keepFile(work, { name: 'a', type: 'b', purpose: 'c', region: '450328000000', content }),
    );

  test('comes back as it was, whatever the pieces it came in', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 450_000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(sizes, async (lengths) => {
        const pieces = lengths.map((length, at) => Buffer.alloc(length, `piece ${at} `));
        const whole = Buffer.concat(pieces);
        const { fileId, bytes, digest } = await keep(pieces);
        const parts: Buffer[] = [];
        for await (const part of readFileParts(county.platform, fileId)) parts.push(part);
        expect(Buffer.concat(parts).equals(whole)).toBe(true);
        expect([bytes, digest]).toEqual([
          whole.length,
          createHash('sm3').update(whole).digest('hex'),
        ]);
        expect(parts.slice(0, -1).every((part) => part.length === 192 * 1024)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('is known by its id; what is not there is absent', async () => {
    const { fileId } = await keep([Buffer.from('x')]);
    const sql = county.platform.db.reader();
    expect(await fileFor(sql, fileId)).toMatchObject({ fileId, bytes: 1, state: 'kept' });
    expect(await county.refusal(fileFor(sql, '01ARZ3NDEKTSV4RRFFQ69G5FAV'))).toBe(
      'platform.file-absent',
    );
  });
});
