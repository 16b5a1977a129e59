/** 退回评级: with a reason, by another person; the household may be rated again. */

import { lineOn } from '../../src/credit';
import { rateHousehold } from '../../src/credit/rate-household';
import { rejectLine } from '../../src/credit/reject-line';
import { businessDate } from '../../src/platform/dates';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, approver, openCredit, rater, ratingForm } from './bank';

describeEachDatabase('Rejecting a rating', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const propose = (actor = rater(county)) =>
    county.do(actor, rateHousehold, ratingForm(householdId));
  const refused = async (input: object, actor = approver(county)) => {
    const before = await county.snapshot('rating', 'rating_content');
    const code = await county.refusal(county.do(actor, rejectLine, input));
    expect(await county.snapshot('rating', 'rating_content')).toBe(before);
    return code;
  };

  test('the rating is kept with the reason, the line in force stays, and rating may begin anew', async () => {
    await aConfirmedRating(county, householdId);
    const { ratingId } = await propose();
    const reason = '技能一项缺证书复印件';
    const done = await county.do(approver(county), rejectLine, { ratingId, reason });
    expect(done).toEqual({ ratingId, state: 'rejected', version: 2 });
    const [row] = await county.platform.db
      .reader()
      .rows('SELECT state, decision_reason, decided_by_name FROM rating WHERE id = :ratingId', {
        ratingId,
      });
    expect(row).toEqual({
      state: 'rejected',
      decision_reason: reason,
      decided_by_name: '银行审批人',
    });
    const line = await lineOn(county.platform.db.reader(), householdId, businessDate('2018-03-01'));
    expect(line?.lineFen).toBe(5_000_000);
    await propose();
  });

  test('not by the rater, not twice, not without a reason, not without permission, not from afar', async () => {
    const both = county.actor({ permissions: ['credit.rate', 'credit.confirm'] });
    const { ratingId } = await propose(both);
    const input = { ratingId, reason: '材料不全' };
    expect(await refused(input, both)).toBe('credit.own-rating');
    expect(await refused({ ratingId })).toBe('platform.invalid-input');
    expect(await refused(input, rater(county))).toBe('platform.not-permitted');
    expect(await refused(input, approver(county, '450226000000'))).toBe('platform.absent');
    expect(await refused({ ...input, ratingId: '0'.repeat(26) })).toBe('credit.rating-absent');
    await county.do(approver(county), rejectLine, input);
    expect(await refused(input)).toBe('credit.not-proposed');
  });
});
