/** 调减额度: from today on, below what there is; contracts that are signed stay as they are. */
import { lineOf } from '../../src/credit/credit-line.queries';
import { lowerLine } from '../../src/credit/lower-line';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, nobodyOwes, OTHER_BANK, openLines, owes, refused, townsman } from './lines';

describeEachDatabase('Lowering a line', (open) => {
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
  const lower = (total: string, actor = banker(county, 'credit.lower-line')) =>
    county.do(actor, lowerLine, { householdId, total, reason: '产业规模缩小' });

  test('what was lent stays lent: used exceeds the line and nothing is available', async () => {
    owes(householdId, 3_000_000);
    county.clock.set('2018-06-01');
    const loans = await county.snapshot('loan', 'loan_event');
    expect(await lower('20000.00')).toMatchObject({ total: '20000.00', from: '2018-06-01' });
    expect(await county.snapshot('loan', 'loan_event')).toBe(loans);
    const on = (date: string) =>
      lineOf(county.platform.db.reader(), householdId, businessDate(date));
    expect(await on('2018-06-01')).toMatchObject({
      totalFen: 2_000_000,
      usedFen: 3_000_000,
      availableFen: 0,
    });
    expect(await on('2018-05-31')).toMatchObject({ totalFen: 4_000_000, availableFen: 1_000_000 });
  });

  test.each(['40000.00', '40000.01'])('to %s, which is not lower, it is refused', async (total) => {
    expect(await refused(county, () => lower(total))).toBe('credit.line-not-lower');
  });

  test('to one fen less it is done, and to nothing', async () => {
    expect(await lower('39999.99')).toMatchObject({ total: '39999.99' });
    expect(await lower('0.00')).toMatchObject({ total: '0.00', state: 'in-force' });
  });

  test('without permission, or from another bank, it is refused', async () => {
    const clerk = townsman(county, 'credit.read');
    expect(await refused(county, () => lower('1.00', clerk))).toBe('platform.not-permitted');
    const other = banker(county, 'credit.lower-line', OTHER_BANK);
    expect(await refused(county, () => lower('1.00', other))).toBe('platform.absent');
  });
});
