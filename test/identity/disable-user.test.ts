/** Disabling a user: what lets them in dies in the same moment; the last administrator stays. */
import { createUser, disableUser, grantRole, issueToken } from '../../src/identity';
import { businessDate } from '../../src/platform/dates';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Disabling a user', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  const disable = (userId: string, version: number, actor = office.users) =>
    office.do(actor, disableUser, { userId, reason: '调离', version });

  test('when it is done, then open sessions are dead at the next request and nobody signs in again', async () => {
    const user = await office.user('leaver', 'county-officer');
    const { sessionToken } = await office.enter(user.login, user.password);
    const now = office.clock.now();
    expect((await office.authority.bySession(sessionToken, now))?.actor.id).toBe(user.userId);
    expect(await disable(user.userId, user.version)).toMatchObject({ sessionsEnded: 1 });
    expect(await office.authority.bySession(sessionToken, now)).toBeNull();
    const refusal = await office.refusedEntry(user.login, user.password);
    expect(refusal.code).toBe('identity.sign-in-failed');
  });

  test('when a program is disabled, then its tokens are revoked', async () => {
    const organisationId = await office.body('bank', AT.county);
    const input = {
      login: 'core',
      name: '核心',
      kind: 'machine',
      region: AT.county,
      organisationId,
    };
    const { userId, version } = await office.do(office.users, createUser, input);
    const { token } = await office.do(office.roles, issueToken, {
      userId,
      purpose: '还款',
      expiresOn: businessDate('2018-12-31'),
    });
    const now = office.clock.now();
    expect((await office.authority.byToken(token, now))?.id).toBe(userId);
    expect(await disable(userId, version)).toMatchObject({ tokensRevoked: 1 });
    expect(await office.authority.byToken(token, now)).toBeNull();
  });

  test('when it is one’s own account, then it is refused', async () => {
    expect(await office.refusal(disable(office.users.id, 2))).toBe('identity.own-account');
  });

  test('when it is the last security administrator, then it is refused, and allowed when there is another', async () => {
    const before = await office.snapshot(...TABLES);
    expect(await office.refusal(disable(office.roles.id, 2))).toBe('identity.last-administrator');
    expect(await office.snapshot(...TABLES)).toBe(before);
    await office.user('second', 'security-administrator', AT.county, 'administration');
    expect(await disable(office.roles.id, 2)).toMatchObject({ version: 3 });
  });

  test('when the version is old, then it is refused with the present one', async () => {
    const user = await office.user('stale.one', null);
    await expect(disable(user.userId, 7)).rejects.toMatchObject({
      code: 'platform.stale',
      info: { extra: { currentVersion: 1 } },
    });
  });

  test('when the user is of another county, unknown or disabled already, then it is refused', async () => {
    const user = await office.user('twice', null);
    const far = office.actor({ permissions: ['identity.manage-users'], region: AT.otherCounty });
    expect(await office.refusal(disable(user.userId, 1, far))).toBe('platform.absent');
    expect(await office.refusal(disable('01ARZ3NDEKTSV4RRFFQ69G5FAV', 1))).toBe(
      'identity.user-absent',
    );
    await disable(user.userId, 1);
    expect(await office.refusal(disable(user.userId, 2))).toBe('identity.user-disabled');
  });

  test('a disabled user is given no role', async () => {
    const user = await office.user('no.more', null);
    await disable(user.userId, 1);
    const second = office.actor({ permissions: ['identity.manage-roles'] });
    const attempt = office.do(second, grantRole, {
      userId: user.userId,
      role: 'county-officer',
      version: 2,
    });
    expect(await office.refusal(attempt)).toBe('identity.user-disabled');
  });
});
