/** Notices of other rules than Longsheng's, through the acts: level after level, with a window for objections. */
import { requireNoticeOver } from '../../src/notices/notice-over';
import { noticesDue } from '../../src/notices/notices.queries';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
import { publicNotice } from '../../src/notices/public.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import type { Subject } from '../../src/platform/work';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, board, COUNTY, officers, openBoards, postAll } from './board';
import { putInForce, RULE } from './laws';

describeEachDatabase('Other rules', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open, '2022-01-01');
    await putInForce(
      county,
      'subsidy',
      {
        ...RULE,
        lengthDays: 10,
        mode: 'SEQUENTIAL',
        levels: ['village', 'township', 'county'],
        endMovedOffHoliday: false,
      },
      { region: COUNTY, from: '2022-01-01' },
    );
    const objection = { ...RULE.objection, daysAfterEnd: 3, anonymousAllowed: false };
    await putInForce(
      county,
      'loan',
      { ...RULE, dayKind: 'WORKING', firstDayCounted: true, objection },
      { region: COUNTY, from: '2022-01-01' },
    );
  });

  const gate = (subject: Subject) =>
    county.refusal(county.system((work) => requireNoticeOver(work, subject)));
  const subsidy = () =>
    aNotice(county, { kind: 'subsidy', ruleParameterKey: 'notices.rule.subsidy' });

  test('Level after level, each has its own ten days (红寺堡 2022)', async () => {
    county.clock.set('2022-03-01');
    const { noticeId, subject } = await subsidy();
    const by = officers(county);
    const page = () => county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    const refused = async (code: string, attempt: Promise<unknown>) =>
      expect(await county.refusal(attempt)).toBe(code);
    await refused(
      'notices.earlier-level-first',
      county.do(by.township, postTownship, board(noticeId)),
    );
    await county.do(by.village, postVillage, board(noticeId, 1));
    // The village's ten days: the 2nd to the 11th. Seen and open to objections already.
    expect(await page()).toMatchObject({ endsOn: null, boards: [{ level: 'village' }] });
    county.clock.set('2022-03-11T23:59:59+08:00');
    await page();
    await refused(
      'notices.earlier-level-first',
      county.do(by.township, postTownship, board(noticeId, 2)),
    );
    county.clock.set('2022-03-12T00:00:00+08:00');
    // Nobody has gone on: what hung is over, so nothing is shown any more until the next level posts.
    await refused('notices.notice-absent', page());
    await county.do(by.township, postTownship, board(noticeId, 2));
    await page();
    expect(await gate(subject)).toBe('notices.not-posted-everywhere');
    county.clock.set('2022-03-22');
    await refused(
      'notices.earlier-level-first',
      county.do(by.county, postCounty, board(noticeId, 3)),
    );
    county.clock.set('2022-03-23');
    const last = await county.do(by.county, postCounty, board(noticeId, 3));
    expect(last).toMatchObject({ state: 'running', endsOn: '2022-04-02' });
    county.clock.set('2022-04-02T23:59:59+08:00');
    expect(await gate(subject)).toBe('notices.still-running');
    county.clock.set('2022-04-03T00:00:00+08:00');
    await county.system((work) => requireNoticeOver(work, subject));
  });

  test('Working days, the first one counted, and three days more for objections with a name', async () => {
    county.clock.set('2022-03-01');
    const { noticeId, subject } = await aNotice(county);
    const { last } = await postAll(county, noticeId);
    expect(last.endsOn).toBe('2022-03-07');
    const object = (changes: object = {}) =>
      county.do(PUBLIC_ACTOR, raiseObjection, {
        noticeId,
        level: 'village',
        content: '不实',
        ...changes,
      });
    expect(await county.refusal(object())).toBe('notices.name-required');
    county.clock.set('2022-03-10T23:59:59+08:00');
    expect(await gate(subject)).toBe('notices.still-running');
    const seen = await county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(seen).toMatchObject({ objectionsUntil: '2022-03-10', items: [{ fields: [] }] });
    county.clock.set('2022-03-11T00:00:00+08:00');
    expect(await county.refusal(object({ complainantName: '石有福' }))).toBe('notices.not-on-show');
    await county.system((work) => requireNoticeOver(work, subject));
    const due = (date: string) =>
      noticesDue(county.platform.db.reader(), businessDate(date), null, 200);
    expect(await due('2022-03-10')).not.toContain(noticeId);
    expect(await due('2022-03-11')).toContain(noticeId);
    county.clock.set('2022-03-10T12:00:00+08:00');
    await object({ complainantName: '石有福' });
    county.clock.set('2022-03-11T00:00:00+08:00');
    expect(await gate(subject)).toBe('notices.objection-open');
  });

  test('A notice whose last board never comes is not shown for ever', async () => {
    county.clock.set('2022-03-01');
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    const page = () => county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    await county.do(by.village, postVillage, board(noticeId, 1));
    county.clock.set('2022-03-07');
    await page();
    county.clock.set('2022-03-08');
    expect(await county.refusal(page())).toBe('notices.notice-absent');
  });
});
