/** Looking at kept photos: who may, and that it is on record. */
import { addEvidence } from '../../src/notices/add-evidence';
import { photographVillage } from '../../src/notices/attach-photo';
import { openBoardPhoto, openEvidence } from '../../src/notices/open-photo';
import { raiseObjection } from '../../src/notices/raise-objection';
import { readObjection } from '../../src/notices/read-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, FOREIGN_COUNTY, openBoards, postAll, uploaded } from './board';
import { jpeg, png } from './pictures';

describeEachDatabase('Looking at photos', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });

  test("A board's photo is seen by whoever sees the notice", async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const look = { noticeId, level: 'village' };
    expect(await county.refusal(county.do(by.county, openBoardPhoto, look))).toBe(
      'notices.photo-absent',
    );
    const kept = await county.do(by.village, photographVillage, {
      noticeId,
      file: await uploaded(png()),
    });
    expect(await county.do(by.county, openBoardPhoto, look)).toEqual({
      fileId: kept.fileId,
      name: `${noticeId}-village.png`,
      type: 'image/png',
      bytes: kept.bytes,
    });
    const far = county.actor({ permissions: ['notices.read'], region: FOREIGN_COUNTY });
    expect(await county.refusal(county.do(far, openBoardPhoto, look))).toBe('platform.absent');
    expect(await county.refusal(county.do(PUBLIC_ACTOR, openBoardPhoto, look))).toBe(
      'platform.not-signed-in',
    );
  });

  test('Evidence is seen with a reason, by whoever may read the objection', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const { receiptCode } = await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'village',
      content: '该户已在县城购房',
    });
    await county.do(PUBLIC_ACTOR, addEvidence, { receiptCode, file: await uploaded(jpeg()) });
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    const objectionId = objections[0]?.id as string;
    const read = await county.do(by.judge, readObjection, { objectionId, reason: '核查' });
    const [fileId] = read.evidence;
    const look = { objectionId, fileId, reason: '核查佐证' };
    expect(await county.do(by.judge, openEvidence, look)).toMatchObject({ type: 'image/jpeg' });
    expect(await county.snapshot('audit_entry')).toContain('核查佐证');
    const codes = [
      await county.refusal(county.do(by.county, openEvidence, look)),
      await county.refusal(county.do(by.judge, openEvidence, { objectionId, fileId })),
      await county.refusal(county.do(by.judge, openEvidence, { ...look, fileId: noticeId })),
    ];
    expect(codes).toEqual([
      'platform.not-permitted',
      'platform.invalid-input',
      'notices.photo-absent',
    ]);
  });
});
