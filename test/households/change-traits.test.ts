/** 变更成员情况: known from a day on, unknown before; what a form leaves out stays. */
import { membersOn, workersOf } from '../../src/households';
import { changeTraits } from '../../src/households/change-traits';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, editor, openRegister, refusedUnchanged } from './register';

describeEachDatabase('Changing what is known of a member', (open) => {
  let county: County;
  let one: Awaited<ReturnType<typeof aHousehold>>;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    one = await aHousehold(county);
  });

  const form = (changes: object = {}) => ({
    householdId: one.householdId,
    version: 1,
    source: '入户调查',
    memberId: one.headId,
    fromOn: '2018-01-01',
    labour: 'ORDINARY',
    ...changes,
  });
  const headOn = async (date: string) => {
    const sql = county.platform.db.reader();
    const [head] = await membersOn(sql, one.householdId, businessDate(date));
    return head;
  };

  test('each part has its value on each day', async () => {
    await county.do(editor(county), changeTraits, form({ health: 'HEALTHY', skills: '砌砖' }));
    const later = form({ version: 2, fromOn: '2018-02-01', labour: 'LOST', health: null });
    const done = await county.do(editor(county), changeTraits, later);
    expect(done).toMatchObject({ version: 3, fields: ['health', 'labour'] });
    const known = { skills: '砌砖', workingAway: null, publicEmployee: null };
    expect(await headOn('2017-12-31')).toMatchObject({ ...known, skills: null, labour: null });
    expect(await headOn('2018-01-01')).toMatchObject({
      ...{ ...known, health: 'HEALTHY', labour: 'ORDINARY' },
    });
    expect(await headOn('2018-02-01')).toMatchObject({ ...known, health: null, labour: 'LOST' });
  });

  test('the hands of a household: unknown is not none', async () => {
    const sql = county.platform.db.reader();
    const workers = async (date: string) =>
      (await workersOf(sql, [one.householdId], businessDate(date))).get(one.householdId);
    await county.do(editor(county), changeTraits, form());
    expect(await workers('2018-01-01')).toEqual({
      ...{ able: 1, weak: 0, unknown: 1, ableWorkers: null },
    });
    const spouse = form({ version: 2, memberId: one.memberIds[1], labour: 'WEAK' });
    await county.do(editor(county), changeTraits, spouse);
    expect(await workers('2018-01-01')).toEqual({
      ...{ able: 1, weak: 1, unknown: 0, ableWorkers: 1 },
    });
  });

  test.each([
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
    ['before the person came', { fromOn: '2015-01-01' }, 'households.not-of-household'],
    ['of nothing', { labour: undefined }, 'households.nothing-changed'],
    ['to an unknown word', { labour: 'STRONG' }, 'platform.invalid-input'],
    ['of an older version', { version: 0 }, 'platform.stale'],
  ])('a change %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), changeTraits, form(changes))).toBe(code);
  });

  test('from the day of what stands, without permission or from elsewhere it is refused', async () => {
    await county.do(editor(county), changeTraits, form());
    const again = form({ version: 2, labour: 'WEAK' });
    const refused = (actor: Parameters<typeof refusedUnchanged>[1]) =>
      refusedUnchanged(county, actor, changeTraits, again);
    expect(await refused(editor(county))).toBe('households.period-overlap');
    expect(await refused(county.actor({ permissions: [] }))).toBe('platform.not-permitted');
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });
});
