/** The county's re-check, which opens the notice. */
import { oneApplication, recheckCounty } from '../../src/applications';
import { oneNotice } from '../../src/notices';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { broughtTo, openStory, passing, refused, type Story } from './story';

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
});
