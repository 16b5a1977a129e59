/** Versions never rewrite history: an old rating is explained as it was, an open file keeps its card. */
import { CardSimulation } from '../../src/credit/card-simulation.entity';
import { compute } from '../../src/credit/compute';
import { showRating } from '../../src/credit/explain.queries';
import { insertRow } from '../../src/platform/db/store';
import { ZERO_FEN } from '../../src/platform/money';
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { aHousehold } from '../households/register';
import { type County, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, collected, computed, openCredit, type People, people } from './bank';
import { defaultCard } from './cards';
import { simulated } from './rounds';

describeEachDatabase('A new scorecard comes into force', (open) => {
  let county: County;
  let by: People;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
  });

  /** Grade B begins at 83: what was a B with 81.60 is a C under it. */
  const stricter = () => {
    const card = defaultCard();
    const grades = card.grades.map((grade) =>
      grade.code === 'B' ? { ...grade, minScoreHundredths: 8300 } : grade,
    );
    return { ...card, grades };
  };

  /** A finished trial of the card, without which it cannot come into force. */
  const tried = (policyRowId: string, contentDigest: string) =>
    county.system((work) =>
      insertRow(work.tx, CardSimulation, {
        ...{ id: work.newId(), policyRowId, contentDigest, regionCode: PLACES.county },
        ...{ asOf: work.today, households: 0, upgraded: 0, downgraded: 0, unchanged: 0 },
        ...{ beforeFen: ZERO_FEN, afterFen: ZERO_FEN, madeBy: 'TRIER', madeByName: '试算人' },
        result: {} as CardSimulation['result'],
      }),
    );

  test('the old rating tells the same, the open file keeps its card, the next one has the new', async () => {
    const old = await aConfirmedRating(county, (await aHousehold(county)).householdId, { by });
    const tell = () => county.ask(by.reader, showRating, { ratingId: old.ratingId });
    const told = await tell();
    const file = await collected(county, (await aHousehold(county)).householdId, { by });

    const drafter = county.actor({ permissions: ['policy.propose'] });
    const made = await county.do(drafter, proposeChange, {
      parameter: 'credit.scorecard',
      region: PLACES.county,
      effectiveFrom: '2018-04-01',
      effectiveTo: null,
      source: '龙胜县评级授信评分表（2018年修订）',
      provisional: false,
      value: stricter(),
    });
    const { rowId, contentDigest } = made;
    await tried(rowId, contentDigest);
    await simulated(county, rowId);
    const second = county.actor({ permissions: ['policy.confirm'] });
    await county.do(second, confirmChange, { rowId, contentDigest });
    county.clock.set('2018-04-02');

    expect(await tell()).toEqual(told);
    const { caseId, version } = file;
    const kept = await county.do(by.collector, compute, { caseId, version });
    expect([kept.scorecardRowId, kept.grade]).toEqual(['scorecard-default', 'B']);
    const fresh = await computed(county, (await aHousehold(county)).householdId, { by });
    expect([fresh.scorecardRowId, fresh.score, fresh.grade]).toEqual([rowId, kept.score, 'C']);
  });
});
