/** 解冻额度: by another person than froze, and not while the arrears stand that bring a freeze. */
import { freezeLine } from '../../src/credit/freeze-line';
import { unfreezeLine } from '../../src/credit/unfreeze-line';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, BANK, lastPeriod, nobodyOwes, openLines, owes, refused, townsman } from './lines';

describeEachDatabase('Lifting a freeze', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  const both = () =>
    county.actor({
      permissions: ['credit.freeze-line', 'credit.unfreeze-line'],
      org: { id: BANK, kind: 'bank' },
    });
  let freezer = both;
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    nobodyOwes();
    ({ householdId } = await aLine(county));
    const actor = both();
    freezer = () => actor;
    await county.do(actor, freezeLine, { householdId, reason: '待核查' });
  });
  const unfreeze = (actor = both()) =>
    county.do(actor, unfreezeLine, { householdId, reason: '核查无误' });

  test('the line is as it was, and both people stand in its story', async () => {
    county.clock.set('2018-03-10');
    expect(await unfreeze()).toMatchObject({ state: 'in-force', total: '40000.00' });
    expect(await lastPeriod(county, householdId)).toMatchObject({
      cause: 'UNFREEZE',
      fromOn: '2018-03-10',
    });
    expect(await refused(county, () => unfreeze())).toBe('credit.line-state');
  });

  test('who froze cannot lift it, also after a new rating', async () => {
    expect(await refused(county, () => unfreeze(freezer()))).toBe('credit.line-own-freeze');
    await aLine(county, { householdId });
    expect(await refused(county, () => unfreeze(freezer()))).toBe('credit.line-own-freeze');
  });

  test('30 days late it can be lifted, 31 days late it cannot', async () => {
    owes(householdId, 1_000_000, 31);
    expect(await refused(county, () => unfreeze())).toBe('credit.line-trigger-stands');
    owes(householdId, 1_000_000, 30);
    expect(await unfreeze()).toMatchObject({ state: 'in-force' });
  });

  test('without permission it is refused', async () => {
    expect(await refused(county, () => unfreeze(townsman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
  });
});
