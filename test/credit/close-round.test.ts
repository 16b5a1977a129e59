/** Closing a round: it takes no more, what is unfinished goes its way. */
import { closeRound } from '../../src/credit/close-round';
import { compute } from '../../src/credit/compute';
import { computeRound } from '../../src/credit/compute-round';
import { openRound } from '../../src/credit/open-round';
import { reviewRound } from '../../src/credit/review-round';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, type People, people } from './bank';
import { aRound, chief, fileOf, fillIn, refused, runTasks, taskOf } from './rounds';

describeEachDatabase('Closing a round', (open) => {
  let county: County;
  let by: People;
  let householdId: string;
  let roundId: string;
  let version: number;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
    ({ householdId } = await aHousehold(county));
    ({ roundId } = await aRound(county));
    await fillIn(county, householdId, { by });
    const rows = await county.platform.db
      .reader()
      .rows<{ version: number }>('SELECT version FROM rating_round');
    version = rows[0]?.version as number;
  });
  afterAll(() => county.close());

  test('is refused to others, and when the round was changed since it was seen', async () => {
    const input = { roundId, version };
    const run = (actor: People['reader'], what: object) => () => county.do(actor, closeRound, what);
    await refused(county, 'platform.not-permitted', run(by.reader, input));
    await refused(county, 'platform.absent', run(chief(county, '450328103000'), input));
    await refused(county, 'platform.stale', run(chief(county), { roundId, version: version - 1 }));
    await refused(
      county,
      'credit.round-absent',
      run(chief(county), { ...input, roundId: '0'.repeat(26) }),
    );
  });

  test('a closed round takes nothing more; an unfinished file is worked on alone; the place is free', async () => {
    const closed = await county.do(chief(county), closeRound, { roundId, version });
    expect(closed).toMatchObject({ state: 'closed', unfinished: 1, version: version + 1 });
    await refused(county, 'credit.round-closed', () =>
      county.do(chief(county), closeRound, { roundId, version: closed.version }),
    );
    await refused(county, 'credit.round-closed', () =>
      county.do(by.collector, computeRound, { roundId }),
    );
    await refused(county, 'credit.round-closed', () =>
      county.do(by.village, reviewRound, { roundId }),
    );
    const file = await fileOf(county, householdId);
    const done = await county.do(by.collector, compute, { caseId: file.id, version: file.version });
    expect(done.state).toBe('proposed');
    await aRound(county);
  });

  test('closed while its files are being opened, the task ends and says so', async () => {
    await aHousehold(county, undefined, { regionCode: '450328103200' });
    const region = '450328103000';
    const input = { region, title: '一轮', dueOn: '2018-12-31' };
    const { roundId: other, taskId } = await county.do(chief(county), openRound, input);
    await county.do(chief(county), closeRound, { roundId: other, version: 1 });
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'failed', done: 0 });
    expect((await taskOf(county, taskId)).note).toContain('该轮评级已结束');
  });
});
