/** 申请增信: one at a time, on a ground of the rules, within the band of the grade. */
import { applyRaise } from '../../src/credit/apply-raise';
import { cancelLine } from '../../src/credit/cancel-line';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, lastPeriod, openLines, refused, townsman, villager } from './lines';

describeEachDatabase('Applying for a higher line', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
  });
  const apply = (changes: object = {}, actor = villager(county, 'credit.apply-raise')) =>
    county.do(actor, applyRaise, {
      householdId,
      total: '50000.00',
      ground: 'REPAID_ON_TIME',
      evidence: '上一笔贷款按期还清',
      ...changes,
    });

  test('it waits, and the line stays as it is', async () => {
    expect(await apply()).toMatchObject({
      state: 'applied',
      from: '40000.00',
      asked: '50000.00',
    });
    expect(await lastPeriod(county, householdId)).toMatchObject({ seq: 1, totalFen: 4_000_000 });
    expect(await refused(county, () => apply())).toBe('credit.raise-open');
  });

  test.each([
    ['not above the line', '40000.00'],
    ['above the band of the grade', '50000.01'],
  ])('%s it is refused', async (_what, total) => {
    expect(await refused(county, () => apply({ total }))).toBe('credit.raise-amount');
  });

  test('a ground that is not in the rules is refused', async () => {
    expect(await refused(county, () => apply({ ground: 'ASKED_NICELY' }))).toBe(
      'credit.raise-ground',
    );
  });

  test('a line that is not in force cannot be raised', async () => {
    const input = { householdId, reason: '试' };
    await county.do(banker(county, 'credit.cancel-line'), cancelLine, input);
    expect(await refused(county, () => apply())).toBe('credit.line-state');
  });

  test('of two applications at once one wins', async () => {
    const both = await Promise.allSettled([apply(), apply()]);
    const lost = both.filter((one) => one.status === 'rejected') as PromiseRejectedResult[];
    expect(lost.map(({ reason }) => reason.code)).toEqual(['credit.raise-open']);
  });

  test('without permission, or from another village, it is refused', async () => {
    expect(await refused(county, () => apply({}, townsman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const stranger = villager(county, 'credit.apply-raise', '450328103200');
    expect(await refused(county, () => apply({}, stranger))).toBe('platform.absent');
  });
});
