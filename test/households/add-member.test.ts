/** 增加家庭成员: who may join, from which day, and that nobody stands in two households. */
import { membersOn } from '../../src/households';
import { addMember } from '../../src/households/add-member';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, another, editor, idNumber, openRegister, refusedUnchanged } from './register';

describeEachDatabase('Adding a member', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const person = (changes: object = {}) => ({
    name: '韦小强',
    relation: 'SON',
    idNumber: idNumber(2 * another() + 401, '20050505'),
    ...changes,
  });
  const form = (changes: object = {}) => ({
    householdId,
    version: 1,
    source: '出生医学证明',
    member: person(),
    joinedOn: '2018-02-01',
    ...changes,
  });
  const there = async (date: string) =>
    (await membersOn(county.platform.db.reader(), householdId, businessDate(date))).map(
      (member) => member.relation,
    );

  test('the person belongs to the household from that day on, with what is known', async () => {
    const traits = { health: 'HEALTHY', labour: 'NONE', publicEmployee: false };
    const done = await county.do(editor(county), addMember, form({ traits }));
    expect(done).toMatchObject({ householdId, version: 2, notes: [] });
    expect(await there('2018-01-31')).toEqual(['HEAD', 'SPOUSE']);
    expect(await there('2018-02-01')).toEqual(['HEAD', 'SPOUSE', 'SON']);
    const sql = county.platform.db.reader();
    const [, , son] = await membersOn(sql, householdId, businessDate('2018-02-01'));
    expect(son).toMatchObject({
      ...{ id: done.memberId, age: 12, joinedOn: '2018-02-01', leftOn: null },
      ...{ health: 'HEALTHY', labour: 'NONE', publicEmployee: false, skills: null },
    });
  });

  test('the edit is noted, without a number in the clear', async () => {
    const given = person();
    await county.do(editor(county), addMember, form({ member: given }));
    const everything = await county.snapshot('household_edit', 'audit_entry', 'idempotency');
    expect(everything).toContain('households.add-member');
    expect(everything).not.toContain(given.idNumber);
  });

  test.each([
    ['in the future', { joinedOn: '2018-03-02' }, 'households.day-in-future'],
    ['before the birth', { joinedOn: '2005-05-04' }, 'households.joined-before-birth'],
    ['before the household', { joinedOn: '2015-12-31' }, 'households.joined-before-birth'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['of an unknown household', { householdId: '0'.repeat(26) }, 'households.household-absent'],
  ])('one %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), addMember, form(changes))).toBe(code);
  });

  test('a second head and a wrong number are refused', async () => {
    const refused = (member: object) =>
      refusedUnchanged(county, editor(county), addMember, form({ member: person(member) }));
    expect(await refused({ relation: 'HEAD' })).toBe('households.head-not-single');
    expect(await refused({ idNumber: '450328200505054018' })).toBe('households.member-invalid');
  });

  test('who belongs to another household, or to this one, is refused', async () => {
    const other = await aHousehold(county);
    const member = person({ idNumber: idNumber(2 * other.n + 1), relation: 'SIBLING' });
    const refused = () => refusedUnchanged(county, editor(county), addMember, form({ member }));
    expect(await refused()).toBe('households.person-elsewhere');
    const own = { ...form({ member }), householdId: other.householdId };
    expect(await refusedUnchanged(county, editor(county), addMember, own)).toBe(
      'households.person-elsewhere',
    );
  });

  test('without permission or from elsewhere it is refused', async () => {
    const reader = county.actor({ permissions: ['households.read'] });
    expect(await refusedUnchanged(county, reader, addMember, form())).toBe(
      'platform.not-permitted',
    );
    const foreign = editor(county, '450226000000');
    expect(await refusedUnchanged(county, foreign, addMember, form())).toBe('platform.absent');
  });

  test('of two households that take one person at once, one wins', async () => {
    const member = person({ relation: 'OTHER' });
    const { householdId: otherId } = await aHousehold(county);
    const results = await Promise.allSettled(
      [householdId, otherId].map((id) =>
        county.do(editor(county), addMember, form({ householdId: id, member })),
      ),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['households.person-elsewhere']);
  });
});
