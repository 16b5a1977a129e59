/** 村评议小组: agrees with what was computed, or sends it back; what was sent back stays as it was. */

import { collect } from '../../src/credit/collect';
import { compute } from '../../src/credit/compute';
import { reviewVillage } from '../../src/credit/review-village';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { computed, openCredit, type People, people, refused, reviewed } from './bank';

describeEachDatabase('The village group reviews a rating', (open) => {
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
  const review = ({ ratingId, contentDigest }: Shown, more: object = {}, actor = by.village) =>
    county.do(actor, reviewVillage, { ratingId, contentDigest, outcome: 'agree', ...more });
  const row = async (table: string, id: string) => {
    const [found] = await county.platform.db
      .reader()
      .rows(`SELECT * FROM ${table} WHERE id = :id`, { id });
    return found as Record<string, unknown>;
  };

  test('agreed, it goes on to the township with the same figures', async () => {
    const rating = await computed(county, householdId, { by });
    const done = await review(rating);
    expect(done).toMatchObject({ state: 'proposed', stage: 'village', grade: 'B', version: 2 });
    const steps = await county.platform.db
      .reader()
      .rows(
        'SELECT step, outcome, person_id, content_digest FROM rating_step WHERE rating_id = :id ORDER BY seq',
        { id: rating.ratingId },
      );
    expect(steps.at(-1)).toEqual({
      step: 'village',
      outcome: 'agree',
      person_id: by.village.id,
      content_digest: rating.contentDigest,
    });
  });

  test('returned, the file is collected further, and the first rating stays as it was', async () => {
    const first = await computed(county, householdId, { by });
    const before = await county.snapshot('rating_content');
    await refused(county, 'credit.reason-missing', () => review(first, { outcome: 'return' }));
    const done = await review(first, { outcome: 'return', reason: '技能情况不实' });
    expect(done).toMatchObject({ state: 'rejected', stage: 'computed' });
    expect(await row('rating_case', first.caseId)).toMatchObject({
      state: 'collecting',
      open_key: householdId,
    });

    const version = Number((await row('rating_case', first.caseId)).version);
    const { caseId } = first;
    const items = [{ item: 'SKILL', level: 'NONE' }];
    const after = await county.do(by.collector, collect, { caseId, version, items });
    const second = await county.do(by.collector, compute, { caseId, version: after.version });
    expect([second.score, second.firstGrade]).toEqual(['75.60', 'B']);
    expect(await county.snapshot('rating_content')).toContain(
      before.slice('rating_content\n'.length),
    );
    expect(await row('rating', first.ratingId)).toMatchObject({
      score_hundredths: 8160,
      first_grade: 'B',
      state: 'rejected',
      decision_reason: '技能情况不实',
    });
    expect((await review(second)).stage).toBe('village');
  });

  test('who computed does not review', async () => {
    const rating = await computed(county, householdId, { by });
    const both = { ...by.collector, permissions: new Set(['credit.review-village']) };
    await refused(county, 'credit.same-person', () => review(rating, {}, both));
  });

  test('twice, or on other content than the shown, is refused', async () => {
    const rating = await reviewed(county, householdId, { by });
    const another = people(county).village;
    await refused(county, 'credit.not-proposed', () => review(rating, {}, another));
    const fresh = await computed(county, (await aHousehold(county)).householdId, { by });
    const other = { ...fresh, contentDigest: 'f'.repeat(64) };
    await refused(county, 'credit.content-changed', () => review(other));
  });

  test('of groups that review at once, one wins', async () => {
    const rating = await computed(county, householdId, { by });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => review(rating, {}, people(county).village)),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(['platform.stale', 'credit.not-proposed']).toContain(reason.code);
    }
  });

  test('without permission, from elsewhere, or for nothing it is refused', async () => {
    const rating = await computed(county, householdId, { by });
    await refused(county, 'platform.not-permitted', () => review(rating, {}, by.township));
    const far = people(county, '450328103000').village;
    await refused(county, 'platform.absent', () => review(rating, {}, far));
    const nothing = { ...rating, ratingId: '0'.repeat(26) };
    await refused(county, 'credit.rating-absent', () => review(nothing));
  });
});
