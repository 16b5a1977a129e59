/** Resetting a password: a new first one, the old sessions dead, never a way to the roles. */
import { resetPassword } from '../../src/identity';
import { type Actor, SYSTEM_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Resetting a password', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  const reset = (userId: string, version: number, actor: Actor = office.users) =>
    office.do(actor, resetPassword, { userId, reason: '本人忘记密码', version });

  test('when it is done, then the old password and the sessions are dead, and the new one must be changed', async () => {
    const user = await office.user('forgetful', 'county-officer');
    const { sessionToken } = await office.enter(user.login, user.password);
    const { firstPassword } = await reset(user.userId, user.version);
    expect(firstPassword).not.toBe(user.password);
    expect(await office.authority.bySession(sessionToken, office.clock.now())).toBeNull();
    expect((await office.refusedEntry(user.login, user.password)).code).toBe(
      'identity.sign-in-failed',
    );
    const entered = await office.enter(user.login, firstPassword);
    expect(entered).toMatchObject({ user: { mustChangePassword: true } });
  });

  test('when it is one’s own, then it is refused', async () => {
    expect(await office.refusal(reset(office.users.id, 2))).toBe('identity.own-account');
  });

  test('when it is a security administrator’s, then only the operator may', async () => {
    const before = await office.snapshot(...TABLES);
    expect(await office.refusal(reset(office.roles.id, 2))).toBe('identity.reset-by-operator');
    expect(await office.snapshot(...TABLES)).toBe(before);
    expect(await reset(office.roles.id, 2, SYSTEM_ACTOR)).toMatchObject({ version: 3 });
  });

  test('when the version is old, the permission missing or the county another, then it is refused', async () => {
    const user = await office.user('steady', null);
    const before = await office.snapshot(...TABLES);
    const far = office.actor({ permissions: ['identity.manage-users'], region: AT.otherCounty });
    expect(await office.refusal(reset(user.userId, 9))).toBe('platform.stale');
    expect(await office.refusal(reset(user.userId, 1, office.roles))).toBe(
      'platform.not-permitted',
    );
    expect(await office.refusal(reset(user.userId, 1, far))).toBe('platform.absent');
    expect(await office.snapshot(...TABLES)).toBe(before);
  });

  test('a program has no password to reset', async () => {
    const id = await office.system(async (work) => {
      await work.tx.exec(
        `INSERT INTO app_user (id, login, name, kind, status, region_code, organisation_id,
                               must_change_password, created_at)
         SELECT :id, 'prog', '程序', 'machine', 'active', region_code, organisation_id, 0, created_at
           FROM app_user WHERE login = 'sysadmin'`,
        { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      );
      return '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    });
    expect(await office.refusal(reset(id, 1))).toBe('identity.wrong-user-kind');
  });
});
