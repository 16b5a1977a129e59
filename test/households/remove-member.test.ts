/** 成员离户: the last day, the reason, and the head who must be succeeded. */
import { headOn, householdOf, membersOn } from '../../src/households';
import { addMember } from '../../src/households/add-member';
import { changeHead } from '../../src/households/change-head';
import { removeMember } from '../../src/households/remove-member';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, editor, idNumber, openRegister, refusedUnchanged } from './register';

describeEachDatabase('A member who leaves', (open) => {
  let county: County;
  let one: Awaited<ReturnType<typeof aHousehold>>;
  let spouseId: string;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    one = await aHousehold(county);
    spouseId = one.memberIds[1] as string;
  });

  const form = (changes: object = {}) => ({
    householdId: one.householdId,
    version: 1,
    source: '户籍证明',
    memberId: spouseId,
    leftOn: '2018-02-10',
    reason: 'DIVORCED',
    ...changes,
  });
  const newHead = () => ({ memberId: spouseId, relations: [] });
  const sql = () => county.platform.db.reader();
  const there = async (date: string) =>
    (await membersOn(sql(), one.householdId, businessDate(date))).map((member) => member.id);

  test('belongs to the household up to that day and keeps the row', async () => {
    expect(await county.do(editor(county), removeMember, form())).toEqual({
      householdId: one.householdId,
      version: 2,
    });
    expect(await there('2018-02-10')).toEqual([one.headId, spouseId]);
    expect(await there('2018-02-11')).toEqual([one.headId]);
    expect(await householdOf(sql(), spouseId, businessDate('2018-02-10'))).toBe(one.householdId);
    expect(await householdOf(sql(), spouseId, businessDate('2018-02-11'))).toBeNull();
  });

  test('may join another household from the next day on, and on no day stands in two', async () => {
    await county.do(editor(county), removeMember, form());
    const other = await aHousehold(county);
    const member = {
      ...{ name: '廖秀英', relation: 'SIBLING', idNumber: idNumber(2 * one.n, '19800202') },
    };
    const joining = (joinedOn: string) => ({
      ...{ householdId: other.householdId, version: 1, source: '户籍证明', member, joinedOn },
    });
    expect(await refusedUnchanged(county, editor(county), addMember, joining('2018-02-10'))).toBe(
      'households.person-elsewhere',
    );
    await county.do(editor(county), addMember, joining('2018-02-11'));
    expect(await householdOf(sql(), spouseId, businessDate('2018-02-11'))).toBe(other.householdId);
  });

  test('a death is written with its day', async () => {
    await county.do(editor(county), removeMember, form({ reason: 'DIED' }));
    const rows = await sql().rows(
      `SELECT left_on, left_reason, deceased_on, current_index FROM household_member
        WHERE id = :spouseId`,
      { spouseId },
    );
    expect(rows).toEqual([
      {
        left_on: '2018-02-10',
        left_reason: 'DIED',
        deceased_on: '2018-02-10',
        current_index: null,
      },
    ]);
  });

  test('a head is succeeded in the same act, from the last day on', async () => {
    const leaving = form({ memberId: one.headId, reason: 'DIED', newHead: newHead() });
    await county.do(editor(county), removeMember, leaving);
    const head = async (date: string) =>
      (await headOn(sql(), one.householdId, businessDate(date)))?.id;
    expect(await head('2018-02-09')).toBe(one.headId);
    expect(await head('2018-02-10')).toBe(spouseId);
    const [household] = await sql().rows(
      'SELECT head_member_id, head_name, head_initials FROM household WHERE id = :id',
      { id: one.householdId },
    );
    expect(household).toEqual({
      head_member_id: spouseId,
      head_name: `廖秀英${one.n}`,
      head_initials: 'lxy',
    });
  });

  test('the last member may leave and stays the head on record', async () => {
    await county.do(editor(county), removeMember, form());
    const last = form({ memberId: one.headId, version: 2, leftOn: '2018-02-20', reason: 'DIED' });
    await county.do(editor(county), removeMember, last);
    expect(await there('2018-02-21')).toEqual([]);
    expect((await headOn(sql(), one.householdId, businessDate('2018-03-01')))?.id).toBe(one.headId);
  });

  test('nobody leaves before the day up to which she was head', async () => {
    const made = {
      ...{ householdId: one.householdId, version: 1, source: '户籍证明', memberId: spouseId },
      fromOn: '2018-02-20',
      relations: [{ memberId: one.headId, relation: 'SPOUSE' }],
    };
    await county.do(editor(county), changeHead, made);
    const leaving = (leftOn: string) => form({ memberId: one.headId, version: 2, leftOn });
    expect(
      await refusedUnchanged(county, editor(county), removeMember, leaving('2018-02-18')),
    ).toBe('households.left-before-joined');
    await county.do(editor(county), removeMember, leaving('2018-02-19'));
  });

  test.each([
    ['in the future', { leftOn: '2018-03-02' }, 'households.day-in-future'],
    ['before joining', { leftOn: '2015-12-31' }, 'households.left-before-joined'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['for a reason of another act', { reason: 'MERGED' }, 'platform.invalid-input'],
    ['of an unknown member', { memberId: '0'.repeat(26) }, 'households.member-absent'],
  ])('a leaving %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), removeMember, form(changes))).toBe(code);
  });

  test('a head without a successor, and a second leaving, are refused', async () => {
    const leaving = form({ memberId: one.headId });
    expect(await refusedUnchanged(county, editor(county), removeMember, leaving)).toBe(
      'households.head-leaving',
    );
    await county.do(editor(county), removeMember, form());
    const again = form({ version: 2 });
    expect(await refusedUnchanged(county, editor(county), removeMember, again)).toBe(
      'households.member-left',
    );
  });

  test('a member of another household is absent; permission and region are asked', async () => {
    const other = await aHousehold(county);
    const refused = (actor: Parameters<typeof refusedUnchanged>[1], changes: object = {}) =>
      refusedUnchanged(county, actor, removeMember, form(changes));
    expect(await refused(editor(county), { memberId: other.memberIds[1] })).toBe(
      'households.member-absent',
    );
    expect(await refused(county.actor({ permissions: ['households.read'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });

  test('of two officers who edit one household at once, one is stale', async () => {
    const results = await Promise.allSettled(
      ['MARRIED', 'OTHER'].map((reason) =>
        county.do(editor(county), removeMember, form({ reason })),
      ),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(['platform.stale', 'households.member-left']).toContain(lost[0]?.reason.code);
  });
});
