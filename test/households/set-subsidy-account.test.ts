/** 指定补贴账户: the account of a present member who has one. */
import { removeMember } from '../../src/households/remove-member';
import { setSubsidyAccount } from '../../src/households/set-subsidy-account';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, editor, openRegister, refusedUnchanged } from './register';

describeEachDatabase('Naming the account for subsidies', (open) => {
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
    source: '存折复印件',
    memberId: one.headId,
    ...changes,
  });
  const named = async () => {
    const row = await county.platform.db
      .reader()
      .one<{ named: string | null }>(
        'SELECT subsidy_member_id AS named FROM household WHERE id = :id',
        { id: one.householdId },
      );
    return row?.named;
  };

  test('named, and taken back', async () => {
    expect(await county.do(editor(county), setSubsidyAccount, form())).toMatchObject({
      version: 2,
      accountMasked: '****7890',
    });
    expect(await named()).toBe(one.headId);
    await county.do(editor(county), setSubsidyAccount, form({ version: 2, memberId: null }));
    expect(await named()).toBeNull();
  });

  test('who leaves takes the account along', async () => {
    await county.do(editor(county), setSubsidyAccount, form());
    await county.do(editor(county), removeMember, {
      ...form({ version: 2, leftOn: '2018-02-01', reason: 'MOVED' }),
      newHead: { memberId: one.memberIds[1], relations: [] },
    });
    expect(await named()).toBeNull();
  });

  test('a member without account, a stranger, an older version, no permission: refused', async () => {
    const refused = (changes: object, actor = editor(county)) =>
      refusedUnchanged(county, actor, setSubsidyAccount, form(changes));
    expect(await refused({ memberId: one.memberIds[1] })).toBe('households.account-missing');
    expect(await refused({ memberId: '0'.repeat(26) })).toBe('households.not-of-household');
    expect(await refused({ memberId: null })).toBe('households.nothing-changed');
    expect(await refused({ version: 0 })).toBe('platform.stale');
    expect(await refused({}, county.actor({ permissions: [] }))).toBe('platform.not-permitted');
    expect(await refused({}, editor(county, '450226000000'))).toBe('platform.absent');
  });
});
