/** 分户: some members form a household of their own, where and as what the old one stands. */
import { headOn, membersOn, placeOn, statusOn } from '../../src/households';
import { addMember } from '../../src/households/add-member';
import { splitHousehold } from '../../src/households/split-household';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  another,
  editor,
  idNumber,
  openRegister,
  refusedUnchanged,
  VILLAGE,
} from './register';

describeEachDatabase('Splitting a household', (open) => {
  let county: County;
  let one: Awaited<ReturnType<typeof aHousehold>>;
  let sonId: string;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    one = await aHousehold(county);
    const done = await county.do(editor(county), addMember, {
      ...{ householdId: one.householdId, version: 1, source: '补登', joinedOn: '2016-01-01' },
      member: {
        ...{ name: '韦小强', relation: 'SON', idNumber: idNumber(2 * another() + 1, '19950505') },
      },
    });
    sonId = done.memberId;
  });

  const form = (changes: object = {}) => ({
    householdId: one.householdId,
    version: 2,
    source: '分户申请',
    code: `4503281009${String(another()).padStart(4, '0')}`,
    headId: sonId,
    relations: [],
    fromOn: '2018-02-01',
    ...changes,
  });
  const sql = () => county.platform.db.reader();
  const count = async (id: string, date: string) =>
    (await membersOn(sql(), id, businessDate(date))).length;

  test('those who go belong to the new household from that day on', async () => {
    const done = await county.do(editor(county), splitHousehold, form());
    const id = done.newHouseholdId;
    expect(done.version).toBe(3);
    expect([await count(one.householdId, '2018-01-31'), await count(id, '2018-01-31')]).toEqual([
      3, 0,
    ]);
    expect([await count(one.householdId, '2018-02-01'), await count(id, '2018-02-01')]).toEqual([
      2, 1,
    ]);
    const day = businessDate('2018-02-01');
    expect(await headOn(sql(), id, day)).toMatchObject({ name: '韦小强', relation: 'HEAD' });
    expect(await placeOn(sql(), id, day)).toBe(VILLAGE);
    expect((await statusOn(sql(), id, day))?.status).toBe('REGISTERED_POOR');
    expect(await statusOn(sql(), id, businessDate('2018-01-31'))).toBeNull();
  });

  test.each([
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
    ['before the first day', { fromOn: '2015-06-01' }, 'households.left-before-joined'],
    ['of an older version', { version: 1 }, 'platform.stale'],
    ['of a stranger', { headId: '0'.repeat(26) }, 'households.not-of-household'],
  ])('a split %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), splitHousehold, form(changes))).toBe(
      code,
    );
  });

  test('the head stays; a code is used once; permission and region are asked', async () => {
    const other = await aHousehold(county);
    const refused = (actor: Parameters<typeof refusedUnchanged>[1], changes: object = {}) =>
      refusedUnchanged(county, actor, splitHousehold, form(changes));
    expect(await refused(editor(county), { headId: one.headId })).toBe('households.head-leaving');
    expect(await refused(editor(county), { code: other.code })).toBe('households.code-taken');
    expect(await refused(county.actor({ permissions: ['households.edit'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });
});
