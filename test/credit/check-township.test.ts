/** 乡镇核查: finds on every ground of veto that was raised; what is found true gives the card's veto grade. */
import { checkTownship } from '../../src/credit/check-township';
import { decide } from '../../src/credit/decide';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { computed, inputsOf, openCredit, type People, people, refused, reviewed } from './bank';
import { sheetOf } from './cards';

describeEachDatabase('The township checks a rating', (open) => {
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

  type Shown = { ratingId: string; contentDigest: string };
  const check = ({ ratingId, contentDigest }: Shown, more: object = {}, actor = by.township) =>
    county.do(actor, checkTownship, { ratingId, contentDigest, outcome: 'agree', ...more });
  const vetoed = () => {
    const inputs = inputsOf();
    inputs.appraisals[2] = {
      ...sheetOf(18, '反对者'),
      veto: { code: 'WILFUL_DEFAULT', reason: '借钱不还' },
    };
    return { by, inputs };
  };
  const finding = (confirmed: boolean) => ({
    findings: [{ code: 'WILFUL_DEFAULT', confirmed, reason: '走访邻里并查台账' }],
  });
  const row = async (id: string) => {
    const [found] = await county.platform.db
      .reader()
      .rows('SELECT * FROM rating WHERE id = :id', { id });
    return found as Record<string, unknown>;
  };

  test('without a veto raised, agreeing changes no figure and no digest', async () => {
    const rating = await reviewed(county, householdId, { by });
    const done = await check(rating);
    expect(done).toMatchObject({ stage: 'township', grade: 'B', line: '40000.00', version: 3 });
    expect(done.contentDigest).toBe(rating.contentDigest);
  });

  test('a raised veto that is left open is refused; found untrue, it changes nothing', async () => {
    const rating = await reviewed(county, householdId, vetoed());
    await refused(county, 'credit.veto-undecided', () => check(rating));
    const done = await check(rating, finding(false));
    expect(done).toMatchObject({ grade: 'B', line: '40000.00' });
    expect(done.contentDigest).not.toBe(rating.contentDigest);
  });

  test('found true it gives the veto grade; the first grade is kept', async () => {
    const rating = await reviewed(county, householdId, vetoed());
    const done = await check(rating, finding(true));
    expect(done).toMatchObject({ grade: 'D', gradeName: '较差', line: '0.00' });
    expect(await row(rating.ratingId)).toMatchObject({
      first_grade: 'B',
      first_line_fen: 4_000_000,
      computed_grade: 'D',
      computed_line_fen: 0,
    });
    const { ratingId, contentDigest } = done;
    const raise = { ratingId, contentDigest, outcome: 'raise', line: '10000.00', reason: '求情' };
    await refused(county, 'credit.raise-too-high', () => county.do(by.approver, decide, raise));
    const former = { ratingId, contentDigest: rating.contentDigest, outcome: 'confirm' };
    await refused(county, 'credit.content-changed', () => county.do(by.approver, decide, former));
    const confirm = { ratingId, contentDigest, outcome: 'confirm' };
    expect(await county.do(by.approver, decide, confirm)).toMatchObject({ line: '0.00' });
  });

  test('the township may find a ground that nobody raised, but only a listed one', async () => {
    const rating = await reviewed(county, householdId, { by });
    const unlisted = { findings: [{ code: 'LAZY', confirmed: true, reason: '懒' }] };
    await refused(county, 'credit.inputs-invalid', () => check(rating, unlisted));
    const listed = { findings: [{ code: 'FALSE_IDENTITY', confirmed: true, reason: '冒名' }] };
    expect((await check(rating, listed)).grade).toBe('D');
  });

  test('returned with a reason, the file is collected further', async () => {
    const rating = await reviewed(county, householdId, { by });
    await refused(county, 'credit.reason-missing', () => check(rating, { outcome: 'return' }));
    const done = await check(rating, { outcome: 'return', reason: '收入项目须重核' });
    expect(done).toMatchObject({ state: 'rejected', stage: 'village' });
    const states = await county.platform.db
      .reader()
      .rows('SELECT state FROM rating_case WHERE id = :id', { id: rating.caseId });
    expect(states).toEqual([{ state: 'collecting' }]);
  });

  test('before the village group, twice, or on other content it is refused', async () => {
    const early = await computed(county, householdId, { by });
    await refused(county, 'credit.not-proposed', () => check(early));
    const rating = await reviewed(county, (await aHousehold(county)).householdId, { by });
    const other = { ...rating, contentDigest: 'f'.repeat(64) };
    await refused(county, 'credit.content-changed', () => check(other));
    await check(rating);
    await refused(county, 'credit.not-proposed', () => check(rating, {}, people(county).township));
  });

  test('who computed or reviewed does not check', async () => {
    const rating = await reviewed(county, householdId, { by });
    for (const person of [by.collector, by.village]) {
      const both = { ...person, permissions: new Set(['credit.check-township']) };
      await refused(county, 'credit.same-person', () => check(rating, {}, both));
    }
  });

  test('of townships that check at once, one wins', async () => {
    const rating = await reviewed(county, householdId, vetoed());
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => check(rating, finding(n === 1), people(county).township)),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(['platform.stale', 'credit.not-proposed', 'credit.content-changed']).toContain(
        reason.code,
      );
    }
  });

  test('without permission, from elsewhere, or for nothing it is refused', async () => {
    const rating = await reviewed(county, householdId, { by });
    await refused(county, 'platform.not-permitted', () => check(rating, {}, by.village));
    const far = people(county, '450328103000').township;
    await refused(county, 'platform.absent', () => check(rating, {}, far));
    await refused(county, 'credit.rating-absent', () =>
      check({ ...rating, ratingId: '0'.repeat(26) }),
    );
  });
});
