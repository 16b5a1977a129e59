/** The village group agrees with all plain ratings of a round at once; the others wait for a look of their own. */
import { reviewRound } from '../../src/credit/review-round';
import { reviewVillage } from '../../src/credit/review-village';
import { aHousehold, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, people } from './bank';
import { refused, runTasks, taskOf } from './rounds';
import { aComputedRound, leftOf, ratingOf, stepsOf, type Village } from './signing-rounds';

describeEachDatabase('Reviewing a round in the village', (open) => {
  let county: County;
  let village: Village;
  beforeAll(async () => {
    county = await openCredit(open);
    village = await aComputedRound(county, VILLAGE);
  });
  afterAll(() => county.close());
  const run = (actor = village.by.village, more: object = {}) =>
    county.do(actor, reviewRound, { roundId: village.roundId, ...more });

  test('tried dry it tells how many pass, with which lines, and what is left, and changes nothing', async () => {
    const before = await county.snapshot('rating', 'round_run', 'round_run_item', 'task');
    const input = { roundId: village.roundId };
    const seen = await county.do(village.by.village, reviewRound, input, { dryRun: true });
    expect(seen).toMatchObject({
      records: 2,
      line: '80000.00',
      left: [
        { reason: 'GRADE-CHANGED', count: 1 },
        { reason: 'VETO-RAISED', count: 1 },
      ],
    });
    expect(await county.snapshot('rating', 'round_run', 'round_run_item', 'task')).toBe(before);
  });

  test('not allowed, from elsewhere, or when other figures were seen: it is refused', async () => {
    await refused(county, 'platform.not-permitted', () => run(village.by.reader));
    await refused(county, 'platform.absent', () => run(people(county, '450328100201').village));
    await refused(county, 'credit.round-seen', () => run(undefined, { records: 3 }));
    await refused(county, 'credit.round-seen', () => run(undefined, { line: '90000.00' }));
    await refused(county, 'credit.round-part', () => run(undefined, { region: '450328100201' }));
  });

  test('whoever computed them agrees with none', async () => {
    const both = county.actor({
      permissions: ['credit.review-village'],
      id: village.by.collector.id,
    });
    const { runId, records } = await run(both);
    expect(records).toBe(0);
    await runTasks(county);
    expect([...(await leftOf(county, village, runId)).values()].sort()).toEqual([
      'GRADE-CHANGED',
      'SAME-PERSON',
      'SAME-PERSON',
      'VETO-RAISED',
    ]);
    county.actor({ permissions: [], id: village.by.collector.id });
  });

  test('plain ratings pass, each with its own step; one that was changed meanwhile is left', async () => {
    const [early, plain] = village.plain as [string, string];
    const seen = { records: 2, line: '80000.00' };
    const { runId, taskId } = await run(undefined, seen);
    // Between the act and the task another signs one of them by hand.
    const { id: ratingId, contentDigest } = await ratingOf(county, early);
    const other = people(county).village;
    await county.do(other, reviewVillage, { ratingId, contentDigest, outcome: 'agree' });
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'done', done: 1, failed: 1 });
    expect(await leftOf(county, village, runId)).toEqual(
      new Map([
        [village.raised, 'VETO-RAISED'],
        [village.bad, 'GRADE-CHANGED'],
        [early, 'credit.not-proposed'],
      ]),
    );
    const rating = await ratingOf(county, plain);
    expect([rating.state, rating.stage]).toEqual(['proposed', 'village']);
    expect(await stepsOf(county, rating.id)).toEqual([
      { step: 'compute', outcome: 'computed', person: '协办员甲', digest: rating.contentDigest },
      { step: 'village', outcome: 'agree', person: '村评议组长', digest: rating.contentDigest },
    ]);
    expect((await ratingOf(county, village.raised)).stage).toBe('computed');
  });

  test('where nothing waits it is refused', async () => {
    await aHousehold(county);
    const other = await aComputedRound(county, '450328100202');
    const first = await county.do(other.by.village, reviewRound, { roundId: other.roundId });
    expect(first.records).toBe(2);
    await runTasks(county);
    const second = await county.do(other.by.village, reviewRound, { roundId: other.roundId });
    expect(second).toMatchObject({ records: 0, left: [{ count: 1 }, { count: 1 }] });
    const none = { roundId: village.roundId, region: VILLAGE };
    expect((await county.do(people(county).village, reviewRound, none)).records).toBe(0);
  });
});
