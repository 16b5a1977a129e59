/** 冻结额度: at once, by one person with a reason; nothing can be lent, and what was lent is not touched. */
import { lineOf, lineOn } from '../../src/credit/credit-line.queries';
import { freezeLine } from '../../src/credit/freeze-line';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aLine,
  banker,
  lastPeriod,
  nobodyOwes,
  OTHER_BANK,
  openLines,
  owes,
  refused,
  townsman,
} from './lines';

describeEachDatabase('Freezing a line', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    nobodyOwes();
    ({ householdId } = await aLine(county));
  });
  const officer = () => banker(county, 'credit.freeze-line');
  const freeze = (actor = officer()) =>
    county.do(actor, freezeLine, { householdId, reason: '资金流向不明，待核查' });
  const reader = () => county.platform.db.reader();

  test('nothing can be lent from that day on; the line and what is used of it stay known', async () => {
    owes(householdId, 1_000_000);
    county.clock.set('2018-05-01');
    expect(await freeze()).toMatchObject({ seq: 2, state: 'frozen', total: '40000.00' });
    expect(await lineOn(reader(), householdId, businessDate('2018-04-30'))).toMatchObject({
      lineFen: 4_000_000,
      state: 'in-force',
    });
    expect(await lineOf(reader(), householdId, businessDate('2018-05-01'))).toMatchObject({
      state: 'frozen',
      lineFen: 0,
      totalFen: 4_000_000,
      usedFen: 1_000_000,
      availableFen: 0,
      frozenFen: 4_000_000,
    });
  });

  test('a new rating does not lift a freeze by the way', async () => {
    await freeze();
    await aLine(county, { householdId, grade: 'A', totalFen: 5_000_000 });
    expect(await lastPeriod(county, householdId)).toMatchObject({
      cause: 'GRANT',
      state: 'frozen',
      totalFen: 5_000_000,
    });
  });

  test('a frozen line, one that has run out, and none at all are refused', async () => {
    await freeze();
    expect(await refused(county, () => freeze())).toBe('credit.line-state');
    const { householdId: old } = await aLine(county, { from: '2016-01-01' });
    const input = { householdId: old, reason: '试' };
    expect(await refused(county, () => county.do(officer(), freezeLine, input))).toBe(
      'credit.line-state',
    );
    const nobody = { householdId: '0'.repeat(26), reason: '试' };
    expect(await refused(county, () => county.do(officer(), freezeLine, nobody))).toBe(
      'households.household-absent',
    );
  });

  test('without permission, or from another bank, it is refused', async () => {
    expect(await refused(county, () => freeze(townsman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const other = banker(county, 'credit.freeze-line', OTHER_BANK);
    expect(await refused(county, () => freeze(other))).toBe('platform.absent');
  });

  test('of two who freeze at once one wins', async () => {
    const both = await Promise.allSettled([freeze(), freeze()]);
    const lost = both.filter((one) => one.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(['credit.line-state', 'platform.stale']).toContain(
      (lost[0] as PromiseRejectedResult).reason.code,
    );
  });
});
