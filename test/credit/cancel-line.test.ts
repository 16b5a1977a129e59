/** 取消额度: no line from today on; only a new rating gives one again. */
import { cancelLine } from '../../src/credit/cancel-line';
import { lineOn } from '../../src/credit/credit-line.queries';
import { lowerLine } from '../../src/credit/lower-line';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, lastPeriod, OTHER_BANK, openLines, refused, townsman } from './lines';

describeEachDatabase('Cancelling a line', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
  });
  const cancel = (actor = banker(county, 'credit.cancel-line')) =>
    county.do(actor, cancelLine, { householdId, reason: '提供虚假材料' });
  const line = (date: string) =>
    lineOn(county.platform.db.reader(), householdId, businessDate(date));

  test('the days before keep their line; afterwards there is none', async () => {
    county.clock.set('2018-06-01');
    expect(await cancel()).toMatchObject({ state: 'cancelled', total: '0.00' });
    expect(await line('2018-05-31')).toMatchObject({ lineFen: 4_000_000 });
    expect(await line('2018-06-01')).toBeNull();
  });

  test('what is cancelled is not changed any more, but rated anew', async () => {
    await cancel();
    expect(await refused(county, () => cancel())).toBe('credit.line-state');
    const officer = banker(county, 'credit.lower-line');
    const input = { householdId, total: '0.00', reason: '试' };
    expect(await refused(county, () => county.do(officer, lowerLine, input))).toBe(
      'credit.line-not-lower',
    );
    await aLine(county, { householdId });
    expect(await lastPeriod(county, householdId)).toMatchObject({
      cause: 'GRANT',
      state: 'in-force',
    });
  });

  test('without permission, or from another bank, it is refused', async () => {
    const clerk = townsman(county, 'credit.read');
    expect(await refused(county, () => cancel(clerk))).toBe('platform.not-permitted');
    const other = banker(county, 'credit.cancel-line', OTHER_BANK);
    expect(await refused(county, () => cancel(other))).toBe('platform.absent');
  });
});
