/** The township agrees with all plain ratings of a round at once; grounds of veto are found upon one by one. */
import { checkRound } from '../../src/credit/check-round';
import { reviewRound } from '../../src/credit/review-round';
import { reviewVillage } from '../../src/credit/review-village';
import { VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, people } from './bank';
import { refused, runTasks, taskOf } from './rounds';
import { aComputedRound, leftOf, ratingOf, stepsOf, type Village } from './signing-rounds';

describeEachDatabase('Checking a round in the township', (open) => {
  let county: County;
  let village: Village;
  beforeAll(async () => {
    county = await openCredit(open);
    village = await aComputedRound(county, VILLAGE);
  });
  afterAll(() => county.close());
  const run = (actor = village.by.township) =>
    county.do(actor, checkRound, { roundId: village.roundId });

  test('before the village has agreed there is nothing to check', async () => {
    await refused(county, 'credit.round-empty', () => run());
  });

  test('not allowed or from elsewhere: it is refused', async () => {
    await refused(county, 'platform.not-permitted', () => run(village.by.village));
    await refused(county, 'platform.absent', () => run(people(county, '450328103000').township));
  });

  test('plain ratings pass; a ground that was raised waits for a finding', async () => {
    await county.do(village.by.village, reviewRound, { roundId: village.roundId });
    await runTasks(county);
    const { id: ratingId, contentDigest } = await ratingOf(county, village.raised);
    const agreed = { ratingId, contentDigest, outcome: 'agree' };
    await county.do(village.by.village, reviewVillage, agreed);
    const { runId, taskId, records, left } = await run();
    expect([records, left]).toEqual([2, [{ reason: 'VETO-RAISED', count: 1 }]]);
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'done', done: 2, failed: 0 });
    expect([...(await leftOf(county, village, runId)).keys()]).toEqual([village.raised]);
    expect((await ratingOf(county, village.raised)).stage).toBe('village');
    for (const householdId of village.plain) {
      const rating = await ratingOf(county, householdId);
      expect(rating.stage).toBe('township');
      const steps = await stepsOf(county, rating.id);
      expect(steps.map(({ step, person }) => [step, person])).toEqual([
        ['compute', '协办员甲'],
        ['village', '村评议组长'],
        ['township', '乡镇干部'],
      ]);
    }
  });
});
