/** 更正成员信息: what was written down wrongly is put right, and the former form is kept masked. */
import { householdFor, memberFor } from '../../src/households';
import { correctMember } from '../../src/households/correct-member';
import { findByIdNumber } from '../../src/households/find-by-id-number';
import { revealMember } from '../../src/households/reveal-member';
import { setSubsidyAccount } from '../../src/households/set-subsidy-account';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  another,
  editor,
  idNumber,
  openRegister,
  refusedUnchanged,
  registrar,
} from './register';

describeEachDatabase('Correcting a member', (open) => {
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
    source: '身份证复印件',
    memberId: one.headId,
    ...changes,
  });
  const sql = () => county.platform.db.reader();
  const fresh = () => idNumber(2 * another() + 1, '19770707');

  test('a name: the household is found under it', async () => {
    await county.do(editor(county), correctMember, form({ name: '覃大明' }));
    expect((await householdFor(sql(), one.householdId)).headName).toBe('覃大明');
    const rows = await sql().rows('SELECT initials FROM household_member WHERE id = :id', {
      id: one.headId,
    });
    expect(rows).toEqual([{ initials: 'qdm' }]);
  });

  test('an ID number: birth date and sex follow, the person is found by the new one only', async () => {
    const right = fresh();
    const done = await county.do(editor(county), correctMember, form({ idNumber: right }));
    expect(done).toMatchObject({ version: 2, fields: ['identity'] });
    expect(await memberFor(sql(), one.headId)).toMatchObject({ birthDate: '1977-07-07' });
    const found = async (number: string) => {
      const asked = { idNumber: number };
      return (await county.do(registrar(county), findByIdNumber, asked)).items.length;
    };
    expect(await found(right)).toBe(1);
    expect(await found(idNumber(2 * one.n + 1))).toBe(0);
    const [edit] = await sql().rows<{ detail: string }>(
      `SELECT detail FROM household_edit WHERE household_id = :id AND act = 'households.correct-member'`,
      { id: one.householdId },
    );
    expect(edit?.detail).toMatch(/^450328\*{8}\d{3}[\dX] → 450328\*{8}\d{3}[\dX]$/);
    const everything = await county.snapshot('audit_entry', 'idempotency', 'household_edit');
    expect(everything).not.toContain(right);
  });

  test('phone and account: given anew, or emptied; the subsidy is no longer paid there', async () => {
    await county.do(editor(county), setSubsidyAccount, form());
    const facts = { phone: '13907730001', account: '' };
    await county.do(editor(county), correctMember, form({ version: 2, ...facts }));
    const inspector = county.actor({ permissions: ['households.reveal'] });
    const clear = await county.do(inspector, revealMember, {
      memberId: one.headId,
      reason: '核对号码',
    });
    expect(clear).toMatchObject({ phone: '13907730001', account: null });
    const [household] = await sql().rows(
      'SELECT subsidy_member_id AS named FROM household WHERE id = :id',
      { id: one.householdId },
    );
    expect(household).toEqual({ named: null });
  });

  test.each([
    ['of nothing', {}, 'households.nothing-changed'],
    ['to a number that cannot be', { idNumber: '123' }, 'households.member-invalid'],
    ['to a phone that cannot be', { phone: '123' }, 'households.member-invalid'],
    ['of an older version', { version: 0, name: '韦甲' }, 'platform.stale'],
    ['to a second head', { relation: 'HEAD' }, 'platform.invalid-input'],
  ])('a correction %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), correctMember, form(changes))).toBe(code);
  });

  test('the number of a person elsewhere, no permission, another region: refused', async () => {
    const other = await aHousehold(county);
    const refused = (actor: Parameters<typeof refusedUnchanged>[1], changes: object) =>
      refusedUnchanged(county, actor, correctMember, form(changes));
    expect(await refused(editor(county), { idNumber: idNumber(2 * other.n + 1) })).toBe(
      'households.person-elsewhere',
    );
    expect(await refused(county.actor({ permissions: [] }), { name: '韦甲' })).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'), { name: '韦甲' })).toBe('platform.absent');
  });
});
