/** Reading ratings: by region, explained item by item, without telling which appraiser gave what. */
import { rateHousehold } from '../../src/credit/rate-household';
import { listRatings, ratingOfHousehold, showRating } from '../../src/credit/ratings.queries';
import { aHousehold, FOREIGN_VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, openCredit, rater, ratingForm } from './bank';
import { inputsOf } from './cards';

describeEachDatabase('Reading ratings', (open) => {
  let county: County;
  let home: string;
  let confirmedId: string;
  let proposedId: string;
  let foreignId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    home = (await aHousehold(county)).householdId;
    confirmedId = (await aConfirmedRating(county, home, inputsOf({ INCOME_PLAN: 6 }))).ratingId;
    proposedId = (await county.do(rater(county), rateHousehold, ratingForm(home))).ratingId;
    const far = await aHousehold(county, undefined, { regionCode: FOREIGN_VILLAGE });
    const stranger = rater(county, FOREIGN_VILLAGE);
    const form = ratingForm(far.householdId);
    foreignId = (await county.do(stranger, rateHousehold, form)).ratingId;
  });

  const reader = (region?: string) =>
    county.actor({
      permissions: ['credit.read'],
      org: { id: 'BANK', kind: 'bank' },
      ...(region ? { region } : {}),
    });
  const ids = async (input: object, region?: string) =>
    (await county.ask(reader(region), listRatings, input)).items.map((row) => row.id);

  test('the register shows the region, newest first, and the work that waits', async () => {
    expect(await ids({})).toEqual([proposedId, confirmedId]);
    expect(await ids({ state: 'proposed' })).toEqual([proposedId]);
    expect(await ids({ householdId: home, size: 1 })).toEqual([proposedId]);
    expect(await ids({ region: '450328103000' })).toEqual([]);
    expect(await ids({}, '450226000000')).toEqual([foreignId]);
    expect(await ids({}, '450000000000')).toHaveLength(3);
  });

  test('a rating is explained: points per item and why, the village without names, what is missing', async () => {
    const shown = await county.ask(reader(), showRating, { ratingId: confirmedId });
    expect(shown).toMatchObject({
      householdId: home,
      state: 'confirmed',
      score: '81.60',
      grade: 'B',
      line: '40000.00',
      ratedByName: '乡镇干部',
      decidedByName: '银行审批人',
      validUntil: '2020-02-29',
      appraisal: { count: 5, average: '17.60', points: [17, 17, 18, 18, 18] },
      assets: [{ item: 'HOUSE', quantity: 1, value: '80000.00' }],
      vetoes: [],
      next: { grade: 'A', gradeName: '优秀', missing: '3.40' },
    });
    expect(shown.items.map((item) => [item.code, item.points, item.maxPoints])).toEqual([
      ['REPAYMENT_HISTORY', '20.00', 25],
      ['COMMITMENTS', '12.00', 15],
      ['VILLAGE_APPRAISAL', '17.60', 20],
      ['ABLE_WORKERS', '8.00', 10],
      ['SKILL', '6.00', 8],
      ['HEALTH_AND_TIME', '7.00', 7],
      ['COUNTY_INDUSTRY', '5.00', 5],
      ['INCOME_PLAN', '6.00', 10],
      ['HOUSE', '0.00', 0],
      ['VEHICLE', '0.00', 0],
      ['MACHINES', '0.00', 0],
    ]);
    for (const item of shown.items) expect(item.why).toMatch(/\p{Script=Han}/u);
    expect(JSON.stringify(shown)).not.toContain('评议员1');
  });

  test('of a household: what is in force and what waits for a decision', async () => {
    const shown = await county.ask(reader(), ratingOfHousehold, { householdId: home });
    expect(shown.current?.id).toBe(confirmedId);
    expect(shown.proposed?.id).toBe(proposedId);
    expect(shown.expired).toBe(false);
    county.clock.set('2020-03-01');
    const later = await county.ask(reader(), ratingOfHousehold, { householdId: home });
    county.clock.set('2018-03-01');
    expect(later.expired).toBe(true);
  });

  test('what lies elsewhere is absent', async () => {
    const attempt = county.ask(reader(), showRating, { ratingId: foreignId });
    expect(await county.refusal(attempt)).toBe('credit.rating-absent');
    const nobody = { householdId: '0'.repeat(26) };
    expect(await county.ask(reader(), ratingOfHousehold, nobody)).toEqual({
      current: null,
      expired: false,
      proposed: null,
    });
    const blind = county.actor({ permissions: ['households.read'] });
    expect(await county.refusal(county.ask(blind, listRatings, {}))).toBe('platform.not-permitted');
  });
});
