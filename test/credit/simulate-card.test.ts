/** Trying a proposed scorecard on the ratings in force: who changes grade, and what the lines come to. */
import { listSimulations, showSimulation } from '../../src/credit/card-simulation.queries';
import { simulateCard } from '../../src/credit/simulate-card';
import type { Actor } from '../../src/platform/authority';
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { aHousehold, OTHER_VILLAGE } from '../households/register';
import { type County, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, computed, inputsOf, openCredit, type People, people } from './bank';
import { defaultCard } from './cards';
import { refused, runTasks, simulated, taskOf } from './rounds';
import { withVeto } from './signing-rounds';

describeEachDatabase('Simulating a scorecard', (open) => {
  let county: County;
  let by: People;
  let drafter: Actor;
  let officer: Actor;

  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
    drafter = county.actor({ permissions: ['policy.propose'] });
    officer = county.actor({ permissions: ['credit.simulate-card'], name: '县经办' });
    const home = async (changes: object = {}) =>
      (await aHousehold(county, undefined, changes)).householdId;
    // 81.60, a B, in one township; 79.60 in another; vetoed in the first; and one that is not in force.
    await aConfirmedRating(county, await home(), { by });
    const less = inputsOf({ SKILL: 'NONE' });
    await aConfirmedRating(county, await home({ regionCode: OTHER_VILLAGE }), { by, inputs: less });
    const findings = [{ code: 'WILFUL_DEFAULT', confirmed: true, reason: '村两委证明' }];
    await aConfirmedRating(county, await home(), { by, inputs: withVeto(), findings });
    await computed(county, await home(), { by });
  });
  afterAll(() => county.close());

  const propose = async (value: object, effectiveFrom: string) =>
    (
      await county.do(drafter, proposeChange, {
        ...{ parameter: 'credit.scorecard', region: PLACES.county, effectiveTo: null },
        ...{ effectiveFrom, value, provisional: false },
        source: '龙胜县评级授信评分表（2018年修订）',
      })
    ).rowId;
  /** A and B begin higher: what was a B with 81.60 is a C. */
  const stricter = () => {
    const card = defaultCard();
    const raised: Record<string, number> = { A: 9000, B: 8300 };
    const grades = card.grades.map((grade) => ({
      ...grade,
      minScoreHundredths: raised[grade.code] ?? grade.minScoreHundredths,
    }));
    return { ...card, grades };
  };

  test('tells how many change grade and by how much the lines change, by township; a veto stays one', async () => {
    const rowId = await propose(stricter(), '2018-04-01');
    const started = await county.do(officer, simulateCard, { rowId });
    const before = await county.snapshot('rating', 'rating_content', 'rating_step', 'credit_line');
    await runTasks(county);
    expect(await county.snapshot('rating', 'rating_content', 'rating_step', 'credit_line')).toBe(
      before,
    );
    expect(await taskOf(county, started.taskId)).toMatchObject({
      ...{ state: 'done', done: 3, note: '试算 3 户，升级 0 户，降级 2 户' },
    });
    const { items } = await county.ask(by.reader, listSimulations, { rowId });
    expect(items).toHaveLength(1);
    const found = await county.ask(by.reader, showSimulation, {
      simulationId: items[0]?.id as string,
    });
    expect(found).toMatchObject({
      ...{ policyRowId: rowId, contentDigest: started.contentDigest, asOf: '2018-03-01' },
      ...{ households: 3, upgraded: 0, downgraded: 2, unchanged: 1, leftOut: 0 },
      ...{ before: '80000.00', after: '40000.00', madeByName: '县经办' },
      moves: [
        { from: 'B', to: 'C', households: 2 },
        { from: 'D', to: 'D', households: 1 },
      ],
      townships: [
        {
          ...{ region: '450328100000', households: 2, changed: 1 },
          ...{ before: '40000.00', after: '20000.00' },
        },
        {
          ...{ region: '450328103000', households: 1, changed: 1 },
          ...{ before: '40000.00', after: '20000.00' },
        },
      ],
      unanswered: [],
    });
  });

  test('the same card changes nothing; a more generous one lifts', async () => {
    const same = await propose(defaultCard(), '2018-05-01');
    await simulated(county, same);
    const told = async (rowId: string) =>
      (await county.ask(by.reader, listSimulations, { rowId })).items[0];
    expect(await told(same)).toMatchObject({ unchanged: 3, before: '80000.00', after: '80000.00' });
    const card = defaultCard();
    const generous = card.grades.map((grade) =>
      grade.code === 'A' ? { ...grade, minScoreHundredths: 8100 } : grade,
    );
    const better = await propose({ ...card, grades: generous }, '2018-06-01');
    await simulated(county, better);
    expect(await told(better)).toMatchObject({ upgraded: 1, downgraded: 0, after: '90000.00' });
  });

  test('an item that was never asked is not known to anybody, and told', async () => {
    const card = JSON.parse(
      JSON.stringify(defaultCard()).replaceAll('"SKILL"', '"TRADE"'),
    ) as object;
    const rowId = await propose(card, '2018-07-01');
    await simulated(county, rowId);
    const { items } = await county.ask(by.reader, listSimulations, { rowId });
    const simulationId = items[0]?.id as string;
    expect(await county.ask(by.reader, showSimulation, { simulationId })).toMatchObject({
      unanswered: [{ item: 'TRADE', households: 3 }],
    });
  });

  test('no such draft, in force already, not permitted, of another county: it is refused', async () => {
    const rowId = await propose(defaultCard(), '2018-08-01');
    const run = (actor: Actor, row: string) => () => county.do(actor, simulateCard, { rowId: row });
    await refused(county, 'credit.card-not-proposed', run(officer, '0'.repeat(26)));
    await refused(county, 'platform.not-permitted', run(drafter, rowId));
    const stranger = county.actor({
      permissions: ['credit.simulate-card'],
      region: PLACES.otherCounty,
    });
    await refused(county, 'platform.absent', run(stranger, rowId));
    const reader = people(county, PLACES.otherCounty).reader;
    expect((await county.ask(reader, listSimulations)).items).toEqual([]);
    await simulated(county, rowId);
    const { items } = await county.ask(by.reader, listSimulations, { rowId });
    const simulationId = items[0]?.id as string;
    expect(await county.refusal(county.ask(reader, showSimulation, { simulationId }))).toBe(
      'credit.simulation-absent',
    );
    const second = county.actor({ permissions: ['policy.confirm'] });
    const contentDigest = items[0]?.contentDigest;
    await county.do(second, confirmChange, { rowId, contentDigest });
    await refused(county, 'credit.card-not-proposed', run(officer, rowId));
  });
});
