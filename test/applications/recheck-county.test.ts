/** The county's re-check, which puts the application on its village's sheet. */
import { oneApplication, recheckCounty } from '../../src/applications';
import { joinNotice, oneNotice, postCounty } from '../../src/notices';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  broughtTo,
  openStory,
  passing,
  refused,
  type Story,
  type Underway,
  VILLAGE,
} from './story';

/** 双河村, of the same township. */
const NEXT_VILLAGE = '450328100201';

describeEachDatabase('Re-checking at the county', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When it passes, then the notice is open and nothing personal is on it', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'township');
    const done = await story.do(by.county, recheckCounty, passing(applicationId, version));
    expect(done).toMatchObject({ state: 'county-checked', next: '现应办理：核发贷款证' });
    const shown = await story.ask(by.county, oneApplication, { applicationId });
    expect(shown.notice).toMatchObject({ noticeId: done.noticeId, state: 'posting', over: false });
    const reader = story.actor({ permissions: ['notices.read'] });
    const notice = await story.ask(reader, oneNotice, { noticeId: done.noticeId });
    expect(notice.items[0]?.fields.map(({ value }) => value)).toEqual([
      shown.borrower,
      '城关村委会',
      '50000.00 元',
      '地方特色品种鸡',
      '36 个月',
      '龙胜农村商业银行',
    ]);
  });

  test('When it is refused, then no notice is opened', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'township');
    const input = { applicationId, version, outcome: 'refuse', reason: '金额偏高' };
    const done = await story.do(by.county, recheckCounty, input);
    expect(done).toMatchObject({ state: 'refused', noticeId: null });
    const shown = await story.ask(by.county, oneApplication, { applicationId });
    expect(shown.notice).toBeNull();
  });

  test('When the wrong person, place, order or version comes, then it is refused', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'township');
    const input = passing(applicationId, version);
    const permissions = ['applications.county-recheck'];
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.township, recheckCounty, input),
    );
    const foreign = story.actor({ permissions, region: PLACES.otherCounty });
    await refused(story, 'platform.absent', () => story.do(foreign, recheckCounty, input));
    const below = story.actor({ permissions, region: '450328100000' });
    await refused(story, 'applications.wrong-level', () => story.do(below, recheckCounty, input));
    const again = story.actor({ id: by.township.id, permissions });
    await refused(story, 'applications.same-actor', () => story.do(again, recheckCounty, input));
    await refused(story, 'platform.stale', () =>
      story.do(by.county, recheckCounty, { ...input, version: version - 1 }),
    );
    await refused(story, 'applications.checks-missing', () =>
      story.do(by.county, recheckCounty, { ...input, checked: [] }),
    );
    const early = await broughtTo(story, 'village');
    await refused(story, 'applications.out-of-order', () =>
      story.do(early.by.county, recheckCounty, passing(early.applicationId, early.version)),
    );
  });

  const pass = ({ applicationId, version, by }: Underway) =>
    story.do(by.county, recheckCounty, passing(applicationId, version));
  const reader = () =>
    story.actor({ permissions: ['notices.read', 'notices.post-county'], region: PLACES.county });
  const sheet = (noticeId: string | null) => story.ask(reader(), oneNotice, { noticeId });
  /** Hangs the county's board of a sheet: nothing joins it from now on. */
  const hang = (noticeId: string | null) =>
    story.do(reader(), postCounty, { noticeId, placeText: '县公示栏', lastItem: 300 });
  /** The applications of a sheet in their order. */
  const listed = async (noticeId: string | null) =>
    (await sheet(noticeId)).items.map(({ subjectId }) => subjectId);
  const sheets = () =>
    story.platform.db
      .reader()
      .rows<{ id: string }>('SELECT id FROM notice WHERE region_code = :village ORDER BY id', {
        village: VILLAGE,
      })
      .then((rows) => rows.map(({ id }) => id));

  test('When a village passes two, then they share a sheet; after a board hangs, the third opens the next', async () => {
    await hang((await broughtTo(story, 'county')).noticeId);
    const [first, second, third] = [
      await broughtTo(story, 'township'),
      await broughtTo(story, 'township'),
      await broughtTo(story, 'township'),
    ];
    const { noticeId } = await pass(first);
    story.clock.set('2018-03-02');
    expect((await pass(second)).noticeId).toBe(noticeId);
    expect(await listed(noticeId)).toEqual([first.applicationId, second.applicationId]);
    const { title, state, missing } = await sheet(noticeId);
    expect({ title, state, missing }).toEqual({
      title: '城关村委会扶贫小额信贷申请公示',
      state: 'posting',
      missing: ['county', 'township', 'village'],
    });
    await hang(noticeId);
    const next = await pass(third);
    expect(next.noticeId).not.toBe(noticeId);
    expect(await listed(next.noticeId)).toEqual([third.applicationId]);
    expect(await listed(noticeId)).toHaveLength(2);
    for (const [{ applicationId, by }, own] of [
      [second, noticeId],
      [third, next.noticeId],
    ] as const) {
      const shown = await story.ask(by.county, oneApplication, { applicationId });
      expect(shown.notice).toMatchObject({ noticeId: own });
    }
    await hang(next.noticeId);
  });

  test('When village or product is another, then each has a sheet of its own', async () => {
    const here = await broughtTo(story, 'county');
    const there = await broughtTo(story, 'county', NEXT_VILLAGE);
    const title = '城关村委会脱贫人口小额信贷申请公示';
    const other = await story.system((work) =>
      joinNotice(work, {
        kind: 'loan',
        ruleParameterKey: 'notices.rule.loan',
        subject: { kind: 'application', id: story.platform.newId() },
        regionCode: VILLAGE,
        title,
        publicItems: {},
      }),
    );
    const again = await broughtTo(story, 'county');
    expect(new Set([here.noticeId, there.noticeId, other.noticeId]).size).toBe(3);
    expect(again.noticeId).toBe(here.noticeId);
    expect((await sheet(there.noticeId)).title).toBe('双河村委会扶贫小额信贷申请公示');
    expect(await listed(other.noticeId)).toHaveLength(1);
  });

  test('When one is refused or returned, then the sheet of the others is as it was', async () => {
    const { noticeId } = await broughtTo(story, 'county');
    const [refusedOne, returnedOne] = [
      await broughtTo(story, 'township'),
      await broughtTo(story, 'township'),
    ];
    const before = await story.snapshot('notice', 'notice_item');
    const say = ({ applicationId, version, by }: Underway, how: object) =>
      story.do(by.county, recheckCounty, { applicationId, version, reason: '金额偏高', ...how });
    const returned = { outcome: 'return', returnTo: 'step-before' };
    expect((await say(refusedOne, { outcome: 'refuse' })).noticeId).toBeNull();
    expect((await say(returnedOne, returned)).noticeId).toBeNull();
    expect(await story.snapshot('notice', 'notice_item')).toBe(before);
    expect(await listed(noticeId)).not.toContain(refusedOne.applicationId);
  });

  test('When six pass at the same moment, then they stand on one sheet and nobody is turned away', async () => {
    for (const fresh of [true, false]) {
      // The first time the sheet is not there yet, the second time it has an item.
      await hang((await broughtTo(story, 'county')).noticeId);
      const opened = fresh ? null : await broughtTo(story, 'county');
      const six: Underway[] = [];
      for (let n = 0; n < 6; n += 1) six.push(await broughtTo(story, 'township'));
      const before = await sheets();
      const done = await Promise.all(six.map(pass));
      const ids = [...new Set(done.map(({ noticeId }) => noticeId))];
      expect(ids).toHaveLength(1);
      expect((await sheets()).length - before.length).toBe(fresh ? 1 : 0);
      const { items } = await sheet(ids[0] ?? null);
      expect(items.map(({ subjectId }) => subjectId).sort()).toEqual(
        [...(opened ? [opened] : []), ...six].map(({ applicationId }) => applicationId).sort(),
      );
      expect(items.map(({ position }) => position)).toEqual(items.map((_, at) => at + 1));
    }
  });

  test('When the board is hung while others pass, then nobody stands on a sheet that was hung without them', async () => {
    await hang((await broughtTo(story, 'county')).noticeId);
    const first = await broughtTo(story, 'county');
    const others = [await broughtTo(story, 'township'), await broughtTo(story, 'township')];
    const known = (await sheet(first.noticeId)).version;
    const hung = hang(first.noticeId).then(
      () => 'hung',
      (error: { code?: string }) => error.code,
    );
    const [outcome, ...done] = await Promise.all([hung, ...others.map(pass)]);
    const shown = await sheet(first.noticeId);
    expect(shown.version).toBeGreaterThan(known);
    for (const { applicationId, noticeId } of done) {
      expect(await listed(noticeId)).toContain(applicationId);
    }
    // Either the list was hung as it was seen, or the officer must look again.
    expect(['hung', 'platform.stale']).toContain(outcome);
    expect(shown.boards.filter(({ postedOn }) => postedOn !== null)).toHaveLength(
      outcome === 'hung' ? 1 : 0,
    );
  });
});
