/** 报告触发事项: what a check of use found brings the line down as the rules say, at once. */
import { reportLineTrigger } from '../../src/credit';
import { reportTrigger } from '../../src/credit/report-trigger';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, lastPeriod, openLines, refused, townsman, villager } from './lines';

describeEachDatabase('Reporting a failed check of use', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
  });
  const officer = () => townsman(county, 'credit.report-trigger');
  const report = (actor = officer()) =>
    county.do(actor, reportTrigger, {
      householdId,
      trigger: 'USE_CHECK_FAILED',
      evidence: '现场未见所购种牛，资金转给他人',
    });

  test('the line is frozen with what shows it; a second report changes nothing', async () => {
    expect(await report()).toMatchObject({ seq: 2, state: 'frozen' });
    expect(await lastPeriod(county, householdId)).toMatchObject({ cause: 'FREEZE' });
    expect(await report()).toMatchObject({ seq: 2, state: 'frozen' });
  });

  test('another module reports within its own transaction; without a line nothing happens', async () => {
    const found = { trigger: 'USE_CHECK_FAILED', evidence: '走访记录' } as const;
    const period = await county.system((work) =>
      reportLineTrigger(work, { householdId, ...found }),
    );
    expect(period).toMatchObject({ state: 'frozen', madeBy: 'system' });
    const none = { householdId: '0'.repeat(26), ...found };
    expect(await county.system((work) => reportLineTrigger(work, none))).toBeNull();
  });

  test('without permission, or from another township, it is refused', async () => {
    expect(await refused(county, () => report(villager(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const stranger = townsman(county, 'credit.report-trigger', '450328103000');
    expect(await refused(county, () => report(stranger))).toBe('platform.absent');
  });
});
