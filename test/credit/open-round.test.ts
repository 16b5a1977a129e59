/** Opening a round: a file for every listed household of the place, the others passed over with a reason. */

import { creditTasks } from '../../src/credit';
import { openCase } from '../../src/credit/open-case';
import { openRound } from '../../src/credit/open-round';
import { listRounds, listSkipped, showRound } from '../../src/credit/rounds.queries';
import { changeStatus } from '../../src/households/change-status';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { aHousehold, OTHER_VILLAGE, TOWNSHIP, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, openCredit, people } from './bank';
import { aRound, chief, fileOf, refused, runTasks, taskOf } from './rounds';

describeEachDatabase('Opening a round of rating', (open) => {
  let county: County;
  let households: string[];
  let roundId: string;
  let taskId: string;
  let withLine: string;
  let withFile: string;
  let elsewhere: string;
  let unlisted: string;

  beforeAll(async () => {
    county = await openCredit(open);
    const home = async (changes: object = {}) =>
      (await aHousehold(county, undefined, changes)).householdId;
    households = [await home(), await home()];
    withLine = await home();
    withFile = await home();
    unlisted = await home();
    elsewhere = await home({ regionCode: OTHER_VILLAGE });
    await aConfirmedRating(county, withLine);
    await county.do(people(county).collector, openCase, { householdId: withFile });
    const clerk = county.actor({ permissions: ['households.change-status'] });
    await county.do(clerk, changeStatus, {
      householdId: unlisted,
      ...{ status: 'REMOVED', fromOn: '2018-03-01', source: '动态调整', version: 1 },
    });
    ({ roundId, taskId } = await aRound(county, { region: TOWNSHIP }));
  });
  afterAll(() => county.close());

  test('every listed household of the place gets a file under the card of the day', async () => {
    for (const householdId of households) {
      expect(await fileOf(county, householdId)).toMatchObject({
        roundId,
        scorecardRowId: 'scorecard-default',
        state: 'collecting',
        openedByName: '县经办',
        version: 1,
      });
    }
    expect(await taskOf(county, taskId)).toMatchObject({
      state: 'done',
      done: 2,
      failed: 2,
      note: '建档 2 户，未建档 2 户',
    });
  });

  test('who has a file or a line that outlasts the round is passed over with the reason', async () => {
    const { items } = await county.ask(people(county).reader, listSkipped, { roundId });
    const reasons = new Map(items.map((one) => [one.householdId, one.reason]));
    expect(reasons.get(withFile)).toBe('CASE-OPEN');
    expect(reasons.get(withLine)).toBe('LINE-VALID');
    expect(reasons.size).toBe(2);
    expect((await fileOf(county, withFile)).roundId).toBeNull();
  });

  test('who is not on the list, or lives elsewhere, is not asked at all', async () => {
    await expect(fileOf(county, unlisted)).rejects.toThrow('no open file');
    await expect(fileOf(county, elsewhere)).rejects.toThrow('no open file');
  });

  test('its screen tells the files and what was passed over, as far as the reader covers it', async () => {
    const seen = await county.ask(people(county).reader, showRound, { roundId });
    expect(seen).toMatchObject({
      state: 'open',
      regionCode: TOWNSHIP,
      files: [{ state: 'collecting', count: 2 }],
      waiting: [],
      inForce: { count: 0, line: '0.00' },
    });
    expect(seen.skipped.map(({ reason, count }) => [reason, count])).toEqual([
      ['CASE-OPEN', 1],
      ['LINE-VALID', 1],
    ]);
    const village = people(county, '450328100201').reader;
    expect((await county.ask(village, showRound, { roundId })).files).toEqual([]);
    expect((await county.ask(village, listRounds)).items.map((one) => one.id)).toEqual([roundId]);
    const other = people(county, '450328103000').reader;
    expect((await county.ask(other, listRounds)).items).toEqual([]);
    expect(await county.refusal(county.ask(other, showRound, { roundId }))).toBe(
      'credit.round-absent',
    );
  });

  test('with lines included, they are rated again; a second round of the place is refused', async () => {
    await refused(county, 'credit.round-open', () =>
      county.do(chief(county), openRound, {
        ...{ region: TOWNSHIP, title: '又一轮', dueOn: '2018-12-31' },
      }),
    );
    const again = await aRound(county, { region: VILLAGE, includeValid: true });
    expect(await fileOf(county, withLine)).toMatchObject({ roundId: again.roundId });
  });

  test('killed after any step it goes on and opens no file twice', async () => {
    const dry = chief(county);
    const input = { region: OTHER_VILLAGE, title: '断电', dueOn: '2018-12-31' };
    const other = await county.do(dry, openRound, input);
    county.clock.stepMs(1);
    const { platform } = county;
    let transactions = 0;
    const dying = {
      ...platform,
      db: Object.assign(Object.create(platform.db), {
        inTransaction: (...args: Parameters<typeof platform.db.inTransaction>) => {
          transactions += 1;
          // Taking the task and its first step happen; then the process is gone.
          if (transactions > 2) return Promise.reject(new Error('killed'));
          return platform.db.inTransaction(...args);
        },
      }),
    };
    const runner = new TaskRunner(dying, creditTasks, { holder: 'dying' });
    await expect(runner.runWaiting()).rejects.toThrow('killed');
    county.clock.stepMs(120_000);
    await runTasks(county);
    expect(await taskOf(county, other.taskId)).toMatchObject({ state: 'done', done: 1, failed: 0 });
    expect((await fileOf(county, elsewhere)).roundId).toBe(other.roundId);
  });

  test('a day that is over, no such place, a province, no permission, from elsewhere: it is refused', async () => {
    const input = { region: '450328103000', title: '一轮', dueOn: '2018-12-31' };
    const asked = (changes: object, actor = chief(county)) =>
      refused(county, codes.shift() as string, () =>
        county.do(actor, openRound, { ...input, ...changes }),
      );
    const codes = [
      'credit.round-due',
      'identity.region-unknown',
      'identity.region-unknown',
      'platform.not-permitted',
      'platform.absent',
    ];
    await asked({ dueOn: '2018-02-28' });
    await asked({ region: '450328999000' });
    await asked({ region: '450000000000' }, chief(county, '000000000000'));
    await asked({}, county.actor({ permissions: ['credit.read'] }));
    await asked({}, chief(county, TOWNSHIP));
  });
});
