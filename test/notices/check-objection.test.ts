/** The township checks, the county decides: two bodies, two people, in this order, unless the township lets time pass. */
import { checkObjection } from '../../src/notices/check-objection';
import { decideObjection } from '../../src/notices/decide-objection';
import { listObjections } from '../../src/notices/objections.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { readObjection } from '../../src/notices/read-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { useSigners } from '../../src/notices/signers';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aNotice,
  COUNTY,
  FOREIGN_COUNTY,
  ofRating,
  openBoards,
  postRating,
  TABLES,
  TOWNSHIP,
} from './board';

describeEachDatabase('Checking an objection', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));
  afterEach(() => useSigners('rating', async () => []));

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  async function objected() {
    const { noticeId, subject } = await aNotice(county, ofRating());
    const by = await postRating(county, noticeId);
    await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'township',
      content: '该户收入不实',
    });
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    const objectionId = objections[0]?.id as string;
    const check = { objectionId, outcome: 'unfounded', checkText: '入户核实，收入属实' };
    const decision = { objectionId, outcome: 'dismissed', answerText: '经核实不属实' };
    return { noticeId, subject, by, objectionId, check, decision };
  }

  test('When the township has checked, then the county decides on what it found', async () => {
    const { noticeId, by, objectionId, check, decision } = await objected();
    await refused('notices.check-first', () =>
      county.do(by.countyJudge, decideObjection, decision),
    );
    const done = await county.do(by.checker, checkObjection, check);
    expect(done).toEqual({
      objectionId,
      checkedOn: '2018-03-01',
      late: false,
      decideBy: '2018-03-08',
    });
    const read = await county.do(by.checker, readObjection, { objectionId, reason: '处理' });
    expect(read).toMatchObject({
      checkBy: '2018-03-06',
      check: { outcome: 'unfounded', checkedOn: '2018-03-01', text: '入户核实，收入属实' },
    });
    await refused('notices.already-checked', () => county.do(by.checker, checkObjection, check));
    await county.do(by.countyJudge, decideObjection, decision);
    await refused('notices.already-decided', () => county.do(by.checker, checkObjection, check));
    const seen = await county.ask(by.county, oneNotice, { noticeId });
    expect(seen.openObjections).toBe(0);
  });

  test('When the bodies or people are the wrong ones, then it is refused', async () => {
    const { by, check, decision } = await objected();
    const atCounty = county.actor({ permissions: ['notices.check-objection'], region: COUNTY });
    const far = county.actor({ permissions: ['notices.check-objection'], region: FOREIGN_COUNTY });
    const poster = county.actor({
      id: by.township.id,
      permissions: ['notices.check-objection'],
      region: TOWNSHIP,
    });
    await refused('notices.not-township', () => county.do(atCounty, checkObjection, check));
    await refused('platform.absent', () => county.do(far, checkObjection, check));
    await refused('notices.own-act', () => county.do(poster, checkObjection, check));
    await refused('platform.not-permitted', () => county.do(by.judge, checkObjection, check));
    await county.do(by.checker, checkObjection, check);
    await refused('notices.not-county', () => county.do(by.judge, decideObjection, decision));
    const promoted = county.actor({
      id: by.checker.id,
      permissions: ['notices.decide-objection'],
      region: COUNTY,
    });
    await refused('notices.own-check', () => county.do(promoted, decideObjection, decision));
  });

  test('When somebody signed the subject, then they deal with no objection to it', async () => {
    const { subject, by, check, decision } = await objected();
    useSigners('rating', async (_sql, id) =>
      id === subject.id ? [by.checker.id, by.countyJudge.id] : [],
    );
    await refused('notices.own-act', () => county.do(by.checker, checkObjection, check));
    const other = county.actor({ permissions: ['notices.check-objection'], region: TOWNSHIP });
    await county.do(other, checkObjection, check);
    await refused('notices.own-act', () => county.do(by.countyJudge, decideObjection, decision));
  });

  test('When the township lets its days pass, then the county goes on without it', async () => {
    const { by, decision } = await objected();
    county.clock.set('2018-03-06T23:59:59+08:00');
    await refused('notices.check-first', () =>
      county.do(by.countyJudge, decideObjection, decision),
    );
    county.clock.set('2018-03-07');
    await county.do(by.countyJudge, decideObjection, decision);
  });

  test('What is open is listed by the day it is due, and what is late is told', async () => {
    const { noticeId, by, check } = await objected();
    const ours = async (late: boolean) => {
      const { items } = await county.ask(by.county, listObjections, { late, size: 200 });
      return items.filter((one) => one.noticeId === noticeId);
    };
    expect(await ours(true)).toEqual([]);
    expect(await ours(false)).toMatchObject([{ checkLate: false, late: false }]);
    county.clock.set('2018-03-07');
    expect(await ours(true)).toMatchObject([{ checkLate: true, late: false }]);
    expect(await county.do(by.checker, checkObjection, check)).toMatchObject({ late: true });
    expect(await ours(true)).toEqual([]);
    county.clock.set('2018-03-09');
    expect(await ours(true)).toMatchObject([{ checkLate: false, late: true }]);
    const far = county.actor({ permissions: ['notices.read'], region: FOREIGN_COUNTY });
    expect((await county.ask(far, listObjections, {})).items).toEqual([]);
  });
});
