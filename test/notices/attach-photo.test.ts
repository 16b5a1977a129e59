/** Keeping the photo of a board: by its own body, while it hangs; one photo at two boards is told. */
import {
  photographCounty,
  photographTownship,
  photographVillage,
} from '../../src/notices/attach-photo';
import { closeNotice } from '../../src/notices/close-notice';
import { requireNoticeOver } from '../../src/notices/notice-over';
import { noticesDue } from '../../src/notices/notices.queries';
import { listSamePhotos } from '../../src/notices/objections.queries';
import { postCounty } from '../../src/notices/post-level';
import { oneNotice } from '../../src/notices/screens.queries';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { readFileParts } from '../../src/platform/files/file.store';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aNotice,
  board,
  COUNTY,
  FOREIGN_COUNTY,
  officers,
  ofRating,
  openBoards,
  postAll,
  postRating,
  TABLES,
  uploaded,
} from './board';
import { jpeg, png } from './pictures';

describeEachDatabase('The photo of a board', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  test('When it is uploaded, then the picture is kept for years, sealed, without its metadata', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const file = await uploaded(jpeg({ data: 'board of 2018' }));
    const kept = await county.do(by.village, photographVillage, { noticeId, file });
    expect(kept).toMatchObject({ noticeId, level: 'village', samePhoto: false });
    const parts: Buffer[] = [];
    for await (const part of readFileParts(county.platform, kept.fileId)) parts.push(part);
    const content = Buffer.concat(parts);
    expect(content.includes('board of 2018')).toBe(true);
    expect(content.includes('GPS')).toBe(false);
    const rows = await county.snapshot('stored_file', 'stored_file_part', 'audit_entry');
    expect(rows).toContain('2028-03-01');
    expect(rows).not.toContain('board of 2018');
    expect(rows).not.toContain('13807731234');
    const { boards, lacks } = await county.ask(by.county, oneNotice, { noticeId });
    expect(boards.map((one) => one.photoKept)).toEqual([false, false, true]);
    expect(lacks.map(({ level, lack }) => `${level} ${lack}`)).toEqual([
      'county PHOTO',
      'township PHOTO',
    ]);
  });

  test('When one photo is shown for two boards, of whatever notice, then both are listed', async () => {
    const first = await aNotice(county);
    const second = await aNotice(county);
    const by = await postAll(county, first.noticeId);
    await county.do(by.county, postCounty, board(second.noticeId, 7));
    const picture = { data: 'the same board' };
    await county.do(by.county, photographCounty, {
      noticeId: first.noticeId,
      file: await uploaded(jpeg(picture)),
    });
    const twin = await county.do(by.county, photographCounty, {
      noticeId: second.noticeId,
      file: await uploaded(jpeg({ ...picture, comment: 'edited' })),
    });
    expect(twin.samePhoto).toBe(true);
    const seen = await county.ask(by.county, oneNotice, { noticeId: first.noticeId });
    expect(seen.boards.map((one) => one.samePhoto)).toContain(true);
    const inspector = county.actor({ permissions: ['notices.read'], region: COUNTY });
    const { items } = await county.ask(inspector, listSamePhotos, { size: 200 });
    const ours = items.filter(
      (one) => (one as { photoDigest: string }).photoDigest === twin.digest,
    );
    expect(ours).toHaveLength(2);
    const far = county.actor({ permissions: ['notices.read'], region: FOREIGN_COUNTY });
    expect((await county.ask(far, listSamePhotos, {})).items).toEqual([]);
  });

  test('When it was the wrong one, then it is replaced while the notice hangs, not after', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const take = async (data: string) =>
      county.do(by.township, photographTownship, {
        noticeId,
        file: await uploaded(jpeg({ data })),
      });
    const first = await take('wrong');
    const second = await take('right');
    expect(second.digest).not.toBe(first.digest);
    await county.do(SYSTEM_ACTOR, closeNotice, { noticeId }, { today: businessDate('2018-03-07') });
    await refused('notices.photo-too-late', () => take('late'));
  });

  test('When nothing hangs there, the person is another or the file is no photo, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    const file = await uploaded(png());
    await refused('notices.not-posted', () =>
      county.do(by.county, photographCounty, { noticeId, file }),
    );
    await postAll(county, noticeId);
    await refused('platform.not-permitted', () =>
      county.do(by.village, photographCounty, { noticeId, file }),
    );
    const wide = county.actor({ permissions: ['notices.post-village'], region: COUNTY });
    await refused('notices.wrong-level', () =>
      county.do(wide, photographVillage, { noticeId, file }),
    );
    const far = county.actor({ permissions: ['notices.post-county'], region: FOREIGN_COUNTY });
    await refused('platform.absent', () => county.do(far, photographCounty, { noticeId, file }));
    const text = await uploaded(Buffer.from('%PDF-1.7'));
    await refused('notices.not-a-photo', () =>
      county.do(by.county, photographCounty, { noticeId, file: text }),
    );
    const huge = await uploaded(Buffer.alloc(8 * 1024 * 1024 + 1, 1));
    await refused('notices.photo-too-large', () =>
      county.do(by.county, photographCounty, { noticeId, file: huge }),
    );
  });

  test('When the rule holds back without photos, then nothing moves until every board has one', async () => {
    const { noticeId, subject } = await aNotice(county, ofRating());
    const by = await postRating(county, noticeId);
    const due = () =>
      noticesDue(county.platform.db.reader(), businessDate('2018-03-07'), null, 200);
    const over = () => county.refusal(county.system((work) => requireNoticeOver(work, subject)));
    const take = async (data: string) => uploaded(jpeg({ data: `${noticeId} ${data}` }));
    await county.do(by.village, photographVillage, { noticeId, file: await take('village') });
    county.clock.set('2018-03-07');
    expect(await over()).toBe('notices.photo-missing');
    expect(await due()).not.toContain(noticeId);
    await refused('notices.photo-missing', () =>
      county.do(SYSTEM_ACTOR, closeNotice, { noticeId }),
    );
    await county.do(by.township, photographTownship, { noticeId, file: await take('township') });
    expect(await due()).toContain(noticeId);
    const standing = await county.system((work) => requireNoticeOver(work, subject));
    expect(standing.photosMissing).toEqual([]);
    await county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
  });
});
