/** Deciding an objection: by a stranger to the notice, once; upheld, the item stops and its module hears of it. */
import { decideObjection, objectionUpheld } from '../../src/notices/decide-objection';
import { requireNoticeOver } from '../../src/notices/notice-over';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
import { followObjection, publicNotice } from '../../src/notices/public.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { Subject } from '../../src/platform/work';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aNotice,
  announce,
  board,
  COUNTY,
  FOREIGN_COUNTY,
  openBoards,
  postAll,
  TABLES,
  TOWNSHIP,
  VILLAGE,
} from './board';

describeEachDatabase('Deciding an objection', (open) => {
  let county: County;
  const heard: Subject[] = [];
  beforeAll(async () => {
    county = await openBoards(open);
    county.platform.events.on(objectionUpheld, async (_work, { subject }) => {
      heard.push(subject);
    });
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  /** A running notice with one open objection at the village's board. */
  async function objected() {
    const { noticeId, subject } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const { receiptCode } = await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'village',
      content: '该户不在村居住',
    });
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    return { noticeId, subject, by, receiptCode, objectionId: objections[0]?.id as string };
  }

  const gate = (subject: Subject) =>
    county.refusal(county.system((work) => requireNoticeOver(work, subject)));

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  test('When it is dismissed, then the notice may end and the complainant reads the answer', async () => {
    const { subject, by, receiptCode, objectionId } = await objected();
    county.clock.set('2018-03-07');
    expect(await gate(subject)).toBe('notices.objection-open');
    const decision = { objectionId, outcome: 'dismissed', answerText: '经入户核实，该户常年在村' };
    const done = await county.do(by.judge, decideObjection, decision);
    expect(done).toEqual({
      objectionId,
      state: 'dismissed',
      decidedOn: '2018-03-07',
      openObjections: 0,
    });
    const standing = await county.system((work) => requireNoticeOver(work, subject));
    expect(standing.over).toBe(true);
    const followed = await county.ask(PUBLIC_ACTOR, followObjection, { receiptCode });
    expect(followed).toMatchObject({ state: 'dismissed', answerText: decision.answerText });
    await refused('notices.already-decided', () =>
      county.do(by.judge, decideObjection, { ...decision, outcome: 'upheld' }),
    );
  });

  test('When it is upheld, then the item stops, the page is gone and the owner hears of it', async () => {
    const { noticeId, subject, by, objectionId } = await objected();
    const decision = { objectionId, outcome: 'upheld', answerText: '经核实，该户已迁出' };
    await county.do(by.judge, decideObjection, decision);
    expect(heard.at(-1)).toEqual(subject);
    expect(await county.refusal(county.ask(PUBLIC_ACTOR, publicNotice, { noticeId }))).toBe(
      'notices.notice-absent',
    );
    county.clock.set('2018-04-01');
    expect(await gate(subject)).toBe('notices.objection-upheld');
    const seen = await county.ask(by.county, oneNotice, { noticeId });
    expect(seen).toMatchObject({ state: 'stopped', items: [{ state: 'stopped' }] });
  });

  test('When the poster of that board would decide, then it is refused', async () => {
    const { noticeId, by } = await objected();
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    const poster = county.actor({
      id: by.village.id,
      permissions: ['notices.decide-objection'],
      region: TOWNSHIP,
    });
    await refused('notices.own-act', () =>
      county.do(poster, decideObjection, {
        objectionId: objections[0]?.id,
        outcome: 'dismissed',
        answerText: '无此事',
      }),
    );
  });

  test('When the opener of the notice would decide, then it is refused', async () => {
    const permissions = ['toys.announce', 'notices.decide-objection', 'notices.read'];
    const opener = county.actor({ permissions, region: COUNTY });
    const input = { region: VILLAGE, title: '城关村公示' };
    const { noticeId } = await county.do(opener, announce, input);
    await postAll(county, noticeId);
    await county.do(PUBLIC_ACTOR, raiseObjection, { noticeId, level: 'county', content: '不实' });
    const { objections } = await county.ask(opener, oneNotice, { noticeId });
    await refused('notices.own-act', () =>
      county.do(opener, decideObjection, {
        objectionId: objections[0]?.id,
        outcome: 'dismissed',
        answerText: '无此事',
      }),
    );
  });

  test('When permission or place is wrong, or the answer is empty, then it is refused', async () => {
    const { by, objectionId } = await objected();
    const decision = { objectionId, outcome: 'dismissed', answerText: '经核实不属实' };
    await refused('platform.not-permitted', () => county.do(by.county, decideObjection, decision));
    const foreign = county.actor({
      permissions: ['notices.decide-objection'],
      region: FOREIGN_COUNTY,
    });
    await refused('platform.absent', () => county.do(foreign, decideObjection, decision));
    await refused('platform.invalid-input', () =>
      county.do(by.judge, decideObjection, { ...decision, answerText: '' }),
    );
    await refused('notices.objection-absent', () =>
      county.do(by.judge, decideObjection, { ...decision, objectionId: county.platform.newId() }),
    );
  });

  test('The gate names what is missing', async () => {
    const { noticeId, subject } = await aNotice(county);
    expect(await gate({ kind: 'application', id: 'never-announced' })).toBe('notices.not-opened');
    expect(await gate(subject)).toBe('notices.not-posted-everywhere');
    const by = await postAll(county, noticeId);
    expect(by.last.endsOn).toBe('2018-03-06');
    expect(await gate(subject)).toBe('notices.still-running');
    county.clock.set('2018-03-06T23:59:59.999+08:00');
    expect(await gate(subject)).toBe('notices.still-running');
    county.clock.set('2018-03-07T00:00:00+08:00');
    await county.system((work) => requireNoticeOver(work, subject));
    // The same moment told by a clock in UTC.
    county.clock.set('2018-03-06T15:59:59Z');
    expect(await gate(subject)).toBe('notices.still-running');
  });

  test('Two boards are not enough', async () => {
    const { noticeId, subject } = await aNotice(county);
    const actor = (permission: string, region: string) =>
      county.actor({ permissions: [permission], region });
    await county.do(actor('notices.post-county', COUNTY), postCounty, board(noticeId));
    await county.do(actor('notices.post-village', VILLAGE), postVillage, board(noticeId));
    county.clock.set('2018-06-01');
    expect(await gate(subject)).toBe('notices.not-posted-everywhere');
    await county.do(actor('notices.post-township', TOWNSHIP), postTownship, board(noticeId));
    expect(await gate(subject)).toBe('notices.still-running');
  });
});
