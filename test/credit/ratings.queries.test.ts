/** Reading ratings: by region and stage, explained item by item from what was frozen, and who signed. */
import { ratingSigners } from '../../src/credit';
import { ratingOfHousehold, showRating } from '../../src/credit/explain.queries';
import { listRatings } from '../../src/credit/ratings.queries';
import { aHousehold, FOREIGN_VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aConfirmedRating,
  checked,
  computed,
  inputsOf,
  openCredit,
  type People,
  people,
  reviewed,
} from './bank';
import { sheetOf } from './cards';

describeEachDatabase('Reading ratings', (open) => {
  let county: County;
  let by: People;
  let home: string;
  let confirmedId: string;
  let proposedId: string;
  let foreignId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
    home = (await aHousehold(county)).householdId;
    const inputs = inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER' });
    inputs.appraisals.push({ ...sheetOf(0, '亲戚'), related: '舅舅' });
    confirmedId = (await aConfirmedRating(county, home, { by, inputs })).ratingId;
    proposedId = (await computed(county, home, { by })).ratingId;
    const far = await aHousehold(county, undefined, { regionCode: FOREIGN_VILLAGE });
    const strangers = { by: people(county, FOREIGN_VILLAGE) };
    foreignId = (await computed(county, far.householdId, strangers)).ratingId;
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

  test('each stage has its worklist', async () => {
    const village = await reviewed(county, (await aHousehold(county)).householdId, { by });
    const bank = await checked(county, (await aHousehold(county)).householdId, { by });
    expect(await ids({ stage: 'computed' })).toEqual([proposedId]);
    expect(await ids({ stage: 'village' })).toEqual([village.ratingId]);
    expect(await ids({ stage: 'township' })).toEqual([bank.ratingId]);
    expect(await ids({ stage: 'raise' })).toEqual([]);
  });

  test('a rating is explained: points and why, evidence, the village without names, the steps, the card', async () => {
    const shown = await county.ask(reader(), showRating, { ratingId: confirmedId });
    expect(shown).toMatchObject({
      householdId: home,
      state: 'confirmed',
      returned: false,
      score: '77.60',
      firstGrade: 'B',
      firstLine: '40000.00',
      computedGrade: 'B',
      grade: 'B',
      line: '40000.00',
      ratedByName: '协办员甲',
      decidedByName: '银行审批人',
      validUntil: '2020-02-29',
      first: { grade: 'B', gradeName: '较好', line: '40000.00' },
      appraisal: {
        counted: 5,
        unknowing: 0,
        relatives: 1,
        average: '17.60',
        points: [17, 17, 18, 18, 18],
      },
      evidence: { loans: 0, unsettledBad: false },
      register: { ableWorkers: null, adultsInAge: 2 },
      assets: [{ item: 'HOUSE', quantity: 1, value: '80000.00' }],
      vetoes: { raised: [], found: [], known: [] },
      next: { grade: 'A', gradeName: '优秀', missing: '7.40' },
      scorecard: {
        rowId: 'scorecard-default',
        title: '评级授信评分表',
        effectiveFrom: '2014-12-01',
        provisional: true,
      },
    });
    expect(shown.items.map((item) => [item.code, item.points, item.known])).toEqual([
      ['REPAYMENT_HISTORY', '20.00', true],
      ['COMMITMENTS', '12.00', true],
      ['VILLAGE_APPRAISAL', '17.60', true],
      ['ABLE_WORKERS', '4.00', false],
      ['SKILL', '6.00', true],
      ['HEALTH_AND_TIME', '7.00', true],
      ['COUNTY_INDUSTRY', '5.00', true],
      ['INCOME_PLAN', '6.00', true],
      ['HOUSE', '0.00', true],
      ['VEHICLE', '0.00', true],
      ['MACHINES', '0.00', true],
    ]);
    for (const item of shown.items) expect(item.why).toMatch(/\p{Script=Han}/u);
    expect(shown.toRaise.find((one) => one.item === 'INCOME_PLAN')).toMatchObject({
      level: 'COVERS',
      adds: '4.00',
      reaches: null,
    });
    expect(shown.steps.map((step) => [step.step, step.outcome, step.personName])).toEqual([
      ['compute', 'computed', '协办员甲'],
      ['village', 'agree', '村评议组长'],
      ['township', 'agree', '乡镇干部'],
      ['decide', 'confirm', '银行审批人'],
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/评议员\d|亲戚/);
  });

  test('a veto is told with who raised nothing, what was found and by whom; nothing would raise the grade', async () => {
    const inputs = inputsOf();
    const veto = { code: 'WILFUL_DEFAULT', reason: '借钱不还' };
    inputs.appraisals[0] = { ...sheetOf(18, '反对者'), veto };
    const findings = [{ code: 'WILFUL_DEFAULT', confirmed: true, reason: '查台账属实' }];
    const { householdId } = await aHousehold(county);
    const { ratingId } = await checked(county, householdId, { by, inputs, findings });
    const shown = await county.ask(reader(), showRating, { ratingId });
    expect(shown).toMatchObject({
      firstGrade: 'B',
      computedGrade: 'D',
      vetoes: {
        raised: [{ code: 'WILFUL_DEFAULT', name: '恶意拖欠', reasons: ['借钱不还'] }],
        found: [
          {
            code: 'WILFUL_DEFAULT',
            name: '恶意拖欠',
            confirmed: true,
            reason: '查台账属实',
            personName: '乡镇干部',
            takenOn: '2018-03-01',
          },
        ],
      },
      next: null,
      toRaise: [],
    });
    expect(JSON.stringify(shown)).not.toContain('反对者');
  });

  test('of a household: what is in force, what is under way, and the open file', async () => {
    const shown = await county.ask(reader(), ratingOfHousehold, { householdId: home });
    expect(shown.current?.id).toBe(confirmedId);
    expect(shown.proposed?.id).toBe(proposedId);
    expect(shown.openCaseId).toBe(shown.proposed?.caseId);
    expect(shown.expired).toBe(false);
    county.clock.set('2020-03-01');
    const later = await county.ask(reader(), ratingOfHousehold, { householdId: home });
    county.clock.set('2018-03-01');
    expect(later.expired).toBe(true);
  });

  test('who signed a rating is told in the order of the steps', async () => {
    const signers = await ratingSigners(county.platform.db.reader(), confirmedId);
    expect(signers.map((one) => [one.step, one.personId])).toEqual([
      ['compute', by.collector.id],
      ['village', by.village.id],
      ['township', by.township.id],
      ['decide', by.approver.id],
    ]);
  });

  test('what lies elsewhere is absent', async () => {
    const attempt = county.ask(reader(), showRating, { ratingId: foreignId });
    expect(await county.refusal(attempt)).toBe('credit.rating-absent');
    const nobody = { householdId: '0'.repeat(26) };
    expect(await county.ask(reader(), ratingOfHousehold, nobody)).toEqual({
      current: null,
      expired: false,
      proposed: null,
      openCaseId: null,
    });
    const blind = county.actor({ permissions: ['households.read'] });
    expect(await county.refusal(county.ask(blind, listRatings, {}))).toBe('platform.not-permitted');
  });
});
