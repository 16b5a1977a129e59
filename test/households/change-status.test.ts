/** 变更身份类别: periods follow one another without gap or overlap, and every day has one answer. */

import { statusOn } from '../../src/households';
import { changeStatus } from '../../src/households/change-status';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, openRegister, refusedByDatabase } from './register';

describeEachDatabase('Changing the status of a household', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const officer = (region?: string) =>
    county.actor({ permissions: ['households.change-status'], ...(region ? { region } : {}) });
  const form = (changes: object = {}) => ({
    householdId,
    version: 1,
    status: 'OUT_OF_POVERTY',
    fromOn: '2018-01-01',
    source: '龙胜县脱贫公告2017年第1号',
    ...changes,
  });
  const on = async (date: string) =>
    (await statusOn(county.platform.db.reader(), householdId, businessDate(date)))?.status ?? null;

  const refused = async (input: object, actor = officer()) => {
    const before = await county.snapshot('household', 'household_status');
    const code = await county.refusal(county.do(actor, changeStatus, input));
    expect(await county.snapshot('household', 'household_status')).toBe(before);
    return code;
  };

  test('the period before ends on the day before; every day has one answer', async () => {
    expect(await county.do(officer(), changeStatus, form())).toEqual({
      householdId,
      status: 'OUT_OF_POVERTY',
      statusName: '脱贫户',
      fromOn: '2018-01-01',
      version: 2,
    });
    expect(await on('2015-12-31')).toBeNull();
    expect(await on('2016-01-01')).toBe('REGISTERED_POOR');
    expect(await on('2017-12-31')).toBe('REGISTERED_POOR');
    expect(await on('2018-01-01')).toBe('OUT_OF_POVERTY');
    expect(await on('2030-01-01')).toBe('OUT_OF_POVERTY');
  });

  test('a household may leave the list and come back', async () => {
    await county.do(officer(), changeStatus, form({ status: 'REMOVED', fromOn: '2017-01-01' }));
    await county.do(officer(), changeStatus, form({ status: 'MARGINAL', version: 2 }));
    expect(await on('2017-06-01')).toBe('REMOVED');
    expect(await on('2018-03-01')).toBe('MARGINAL');
  });

  test.each([
    ['in the future', { fromOn: '2018-03-02' }, 'households.status-in-future'],
    ['on the day of the present one', { fromOn: '2016-01-01' }, 'households.status-overlap'],
    ['before the present one', { fromOn: '2015-06-01' }, 'households.status-overlap'],
    ['to the present one', { status: 'REGISTERED_POOR' }, 'households.status-unchanged'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['to an unknown status', { status: 'RICH' }, 'platform.invalid-input'],
  ])('a change %s is refused', async (_, changes, code) => {
    expect(await refused(form(changes))).toBe(code);
  });

  test('without permission or from another county it is refused', async () => {
    expect(await refused(form(), county.actor({ permissions: ['households.register'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(form(), officer('450226000000'))).toBe('platform.absent');
  });

  test('an unknown household is absent', async () => {
    expect(await refused(form({ householdId: '0'.repeat(26) }))).toBe(
      'households.household-absent',
    );
  });

  test('of changes made at once from one view, one wins and the others are stale', async () => {
    const kinds = ['OUT_OF_POVERTY', 'UNSTABLE', 'MARGINAL', 'SUDDEN_HARDSHIP'];
    const results = await Promise.allSettled(
      kinds.map((status) => county.do(officer(), changeStatus, form({ status }))),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(3);
    for (const { reason } of lost) expect(reason.code).toBe('platform.stale');
    const open = await county.platform.db
      .reader()
      .rows('SELECT id FROM household_status WHERE open_key = :householdId', { householdId });
    expect(open).toHaveLength(1);
  });

  test('the database itself refuses a second open period and one that ends before it starts', async () => {
    const insert = (values: string) =>
      county.system((work) =>
        work.tx.exec(
          `INSERT INTO household_status (id, household_id, status, from_on, to_on, open_key, source,
             recorded_by, recorded_at) VALUES (:id, :householdId, 'MARGINAL', ${values}, 'x', 'y', 1)`,
          { id: work.newId(), householdId },
        ),
      );
    const refused = (values: string) => refusedByDatabase(insert(values));
    expect(await refused(`'2018-01-01', NULL, '${householdId}'`)).toBe('unique');
    expect(await refused("'2016-01-01', '2016-01-02', NULL")).toBe('unique');
    expect(await refused("'2018-01-01', '2017-12-31', NULL")).toBe('check');
    expect(await refused("'2018-01-01', NULL, NULL")).toBe('check');
  });
});
