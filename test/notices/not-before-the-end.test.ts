/**
 * Nothing moves before the end: the certificate's gate, the closing and the taking down, at the last millisecond, over
 * holidays, on a server that lives in another zone, and with a clock that was set back.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { closeNotice } from '../../src/notices/close-notice';
import { requireNoticeOver } from '../../src/notices/notice-over';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
import { takeDownVillage } from '../../src/notices/take-down-level';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import type { Subject } from '../../src/platform/work';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, board, officers, openBoards, postAll, TABLES } from './board';

describeEachDatabase('Nothing moves before the end', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });

  const gate = async (subject: Subject) => {
    try {
      await county.system((work) => requireNoticeOver(work, subject));
      return 'open';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  /** Held at this moment in every way, with nothing changed. */
  async function held(noticeId: string, subject: Subject, by: ReturnType<typeof officers>) {
    const before = await county.snapshot(...TABLES);
    expect(await gate(subject)).toBe('notices.still-running');
    const attempts = [
      county.do(SYSTEM_ACTOR, closeNotice, { noticeId }),
      county.do(by.village, takeDownVillage, { noticeId }),
    ];
    for (const attempt of attempts) {
      expect(await county.refusal(attempt)).toBe('notices.still-running');
    }
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  const cases: [why: string, posted: string, end: string, free: string][] = [
    ['an ordinary week', '2018-03-01', '2018-03-06', '2018-03-07'],
    [
      'the Spring Festival, moved to the first day that is worked',
      '2018-02-12',
      '2018-02-22',
      '2018-02-23',
    ],
    ['a worked Saturday after the festival', '2018-02-19', '2018-02-24', '2018-02-25'],
    ['the leap day', '2016-02-24', '2016-02-29', '2016-03-01'],
    ['the new year', '2018-12-26', '2019-01-02', '2019-01-03'],
  ];

  test.each(cases)('Over %s', async (_why, posted, end, free) => {
    county.clock.set(posted);
    const { noticeId, subject } = await aNotice(county);
    const by = await postAll(county, noticeId);
    expect(by.last.endsOn).toBe(end);
    // Every noon on the way, and the last day hour by hour to its last millisecond.
    for (let day = 0; day < 20; day += 1) {
      county.clock.set(`${posted}T12:00:00+08:00`);
      county.clock.stepDays(day);
      if (county.clock.today() > end) break;
      expect(await gate(subject)).toBe('notices.still-running');
    }
    for (const moment of [
      '00:00:00',
      '08:00:00',
      '15:59:59',
      '16:00:00',
      '23:59:00',
      '23:59:59.999',
    ]) {
      county.clock.set(`${end}T${moment}+08:00`);
      await held(noticeId, subject, by);
    }
    // The last millisecond and the first one after, as a server in UTC tells them.
    county.clock.set(`${end}T15:59:59.999Z`);
    await held(noticeId, subject, by);
    county.clock.set(`${end}T16:00:00.000Z`);
    expect(county.clock.today()).toBe(free);
    expect(await gate(subject)).toBe('open');
    await county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
  });

  test('When the clock is set back, then no board is posted into the past and nothing is over sooner', async () => {
    county.clock.set('2018-03-05');
    const { noticeId, subject } = await aNotice(county);
    const by = officers(county);
    await county.do(by.county, postCounty, board(noticeId, 1));
    await county.do(by.township, postTownship, board(noticeId, 2));
    county.clock.set('2018-03-01');
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(county.do(by.village, postVillage, board(noticeId, 3)))).toBe(
      'notices.clock-behind',
    );
    expect(await county.snapshot(...TABLES)).toBe(before);
    county.clock.set('2018-03-05');
    await county.do(by.village, postVillage, board(noticeId, 3));
    for (const day of ['2018-03-01', '2018-03-05', '2017-01-01', '2018-03-12']) {
      county.clock.set(day);
      await held(noticeId, subject, by);
    }
    county.clock.set('2018-03-13');
    expect(await gate(subject)).toBe('open');
  });
});

test('The business day is the same on servers in every zone', () => {
  const program = `
    const { dateOfInstant, instantOf } = require('./src/platform/clock.ts');
    const moments = ['2018-03-06T15:59:59.999Z', '2018-03-06T16:00:00.000Z'].map(instantOf);
    console.log(new Date(0).getTimezoneOffset() + ' ' + moments.map(dateOfInstant).join(' '));`;
  const root = join(__dirname, '../..');
  const on = (zone: string) =>
    execFileSync(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), '-e', program], {
      cwd: root,
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    }).trim();
  const seen = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(on);
  expect(seen.map((line) => line.replace(/^\S+ /, ''))).toEqual(
    Array(4).fill('2018-03-06 2018-03-07'),
  );
  // The zones did take effect, or this would prove nothing.
  expect(new Set(seen.map((line) => line.split(' ')[0])).size).toBe(4);
});
