/** Reading what was objected: by those who decide, with a reason, and never who it was. */
import { raiseObjection } from '../../src/notices/raise-objection';
import { readObjection } from '../../src/notices/read-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, FOREIGN_COUNTY, openBoards, postAll, TABLES, TOWNSHIP } from './board';

describeEachDatabase('Reading an objection', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });

  async function objected() {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'village',
      content: '该户不养鸡',
      complainantName: '石有福',
    });
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    return { by, objectionId: objections[0]?.id as string };
  }

  test('When the township checks it, then the content is read and the reading is on record', async () => {
    const { by, objectionId } = await objected();
    const input = { objectionId, reason: '入户核查' };
    const read = await county.do(by.judge, readObjection, input);
    expect(read).toMatchObject({ content: '该户不养鸡', state: 'open', level: 'village' });
    expect(JSON.stringify(read)).not.toContain('石有福');
    const kept = await county.snapshot('audit_entry', 'idempotency');
    expect(kept).toContain('notices.read-objection');
    expect(kept).toContain('入户核查');
    expect(kept).not.toContain('该户不养鸡');
  });

  test('When permission, place or reason is missing, or it is about the reader, then it is refused', async () => {
    const { by, objectionId } = await objected();
    const input = { objectionId, reason: '入户核查' };
    const foreign = county.actor({
      permissions: ['notices.read-objection'],
      region: FOREIGN_COUNTY,
    });
    const poster = county.actor({
      id: by.village.id,
      permissions: ['notices.read-objection'],
      region: TOWNSHIP,
    });
    const before = await county.snapshot(...TABLES);
    const codes = [
      await county.refusal(county.do(poster, readObjection, input)),
      await county.refusal(county.do(by.county, readObjection, input)),
      await county.refusal(county.do(foreign, readObjection, input)),
      await county.refusal(county.do(by.judge, readObjection, { objectionId })),
    ];
    expect(codes).toEqual([
      'notices.own-act',
      'platform.not-permitted',
      'platform.absent',
      'platform.invalid-input',
    ]);
    expect(await county.snapshot(...TABLES)).toBe(before);
  });
});
