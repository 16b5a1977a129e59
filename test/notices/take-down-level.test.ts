/** Taking down the boards: after the days have run out, by each level itself, once. */

import { stopNotice } from '../../src/notices/open-notice';
import { oneNotice } from '../../src/notices/screens.queries';
import {
  takeDownCounty,
  takeDownTownship,
  takeDownVillage,
} from '../../src/notices/take-down-level';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, COUNTY, FOREIGN_COUNTY, officers, openBoards, postAll, TABLES } from './board';

describeEachDatabase('Taking down a board', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  test('When the days have run out, then each level takes down its own', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    county.clock.set('2018-03-07');
    await county.do(by.county, takeDownCounty, { noticeId });
    await county.do(by.township, takeDownTownship, { noticeId });
    const done = await county.do(by.village, takeDownVillage, { noticeId });
    expect(done).toEqual({ noticeId, level: 'village', takenDownOn: '2018-03-07' });
    const { boards } = await county.ask(by.county, oneNotice, { noticeId });
    expect(boards.map((board) => board.takenDownOn)).toEqual(Array(3).fill('2018-03-07'));
    await refused('notices.already-taken-down', () =>
      county.do(by.village, takeDownVillage, { noticeId }),
    );
  });

  test('When the last day is today, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    county.clock.set('2018-03-06T23:59:59+08:00');
    await refused('notices.still-running', () =>
      county.do(by.county, takeDownCounty, { noticeId }),
    );
  });

  test('When the wrong person tries, then it is refused', async () => {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    county.clock.set('2018-03-07');
    await refused('platform.not-permitted', () =>
      county.do(by.village, takeDownCounty, { noticeId }),
    );
    const wide = county.actor({ permissions: ['notices.post-village'], region: COUNTY });
    await refused('notices.wrong-level', () => county.do(wide, takeDownVillage, { noticeId }));
    const foreign = county.actor({ permissions: ['notices.post-county'], region: FOREIGN_COUNTY });
    await refused('platform.absent', () => county.do(foreign, takeDownCounty, { noticeId }));
  });

  test('When nothing was posted, then there is nothing to take down', async () => {
    const { noticeId } = await aNotice(county);
    await refused('notices.not-posted', () =>
      county.do(officers(county).county, takeDownCounty, { noticeId }),
    );
  });

  test('When the subject was withdrawn, then the boards come down at once', async () => {
    const { noticeId, subject } = await aNotice(county);
    const by = await postAll(county, noticeId);
    await county.system((work) => stopNotice(work, subject));
    const done = await county.do(by.county, takeDownCounty, { noticeId });
    expect(done).toMatchObject({ takenDownOn: '2018-03-01' });
  });
});
