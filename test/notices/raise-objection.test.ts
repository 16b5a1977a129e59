/** Raising an objection without signing in, and following it by its receipt code. */
import { OPEN_OBJECTIONS_MAX } from '../../src/notices/objection';
import { postCounty } from '../../src/notices/post-level';
import { followObjection } from '../../src/notices/public.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, board, officers, openBoards, postAll, TABLES } from './board';

describeEachDatabase('Raising an objection', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  const objection = (noticeId: string, changes: object = {}) => ({
    noticeId,
    level: 'village',
    content: '该户已在县城购房，电话13907731111',
    ...changes,
  });

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  test('When a villager objects without a name, then a receipt code follows it', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const raised = await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId));
    expect(raised).toMatchObject({ raisedOn: '2018-03-01', decideBy: '2018-03-08' });
    expect(raised.receiptCode).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){4}$/);
    const { receiptCode } = raised;
    const followed = await county.ask(PUBLIC_ACTOR, followObjection, { receiptCode });
    expect(followed).toEqual({
      state: 'open',
      raisedOn: '2018-03-01',
      decideBy: '2018-03-08',
      decidedOn: null,
      answerText: null,
    });
    const seen = await county.ask(by.county, oneNotice, { noticeId });
    expect(seen.openObjections).toBe(1);
    expect(seen.objections).toMatchObject([{ level: 'village', state: 'open', late: false }]);
  });

  test('When a name and a phone are given, then nothing of them lies open', async () => {
    const { noticeId } = await aNotice(county);
    await postAll(county, noticeId);
    const named = { complainantName: '石有福', complainantPhone: '13907732222' };
    const raised = await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId, named));
    const kept = await county.snapshot('objection', 'audit_entry', 'idempotency');
    for (const secret of ['石有福', '13907732222', '县城购房', raised.receiptCode]) {
      expect(kept).not.toContain(secret);
    }
  });

  test('When the level has not posted yet, then it is refused; when it has, it is taken', async () => {
    const { noticeId } = await aNotice(county);
    await refused('notices.not-on-show', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId)),
    );
    await county.do(officers(county).county, postCounty, board(noticeId));
    await refused('notices.not-on-show', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId)),
    );
    await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId, { level: 'county' }));
  });

  test('When the days have run out, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    await postAll(county, noticeId);
    county.clock.set('2018-03-06T23:59:59+08:00');
    await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId));
    county.clock.set('2018-03-07T00:00:00+08:00');
    await refused('notices.not-on-show', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId)),
    );
  });

  test('When the item or the input is not right, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    await postAll(county, noticeId);
    const stranger = { itemId: county.platform.newId() };
    await refused('notices.item-unknown', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId, stranger)),
    );
    await refused('platform.invalid-input', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId, { content: ' ' })),
    );
    await refused('notices.notice-absent', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(county.platform.newId())),
    );
    const unknown = { receiptCode: '2222-2222-2222-2222-2222' };
    expect(await county.refusal(county.ask(PUBLIC_ACTOR, followObjection, unknown))).toBe(
      'notices.objection-absent',
    );
  });

  test('When too many are open, then the next waits', async () => {
    const { noticeId } = await aNotice(county);
    await postAll(county, noticeId);
    for (let n = 0; n < OPEN_OBJECTIONS_MAX; n += 1) {
      await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId));
    }
    await refused('notices.too-many-objections', () =>
      county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId)),
    );
  });

  test("When next year's calendar is not out, then the objection is taken without a deadline", async () => {
    county.clock.set('2026-12-21');
    const { noticeId } = await aNotice(county);
    await postAll(county, noticeId);
    county.clock.set('2026-12-28');
    const raised = await county.do(PUBLIC_ACTOR, raiseObjection, objection(noticeId));
    expect(raised.decideBy).toBeNull();
  });
});
