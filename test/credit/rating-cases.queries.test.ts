/** Reading files: progress by item, sheets by number only; names for inspection, once it is computed. */
import { collect } from '../../src/credit/collect';
import { showRating } from '../../src/credit/explain.queries';
import { openCase } from '../../src/credit/open-case';
import { listCases, showCase, showSheets } from '../../src/credit/rating-cases.queries';
import { reviewVillage } from '../../src/credit/review-village';
import { aHousehold, FOREIGN_VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { collected, computed, openCredit, type People, people } from './bank';

describeEachDatabase('Reading the files of ratings', (open) => {
  let county: County;
  let by: People;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const inspector = () => county.actor({ permissions: ['credit.read', 'appraisals.read'] });
  const secrets = /评议员\d|HONESTY|points/;

  test('the file tells what is collected and what is missing', async () => {
    const { caseId, version } = await county.do(by.collector, openCase, { householdId });
    const items = [{ item: 'SKILL', level: 'NOT_KNOWN', note: '外出' }];
    const assets = [{ item: 'HOUSE', quantity: 2, value: '1000.00' }];
    await county.do(by.collector, collect, { caseId, version, items, assets });
    const shown = await county.ask(by.reader, showCase, { caseId });
    expect(shown).toMatchObject({ state: 'collecting', sheets: 0, appraisersMin: 5, version: 2 });
    expect(shown.items.find((one) => one.item === 'SKILL')).toMatchObject({
      level: 'NOT_KNOWN',
      text: '情况不明',
      note: '外出',
      givenByName: '协办员甲',
    });
    expect(shown.items.filter((one) => one.level === null).map((one) => one.item)).toEqual([
      'COMMITMENTS',
      'HEALTH_AND_TIME',
      'COUNTY_INDUSTRY',
      'INCOME_PLAN',
    ]);
    expect(shown.assets).toEqual([{ item: 'HOUSE', name: '住房', quantity: 2, value: '1000.00' }]);
  });

  test('back to back: while it is collected, no screen tells more of the sheets than their number', async () => {
    const { caseId } = await collected(county, householdId, { by });
    const shown = await county.ask(inspector(), showCase, { caseId });
    expect(shown.sheets).toBe(5);
    expect(JSON.stringify(shown)).not.toMatch(secrets);
    const listed = await county.ask(inspector(), listCases, { householdId });
    expect(JSON.stringify(listed)).not.toMatch(secrets);
    const sheets = county.ask(inspector(), showSheets, { caseId });
    expect(await county.refusal(sheets)).toBe('credit.appraisal-underway');
  });

  test('returned and collected again, the sheets are out of sight again', async () => {
    const { caseId, ratingId, contentDigest } = await computed(county, householdId, { by });
    const shown = () => county.ask(by.reader, showRating, { ratingId });
    expect((await shown()).appraisal.points).toHaveLength(5);
    const back = { ratingId, contentDigest, outcome: 'return', reason: '补充评议' };
    await county.do(by.village, reviewVillage, back);
    expect(await shown()).toMatchObject({ returned: true, appraisal: { points: [] } });
    const sheets = county.ask(inspector(), showSheets, { caseId });
    expect(await county.refusal(sheets)).toBe('credit.appraisal-underway');
  });

  test('once computed, inspection alone reads who appraised what', async () => {
    const { caseId } = await computed(county, householdId, { by });
    const { sheets } = await county.ask(inspector(), showSheets, { caseId });
    expect(sheets).toHaveLength(5);
    expect(sheets[0]).toMatchObject({
      appraiserName: '评议员1',
      mode: 'PAPER',
      witnessName: '驻村第一书记',
      points: '18.00',
      voidReason: null,
    });
    const others = county.ask(by.reader, showSheets, { caseId });
    expect(await county.refusal(others)).toBe('platform.not-permitted');
  });

  test('the list goes by region and state; what lies elsewhere is absent', async () => {
    const { caseId } = await computed(county, householdId, { by });
    const far = await aHousehold(county, undefined, { regionCode: FOREIGN_VILLAGE });
    const strangers = people(county, FOREIGN_VILLAGE);
    const foreign = await county.do(strangers.collector, openCase, {
      householdId: far.householdId,
    });
    const ids = async (input: object) =>
      (await county.ask(by.reader, listCases, input)).items.map((one) => one.id);
    expect(await ids({ householdId })).toEqual([caseId]);
    expect(await ids({ householdId, state: 'collecting' })).toEqual([]);
    expect(await ids({ region: '450328103000' })).toEqual([]);
    expect(await ids({ size: 200 })).not.toContain(foreign.caseId);
    const absent = county.ask(by.reader, showCase, { caseId: foreign.caseId });
    expect(await county.refusal(absent)).toBe('credit.case-absent');
  });
});
