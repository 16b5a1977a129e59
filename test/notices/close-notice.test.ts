/** The night closes notices that have run out; the public page is gone by itself before that. */
import { closeNotice } from '../../src/notices/close-notice';
import { closeNoticesStep } from '../../src/notices/close-notices.job';
import { decideObjection } from '../../src/notices/decide-objection';
import { noticesDue } from '../../src/notices/notices.queries';
import { publicNotice } from '../../src/notices/public.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR, SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, openBoards, postAll, TABLES } from './board';

describeEachDatabase('Closing a notice', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  const due = (date: string) =>
    noticesDue(county.platform.db.reader(), businessDate(date), null, 100);

  test('When the last day has passed, then the night closes it', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    expect(await due('2018-03-06')).not.toContain(noticeId);
    expect(await due('2018-03-07')).toContain(noticeId);
    expect(closeNoticesStep).toMatchObject({ kind: 'records', act: closeNotice });
    const night = { today: businessDate('2018-03-07') };
    const done = await county.do(SYSTEM_ACTOR, closeNotice, { noticeId }, night);
    expect(done).toEqual({ noticeId, state: 'ended', closedOn: '2018-03-07' });
    expect(await due('2018-03-07')).not.toContain(noticeId);
    expect(await county.ask(by.county, oneNotice, { noticeId })).toMatchObject({
      state: 'ended',
    });
  });

  test('When an objection is open, then it stays open until that is decided', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    await county.do(PUBLIC_ACTOR, raiseObjection, { noticeId, level: 'county', content: '不实' });
    expect(await due('2018-03-20')).not.toContain(noticeId);
    county.clock.set('2018-03-20');
    const before = await county.snapshot(...TABLES);
    const early = county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
    expect(await county.refusal(early)).toBe('notices.objection-open');
    expect(await county.snapshot(...TABLES)).toBe(before);
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    expect(objections[0]?.late).toBe(true);
    await county.do(by.judge, decideObjection, {
      objectionId: objections[0]?.id,
      outcome: 'dismissed',
      answerText: '经核实不属实',
    });
    expect(await due('2018-03-20')).toContain(noticeId);
  });

  test('When it is not due or not allowed, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const before = await county.snapshot(...TABLES);
    const codes = [
      await county.refusal(county.do(SYSTEM_ACTOR, closeNotice, { noticeId })),
      await county.refusal(county.do(by.county, closeNotice, { noticeId })),
    ];
    expect(codes).toEqual(['notices.still-running', 'platform.not-permitted']);
    expect(await county.snapshot(...TABLES)).toBe(before);
  });

  test('The public page is masked, and there from the last board to the last day only', async () => {
    const { noticeId } = await aNotice(county);
    const page = () => county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(await county.refusal(page())).toBe('notices.notice-absent');
    await postAll(county, noticeId);
    const shown = await page();
    expect(shown).toMatchObject({
      title: '城关村扶贫小额信贷申请公示',
      endsOn: '2018-03-06',
      phones: ['12317'],
      noIndex: true,
    });
    expect(shown.items[0]?.fields).toEqual([
      { code: 'borrowerName', name: '借款人姓名', value: '韦大明' },
      { code: 'village', name: '行政村', value: '城关村委会' },
      { code: 'amount', name: '金额', value: '50000.00 元' },
      { code: 'use', name: '用途', value: expect.stringContaining('地方特色品种鸡') },
      { code: 'term', name: '期限', value: '36 个月' },
      { code: 'bank', name: '承贷银行', value: '龙胜农商行' },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/\d{7}/);
    expect(await county.snapshot('notice_item')).not.toContain('13807731234');
    county.clock.set('2018-03-06T23:59:59+08:00');
    await page();
    county.clock.set('2018-03-07T00:00:00+08:00');
    expect(await county.refusal(page())).toBe('notices.notice-absent');
  });
});
