/** Reading rules from the database as of a date, for a place: values, rates, calendar, and what is refused. */

import { businessDate } from '../../src/platform/dates';
import type { Problem } from '../../src/platform/problems';
import {
  benchmarkOn,
  calendarFor,
  loadPolicyFiles,
  lprOn,
  policyAsOf,
  policySpans,
} from '../../src/policy';
import { describeEachDatabase } from '../support/databases';
import {
  COUNTY,
  enact,
  GUANGXI,
  lengthRule,
  NATION,
  type Office,
  openOffice,
  VILLAGE,
} from './office';

const at = (date: string, region = VILLAGE) => ({ region, date: businessDate(date) });

describeEachDatabase('a rule as of a date', (open) => {
  let office: Office;
  const sql = () => office.county.platform.db.reader();

  beforeAll(async () => {
    office = await openOffice(open);
    const { county } = office;
    await loadPolicyFiles(county.platform, {
      parameters: ['calendar.year', 'rates.benchmark', 'rates.lpr'],
    });
    const nation = {
      ...office,
      drafter: county.actor({ permissions: ['policy.propose'], region: NATION }),
      approver: county.actor({ permissions: ['policy.confirm'], region: NATION }),
    };
    await enact(
      office,
      { region: NATION, effectiveFrom: '2014-12-01', value: { lengthDays: 7 } },
      nation,
    );
    await enact(office, {
      effectiveFrom: '2018-01-01',
      effectiveTo: '2018-12-31',
      provisional: true,
    });
    await enact(office, { effectiveFrom: '2018-07-01', value: { lengthDays: 6, names: ['甲'] } });
  });

  const failure = async (attempt: Promise<unknown>): Promise<Problem> =>
    attempt.then(
      () => Promise.reject(new Error('expected a problem')),
      (error: Problem) => error,
    );

  test.each([
    ['2017-12-31', 7, NATION, '2014-12-01', null],
    ['2018-01-01', 5, COUNTY, '2018-01-01', '2018-06-30'],
    ['2018-06-30', 5, COUNTY, '2018-01-01', '2018-06-30'],
    ['2018-07-01', 6, COUNTY, '2018-07-01', null],
    ['2030-01-01', 6, COUNTY, '2018-07-01', null],
  ])('on %s', async (date, lengthDays, region, effectiveFrom, effectiveTo) => {
    const rule = await policyAsOf(sql(), lengthRule, at(date));
    expect(rule).toMatchObject({ value: { lengthDays }, region, effectiveFrom, effectiveTo });
    expect(rule.rowId).toMatch(/^[0-9A-Z]{26}$/);
    expect(rule.source).toContain('2018-03-01');
    expect(rule.provisional).toBe(date.startsWith('2018-0') && lengthDays === 5);
  });

  test('is shared and cannot be changed by its reader', async () => {
    const { value } = await policyAsOf(sql(), lengthRule, at('2018-07-01'));
    expect(() => value.names!.push('乙')).toThrow(TypeError);
    expect(Object.isFrozen(value)).toBe(true);
  });

  test('that nobody laid down is refused with parameter, place, date and remedy', async () => {
    const problem = await failure(policyAsOf(sql(), lengthRule, at('2014-11-30')));
    expect(problem.code).toBe('policy.no-row-in-force');
    expect(problem.info.detail).toBe(
      `“玩具期限”(toys.length)在地区 ${VILLAGE} 于 2014-11-30 没有生效的规定；其后最早的规定自 2014-12-01 起`,
    );
    expect(problem.advice).toContain('另一人确认');
  });

  test('over days is cut where it changes, and refused where there is none', async () => {
    const days = (from: string, until: string) => ({
      region: VILLAGE,
      from: businessDate(from),
      untilExclusive: businessDate(until),
    });
    const spans = await policySpans(sql(), lengthRule, days('2017-12-21', '2018-07-21'));
    expect(
      spans.map((span) => [span.from, span.untilExclusive, span.row.value.lengthDays]),
    ).toEqual([
      ['2017-12-21', '2018-01-01', 7],
      ['2018-01-01', '2018-07-01', 5],
      ['2018-07-01', '2018-07-21', 6],
    ]);
    const problem = await failure(policySpans(sql(), lengthRule, days('2014-11-01', '2015-01-01')));
    expect(problem.info.extra).toMatchObject({ date: '2014-11-01' });
  });

  test('reads the published rates', async () => {
    const benchmark = await benchmarkOn(sql(), businessDate('2018-06-20'));
    expect(benchmark.value).toEqual({ upTo1yPpm: 43_500, from1To5yPpm: 47_500 });
    const before = await benchmarkOn(sql(), businessDate('2015-10-23'));
    expect(before).toMatchObject({ value: { from1To5yPpm: 50_000 }, effectiveTo: '2015-10-23' });
    const lpr = await lprOn(sql(), businessDate('2019-08-20'));
    expect(lpr.value).toEqual({ lpr1yPpm: 42_500, lpr5yPpm: 48_500 });
  });

  test('refuses a rate before the first was published', async () => {
    const lpr = await failure(lprOn(sql(), businessDate('2019-08-19')));
    expect(lpr.code).toBe('policy.no-row-in-force');
    expect(lpr.info.detail).toContain('贷款市场报价利率');
    expect(lpr.info.detail).toContain('2019-08-20');
    const benchmark = await failure(benchmarkOn(sql(), businessDate('2012-07-05')));
    expect(benchmark.code).toBe('policy.no-row-in-force');
  });

  test('knows the working days, and refuses a year without a notice', async () => {
    const dates = ['2017-12-29', '2018-01-10'].map(businessDate) as [never, never];
    const calendar = await calendarFor(sql(), ...dates);
    expect(calendar.nextWorkingDay(businessDate('2017-12-30'))).toBe('2018-01-02');
    const problem = await failure(calendarFor(sql(), businessDate('2013-12-31'), dates[1]));
    expect(problem.code).toBe('policy.calendar-unknown');
    expect(problem.info.detail).toBe('2013 年');
  });

  test('takes the calendar of the place, and the latest of the year', async () => {
    const { county } = office;
    const guangxi = {
      ...office,
      drafter: county.actor({ permissions: ['policy.propose'], region: GUANGXI }),
      approver: county.actor({ permissions: ['policy.confirm'], region: GUANGXI }),
    };
    const off = (date: string) => ({ date, kind: 'off', name: '三月三' });
    const calendar = (from: string, days: object[]) => ({
      parameter: 'calendar.year',
      region: GUANGXI,
      effectiveFrom: from,
      effectiveTo: '2018-12-31',
      value: { year: 2018, days },
    });
    await enact(office, calendar('2018-01-01', [off('2018-04-18')]), guangxi);
    await enact(office, calendar('2018-02-01', [off('2018-04-18'), off('2018-04-19')]), guangxi);
    const day = businessDate('2018-04-18');
    expect((await calendarFor(sql(), day, day)).isWorkingDay(day)).toBe(true);
    const here = await calendarFor(sql(), day, day, VILLAGE);
    expect(here.nextWorkingDay(day)).toBe('2018-04-20');
  });

  test('stops when a row in force was changed behind its back', async () => {
    const rowId = await enact(office, { effectiveFrom: '2025-01-01', value: { lengthDays: 9 } });
    await county().system((work) =>
      work.tx.exec('UPDATE policy_row SET value = :value WHERE id = :rowId', {
        rowId,
        value: '{"lengthDays":90}',
      }),
    );
    const attempt = policyAsOf(sql(), lengthRule, at('2025-01-01'));
    await expect(attempt).rejects.toThrow('was changed after it came into force');
  });
  const county = () => office.county;
});
