/** 变更户主: one head on every day, and the relations told anew. */
import { headOn, householdFor, membersOn } from '../../src/households';
import { changeHead } from '../../src/households/change-head';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, editor, openRegister, refusedUnchanged } from './register';

describeEachDatabase('Changing the head', (open) => {
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
    source: '户主变更申请',
    memberId: one.memberIds[1],
    fromOn: '2018-02-01',
    relations: [{ memberId: one.headId, relation: 'SPOUSE' }],
    ...changes,
  });
  const sql = () => county.platform.db.reader();

  test('another member heads the household from that day on', async () => {
    const done = await county.do(editor(county), changeHead, form());
    expect(done).toMatchObject({ version: 2, headMemberId: one.memberIds[1] });
    const head = async (date: string) =>
      (await headOn(sql(), one.householdId, businessDate(date)))?.id ?? null;
    expect(await head('2015-12-31')).toBeNull();
    expect(await head('2018-01-31')).toBe(one.headId);
    expect(await head('2018-02-01')).toBe(one.memberIds[1]);
    expect(await householdFor(sql(), one.householdId)).toMatchObject({
      headName: `廖秀英${one.n}`,
      headMemberId: one.memberIds[1],
    });
    const members = await membersOn(sql(), one.householdId, businessDate('2018-03-01'));
    expect(members.map(({ id, relation }) => [id, relation])).toEqual([
      [one.memberIds[1], 'HEAD'],
      [one.headId, 'SPOUSE'],
    ]);
  });

  test.each([
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
    ['before the present head', { fromOn: '2016-01-01' }, 'households.period-overlap'],
    ['without the relations of the others', { relations: [] }, 'households.relations-incomplete'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['to a stranger', { memberId: '0'.repeat(26) }, 'households.not-of-household'],
  ])('a change %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), changeHead, form(changes))).toBe(code);
  });

  test('to the present head, without permission or from elsewhere it is refused', async () => {
    const refused = (actor: Parameters<typeof refusedUnchanged>[1], changes: object = {}) =>
      refusedUnchanged(county, actor, changeHead, form(changes));
    expect(await refused(editor(county), { memberId: one.headId })).toBe(
      'households.head-unchanged',
    );
    expect(await refused(county.actor({ permissions: ['households.register'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });
});
