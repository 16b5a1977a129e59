/** Posting the boards: each by its own body, each once, and the last one starts the clock. */
import { noticeOf } from '../../src/notices/notices.queries';
import { joinNotice, type NoticeOpening, stopNotice } from '../../src/notices/open-notice';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
import { listNotices, oneNotice } from '../../src/notices/screens.queries';
import { businessDate } from '../../src/platform/dates';
import { isUniqueViolation } from '../../src/platform/db/database';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aNotice,
  board,
  COUNTY,
  FOREIGN_COUNTY,
  OTHER_TOWNSHIP,
  officers,
  openBoards,
  opening,
  postAll,
  TABLES,
  TOWNSHIP,
  VILLAGE,
} from './board';

describeEachDatabase('Posting a notice', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  /** Refused with this code, and nothing changed. */
  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  test('When the three levels have posted on one day, then five days run', async () => {
    const { noticeId, subject } = await aNotice(county);
    const by = officers(county);
    const first = await county.do(by.county, postCounty, board(noticeId, 1));
    expect(first).toMatchObject({
      state: 'posting',
      missing: ['township', 'village'],
      endsOn: null,
    });
    await county.do(by.township, postTownship, board(noticeId, 2));
    const last = await county.do(by.village, postVillage, board(noticeId, 3));
    expect(last).toEqual({
      noticeId,
      level: 'village',
      postedOn: '2018-03-01',
      state: 'running',
      missing: [],
      endsOn: '2018-03-06',
    });
    const reader = county.platform.db.reader();
    const standing = await noticeOf(reader, subject, businessDate('2018-03-06'));
    expect(standing).toMatchObject({ over: false, endsOn: '2018-03-06', openObjections: 0 });
    const after = await noticeOf(reader, subject, businessDate('2018-03-07'));
    expect(after).toMatchObject({ over: true, upheld: false });
    expect(after?.levels).toEqual([
      { level: 'county', postedOn: '2018-03-01' },
      { level: 'township', postedOn: '2018-03-01' },
      { level: 'village', postedOn: '2018-03-01' },
    ]);
  });

  test('When somebody joined after the list was printed, then it is not posted until it is printed again', async () => {
    const title = '城关村打印后有变的一批';
    const subjects = [opening({ title }), opening({ title }), opening({ title })];
    const by = officers(county);
    const [first, second, third] = subjects as [NoticeOpening, NoticeOpening, NoticeOpening];
    const { noticeId } = await county.system((work) => joinNotice(work, first));
    await county.system((work) => joinNotice(work, second));
    const post = (lastItem: number) =>
      county.do(by.county, postCounty, { ...board(noticeId), lastItem });
    await refused('notices.list-grew', () => post(1));
    await county.system((work) => joinNotice(work, third));
    await refused('notices.list-grew', () => post(2));
    await refused('platform.invalid-input', () => post(0));
    // Whoever is struck off later leaves a paper that shows one too many, and nobody unseen.
    await county.system((work) => stopNotice(work, third.subject));
    expect(await post(2)).toMatchObject({ noticeId, level: 'county' });
    await county.do(by.township, postTownship, { ...board(noticeId, 2), lastItem: 3 });
  });

  test('When the village posts four days late, then the five days start with the village', async () => {
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId, 1));
    await county.do(by.township, postTownship, board(noticeId, 2));
    county.clock.set('2018-03-05');
    const last = await county.do(by.village, postVillage, board(noticeId, 3));
    expect(last).toMatchObject({ postedOn: '2018-03-05', endsOn: '2018-03-12' });
  });

  test('When an officer of another level tries, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const all = ['notices.post-county', 'notices.post-township', 'notices.post-village'];
    const countyOfficer = county.actor({ permissions: all, region: COUNTY });
    const villageWorker = county.actor({ permissions: all, region: VILLAGE });
    await refused('notices.wrong-level', () =>
      county.do(countyOfficer, postVillage, board(noticeId)),
    );
    await refused('notices.wrong-level', () =>
      county.do(countyOfficer, postTownship, board(noticeId)),
    );
    await refused('notices.wrong-level', () =>
      county.do(villageWorker, postTownship, board(noticeId)),
    );
  });

  test('When the permission is missing, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    for (const act of [postTownship, postVillage]) {
      await refused('platform.not-permitted', () => county.do(by.county, act, board(noticeId)));
    }
    await refused('platform.not-permitted', () =>
      county.do(by.village, postCounty, board(noticeId)),
    );
  });

  test('When the officer belongs to another place, then the notice is as if absent', async () => {
    const { noticeId } = await aNotice(county);
    const at = (permission: string, region: string) =>
      county.actor({ permissions: [permission], region });
    await refused('platform.absent', () =>
      county.do(at('notices.post-township', OTHER_TOWNSHIP), postTownship, board(noticeId)),
    );
    await refused('platform.absent', () =>
      county.do(at('notices.post-county', FOREIGN_COUNTY), postCounty, board(noticeId)),
    );
  });

  test('When a level posts twice, then the second time is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId));
    await refused('notices.already-posted', () =>
      county.do(by.county, postCounty, board(noticeId)),
    );
    const colleague = county.actor({ permissions: ['notices.post-county'], region: COUNTY });
    await refused('notices.already-posted', () =>
      county.do(colleague, postCounty, board(noticeId)),
    );
  });

  test('When one person has two appointments, then they post one board only, by rule and by key', async () => {
    const { noticeId } = await aNotice(county);
    const id = county.platform.newId();
    const as = (permission: string, region: string) =>
      county.actor({ id, permissions: [permission], region });
    await county.do(as('notices.post-township', TOWNSHIP), postTownship, board(noticeId));
    await refused('notices.same-poster', () =>
      county.do(as('notices.post-village', VILLAGE), postVillage, board(noticeId)),
    );
    const row = {
      id: noticeId,
      by: id,
    };
    const insert = county.system((work) =>
      work.tx.exec(
        `INSERT INTO notice_level (notice_id, level, posted_by, posted_on, posted_at, place_text, version)
         VALUES (:id, 'village', :by, '2018-03-01', 1, 'x', 1)`,
        row,
      ),
    );
    expect(isUniqueViolation(await insert.catch((error) => error), 'notice_level')).toBe(true);
  });

  test('When the clock was set back before the opening, then nothing can be posted', async () => {
    const { noticeId } = await aNotice(county);
    county.clock.set('2018-02-20');
    const by = officers(county);
    await refused('notices.clock-behind', () => county.do(by.county, postCounty, board(noticeId)));
  });

  test('When all boards hang, then the register shows the days left, and what is missing before', async () => {
    const { noticeId } = await aNotice(county);
    const { county: officer } = await postAll(county, noticeId);
    const pending = await aNotice(county);
    const page = await county.ask(officer, listNotices, { size: 2 });
    expect(page.items[0]).toMatchObject({
      id: pending.noticeId,
      state: 'posting',
      daysLeft: null,
      missing: ['county', 'township', 'village'],
    });
    expect(page.items[1]).toMatchObject({
      id: noticeId,
      state: 'running',
      daysLeft: 6,
      missing: [],
    });
    expect(page.next).not.toBeNull();
    const running = await county.ask(officer, listNotices, { state: 'running', size: 1 });
    expect(running.items[0]).toMatchObject({ id: noticeId });
    const foreign = county.actor({ permissions: ['notices.read'], region: FOREIGN_COUNTY });
    expect((await county.ask(foreign, listNotices)).items).toEqual([]);
    expect(await county.refusal(county.ask(foreign, oneNotice, { noticeId }))).toBe(
      'notices.notice-absent',
    );
  });

  test('When two boards show the same photo, then the register says so', async () => {
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId, 1));
    await county.do(by.township, postTownship, board(noticeId, 1));
    await county.do(by.village, postVillage, {
      ...{ noticeId, placeText: '村委会门口', lastItem: 1 },
    });
    const { boards } = await county.ask(by.county, oneNotice, { noticeId });
    expect(boards.map(({ photo, samePhoto }) => [photo, samePhoto])).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  test('When the needed year has no calendar yet, then posting the last board is refused', async () => {
    county.clock.set('2026-12-28');
    const { noticeId } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId));
    await county.do(by.township, postTownship, board(noticeId));
    await refused('policy.calendar-unknown', () =>
      county.do(by.village, postVillage, board(noticeId)),
    );
  });

  test('When two boards are posted at the same moment, then both hang and the clock starts', async () => {
    const { noticeId, subject } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId, 1));
    await Promise.all([
      again(() => county.do(by.township, postTownship, board(noticeId, 2))),
      again(() => county.do(by.village, postVillage, board(noticeId, 3))),
    ]);
    const standing = await noticeOf(
      county.platform.db.reader(),
      subject,
      businessDate('2018-03-01'),
    );
    expect(standing).toMatchObject({ state: 'running', endsOn: '2018-03-06' });
  });

  /** An officer who is told that somebody was faster tries again. */
  async function again(attempt: () => Promise<unknown>): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      if ((error as { code?: string }).code !== 'platform.stale') throw error;
      await attempt();
    }
  }
});
