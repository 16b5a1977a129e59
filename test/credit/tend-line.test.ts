/** The night over credit lines: expiry, arrears, the yearly review; each once, and from the day after. */
import { lineOn } from '../../src/credit/credit-line.queries';
import { reviewLinesStep } from '../../src/credit/lines.job';
import { tendLine } from '../../src/credit/tend-line';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aLine,
  banker,
  lastPeriod,
  lineNight,
  nobodyOwes,
  openLines,
  owes,
  periodsOf,
  refused,
} from './lines';

describeEachDatabase('The night over credit lines', (open) => {
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
  /** Which of these households were due; those of other tests are passed over. */
  const night = async (date: string, ...others: string[]) =>
    (await lineNight(county, reviewLinesStep, date)).filter((id) =>
      [householdId, ...others].includes(id),
    );
  const line = (date: string) =>
    lineOn(county.platform.db.reader(), householdId, businessDate(date));
  const waiting = () =>
    county.platform.db.reader().one(
      `SELECT review_reason AS reason, review_due_on AS dueOn FROM credit_line
          WHERE household_id = :householdId`,
      { householdId },
    );

  test('a line that is as it should be is not due', async () => {
    expect(await night('2018-03-01')).toEqual([]);
    expect(await night('2019-02-28')).toEqual([]);
  });

  test('after its last day the line is expired, once, and no past answer changes', async () => {
    await night('2019-03-01');
    expect(await night('2020-02-28')).toEqual([]);
    expect(await night('2020-02-29')).toEqual([householdId]);
    expect(await lastPeriod(county, householdId)).toMatchObject({
      cause: 'EXPIRE',
      state: 'expired',
      totalFen: 0,
      fromOn: '2020-03-01',
    });
    expect((await line('2020-02-29'))?.lineFen).toBe(4_000_000);
    expect(await line('2020-03-01')).toBeNull();
    expect(await night('2020-03-01')).toEqual([]);
  });

  test('a night caught up late still notes the right day', async () => {
    await night('2020-04-15');
    expect(await lastPeriod(county, householdId)).toMatchObject({ fromOn: '2020-03-01' });
  });

  test('31 days late freezes the line from the next day on, 30 days do not', async () => {
    owes(householdId, 1_000_000, 30);
    expect(await night('2018-07-15')).toEqual([]);
    owes(householdId, 1_000_000, 31);
    const loans = await county.snapshot('loan', 'loan_event');
    expect(await night('2018-07-16')).toEqual([householdId]);
    expect(await county.snapshot('loan', 'loan_event')).toBe(loans);
    expect(await line('2018-07-16')).toMatchObject({ state: 'in-force', lineFen: 4_000_000 });
    expect(await line('2018-07-17')).toMatchObject({ state: 'frozen', lineFen: 0 });
    expect(await night('2018-07-17')).toEqual([]);
  });

  test('several late households are found page by page, also past households without a line', async () => {
    const others = [await aLine(county), await aLine(county), await aLine(county)];
    for (const { householdId: id } of others) owes(id, 1_000_000, 40);
    owes('0'.repeat(26), 1_000_000, 40);
    owes('Z'.repeat(26), 1_000_000, 40);
    const expected = others.map(({ householdId: id }) => id).sort();
    expect(await night('2018-07-16', ...expected)).toEqual(expected);
  });

  test('the yearly review passes by itself where nothing stands against it', async () => {
    expect(await night('2019-03-01')).toEqual([householdId]);
    expect(await periodsOf(county, householdId)).toMatchObject([
      { cause: 'GRANT' },
      { cause: 'REVIEW', state: 'in-force', totalFen: 4_000_000, madeBy: 'system' },
    ]);
    expect(await waiting()).toEqual({ reason: null, dueOn: '2020-03-02' });
    expect(await night('2019-03-02')).toEqual([]);
  });

  test('arrears, a household off the list and another card put it before a person', async () => {
    owes(householdId, 1_000_000, 3);
    await county.system(async (work) => {
      const mine = { householdId };
      await work.tx.exec(
        "UPDATE household_status SET status = 'REMOVED' WHERE household_id = :householdId",
        mine,
      );
      await work.tx.exec(
        `INSERT INTO policy_row (id, parameter, region_code, effective_from, effective_to, source,
                provisional, value, content_digest, origin, state, in_force_key, proposed_by,
                proposed_by_name, proposed_at, confirmed_by, confirmed_by_name, confirmed_at)
         SELECT 'z-other-card', parameter, region_code, '2014-01-01', effective_to, source,
                provisional, value, content_digest, origin, state, 'other', proposed_by,
                proposed_by_name, proposed_at, confirmed_by, confirmed_by_name, confirmed_at
           FROM policy_row WHERE parameter = 'credit.scorecard'`,
      );
      await work.tx.exec(
        "UPDATE rating SET scorecard_row_id = 'z-other-card' WHERE household_id = :householdId",
        mine,
      );
    });
    expect(await night('2019-03-01')).toEqual([householdId]);
    expect(await waiting()).toEqual({
      reason: '贷款逾期 3 天；该户已移出名单；评分表已有新版本',
      dueOn: '2019-03-01',
    });
    expect(await night('2019-03-02')).toEqual([]);
  });

  test('nobody but the system does this', async () => {
    const input = { householdId, on: '2018-03-01' };
    const officer = banker(county, 'credit.review-line');
    expect(await refused(county, () => county.do(officer, tendLine, input))).toBe(
      'platform.not-permitted',
    );
  });
});
