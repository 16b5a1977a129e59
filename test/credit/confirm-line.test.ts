/** 确认授信额度: by another person, of exactly what was shown, one in force at a time, and told for every day. */

import { lineOn } from '../../src/credit';
import { confirmLine } from '../../src/credit/confirm-line';
import { rateHousehold } from '../../src/credit/rate-household';
import { businessDate } from '../../src/platform/dates';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, approver, openCredit, rater, ratingForm } from './bank';
import { inputsOf } from './cards';

describeEachDatabase('Confirming a credit line', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aHousehold(county));
  });

  const propose = (actor = rater(county)) =>
    county.do(actor, rateHousehold, ratingForm(householdId));
  const line = async (date: string) =>
    (await lineOn(county.platform.db.reader(), householdId, businessDate(date)))?.lineFen ?? null;
  const refused = async (input: object, actor = approver(county)) => {
    const before = await county.snapshot('rating', 'rating_content');
    const code = await county.refusal(county.do(actor, confirmLine, input));
    expect(await county.snapshot('rating', 'rating_content')).toBe(before);
    return code;
  };

  test('the line holds from the day of confirmation to the end of its validity', async () => {
    const { ratingId, contentDigest } = await propose();
    expect(await line('2018-03-01')).toBeNull();
    const done = await county.do(approver(county), confirmLine, { ratingId, contentDigest });
    expect(done).toEqual({
      ratingId,
      state: 'confirmed',
      grade: 'A',
      gradeName: '优秀',
      line: '50000.00',
      validFrom: '2018-03-01',
      validUntil: '2020-02-29',
      supersededRatingId: null,
      version: 2,
    });
    expect(await line('2018-02-28')).toBeNull();
    expect(await line('2018-03-01')).toBe(5_000_000);
    expect(await line('2020-02-29')).toBe(5_000_000);
    expect(await line('2020-03-01')).toBeNull();
  });

  test('the next confirmed rating takes over; each past day keeps its line', async () => {
    const first = await aConfirmedRating(county, householdId);
    county.clock.set('2018-09-01');
    const second = await aConfirmedRating(county, householdId, inputsOf({ INCOME_PLAN: 0 }));
    expect(second.supersededRatingId).toBe(first.ratingId);
    expect(await line('2018-08-31')).toBe(5_000_000);
    expect(await line('2018-09-01')).toBe(4_000_000);
    expect(await line('2020-02-29')).toBe(4_000_000);
    const states = await county.platform.db
      .reader()
      .rows('SELECT state FROM rating WHERE household_id = :householdId ORDER BY id', {
        householdId,
      });
    expect(states).toEqual([{ state: 'superseded' }, { state: 'confirmed' }]);
  });

  test('two ratings on one day: the later one holds', async () => {
    await aConfirmedRating(county, householdId);
    await aConfirmedRating(county, householdId, inputsOf({ INCOME_PLAN: 0 }));
    expect(await line('2018-03-01')).toBe(4_000_000);
  });

  test('a proposal alone changes nothing of the line in force', async () => {
    await aConfirmedRating(county, householdId);
    await county.do(rater(county), rateHousehold, ratingForm(householdId, inputsOf({ SKILL: 0 })));
    expect(await line('2018-03-01')).toBe(5_000_000);
  });

  test('whoever rated cannot confirm, even with both permissions', async () => {
    const both = county.actor({ permissions: ['credit.rate', 'credit.confirm'] });
    const { ratingId, contentDigest } = await propose(both);
    expect(await refused({ ratingId, contentDigest }, both)).toBe('credit.own-rating');
    const written = county.system((work) =>
      work.tx.exec(
        `UPDATE rating SET decided_by = rated_by, decided_on = '2018-03-01', state = 'confirmed',
                valid_until = '2020-02-29', open_key = NULL, current_key = household_id
          WHERE id = :ratingId`,
        { ratingId },
      ),
    );
    expect(await refusedByDatabase(written)).toBe('check');
  });

  test('a confirmation of other content than the proposed is refused', async () => {
    const { ratingId } = await propose();
    const contentDigest = '0'.repeat(64);
    expect(await refused({ ratingId, contentDigest })).toBe('credit.content-changed');
  });

  test('figures changed behind the back of the system are noticed and not confirmed', async () => {
    const { ratingId, contentDigest } = await propose();
    await county.system((work) =>
      work.tx.exec('UPDATE rating SET line_fen = 10000000 WHERE id = :ratingId', { ratingId }),
    );
    const attempt = county.do(approver(county), confirmLine, { ratingId, contentDigest });
    await expect(attempt).rejects.toThrow(/differs from what was proposed/);
  });

  test('what is decided is not decided again', async () => {
    const { ratingId, contentDigest } = await aConfirmedRating(county, householdId);
    expect(await refused({ ratingId, contentDigest })).toBe('credit.not-proposed');
  });

  test('without permission, from another county, or for nothing it is refused', async () => {
    const { ratingId, contentDigest } = await propose();
    const input = { ratingId, contentDigest };
    expect(await refused(input, rater(county))).toBe('platform.not-permitted');
    expect(await refused(input, approver(county, '450226000000'))).toBe('platform.absent');
    const nothing = { ratingId: '0'.repeat(26), contentDigest };
    expect(await refused(nothing)).toBe('credit.rating-absent');
  });

  test('of approvers who confirm at once, one wins and the others change nothing', async () => {
    const { ratingId, contentDigest } = await propose();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => county.do(approver(county), confirmLine, { ratingId, contentDigest })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(['credit.not-proposed', 'platform.stale']).toContain(reason.code);
    }
    expect(await line('2018-03-01')).toBe(5_000_000);
  });

  test('the database itself keeps one rating in force of a household', async () => {
    const first = await aConfirmedRating(county, householdId);
    await aConfirmedRating(county, householdId);
    const back = county.system((work) =>
      work.tx.exec(
        `UPDATE rating SET state = 'confirmed', superseded_on = NULL, current_key = household_id
          WHERE id = :id`,
        { id: first.ratingId },
      ),
    );
    expect(await refusedByDatabase(back)).toBe('unique');
  });
});
