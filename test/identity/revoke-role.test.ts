/** Taking roles away: it acts at once, never on oneself, and leaves one administrator of each kind. */
import { grantRole, revokeRole } from '../../src/identity';
import { type Actor } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Taking a role away', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  const revoke = (userId: string, role: string, version: number, actor: Actor = office.roles) =>
    office.do(actor, revokeRole, { userId, role, version });

  test('when it is done, then the permission is gone at the next request and another kind may follow', async () => {
    const user = await office.user('mover', 'system-administrator', AT.county, 'administration');
    const { sessionToken } = await office.enter(user.login, user.password);
    const answer = await revoke(user.userId, 'system-administrator', user.version);
    expect(answer).toMatchObject({ roles: [] });
    const signedIn = await office.authority.bySession(sessionToken, office.clock.now());
    expect(signedIn?.actor.permissions.size).toBe(0);
    const next = { userId: user.userId, role: 'security-administrator', version: answer.version };
    expect(await office.do(office.roles, grantRole, next)).toMatchObject({
      roles: ['security-administrator'],
    });
  });

  test('when one of two roles goes, then the kind stays', async () => {
    const user = await office.user('two', 'county-officer');
    const role = 'county-approver';
    const more = { userId: user.userId, role, version: user.version };
    const { version } = await office.do(office.roles, grantRole, more);
    const after = await revoke(user.userId, 'county-officer', version);
    expect(after.roles).toEqual(['county-approver']);
    const inspector = { userId: user.userId, role: 'discipline-inspector', version: after.version };
    expect(await office.refusal(office.do(office.roles, grantRole, inspector))).toBe(
      'identity.role-kind-mixed',
    );
  });

  test('what is refused changes nothing', async () => {
    const user = await office.user('holder', 'county-officer');
    const far = office.actor({ permissions: ['identity.manage-roles'], region: AT.otherCounty });
    const before = await office.snapshot(...TABLES);
    const cases: [Promise<unknown>, string][] = [
      [revoke(office.roles.id, 'security-administrator', 2), 'identity.own-role'],
      [revoke(office.users.id, 'system-administrator', 2), 'identity.last-administrator'],
      [revoke(user.userId, 'county-approver', user.version), 'identity.role-not-held'],
      [revoke(user.userId, 'county-officer', 1), 'platform.stale'],
      [revoke(user.userId, 'county-officer', 2, office.users), 'platform.not-permitted'],
      [revoke(user.userId, 'county-officer', 2, far), 'platform.absent'],
    ];
    for (const [attempt, code] of cases) expect(await office.refusal(attempt)).toBe(code);
    expect(await office.snapshot(...TABLES)).toBe(before);
  });
});
