/** Granting roles: by another person, of one kind, where the role exists. The database refuses what the rule refuses. */
import { createUser, grantRole } from '../../src/identity';
import { type Actor } from '../../src/platform/authority';
import { isCheckViolation, isForeignKeyViolation } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Granting a role', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  const grant = (userId: string, role: string, version: number, actor: Actor = office.roles) =>
    office.do(actor, grantRole, { userId, role, version });

  test('when it is done, then the holder has its permissions at the next request', async () => {
    const user = await office.user('officer', null);
    const { sessionToken } = await office.enter(user.login, user.password);
    const permissions = async () =>
      (await office.authority.bySession(sessionToken, office.clock.now()))?.actor.permissions;
    expect((await permissions())?.size).toBe(0);
    const answer = await grant(user.userId, 'county-officer', 1);
    expect(answer).toEqual({ userId: user.userId, roles: ['county-officer'], version: 2 });
    expect((await permissions())?.has('applications.county-recheck')).toBe(true);
  });

  test('when a second role of the same kind is granted, then both hold', async () => {
    const user = await office.user('two.hats', 'county-officer');
    const answer = await grant(user.userId, 'county-approver', user.version);
    expect(answer.roles).toEqual(['county-approver', 'county-officer']);
  });

  test('when it is for oneself, then it is refused and the refusal stands in the audit', async () => {
    const before = await office.snapshot(...TABLES);
    const attempt = grant(office.roles.id, 'system-administrator', 2);
    expect(await office.refusal(attempt)).toBe('identity.own-role');
    expect(await office.snapshot(...TABLES)).toBe(before);
    const kept = await office.platform.db
      .reader()
      .one<{ n: number }>(
        "SELECT COUNT(*) AS n FROM audit_entry WHERE outcome = 'refused' AND problem = 'identity.own-role'",
      );
    expect(kept?.n).toBe(1);
  });

  test('when a kind would be mixed, then it is refused', async () => {
    const attempt = grant(office.users.id, 'security-administrator', 2);
    expect(await office.refusal(attempt)).toBe('identity.role-kind-mixed');
    const officer = await office.user('ambitious', 'county-officer');
    const inspector = grant(officer.userId, 'discipline-inspector', officer.version);
    expect(await office.refusal(inspector)).toBe('identity.role-kind-mixed');
  });

  test('when the body or the level does not fit, or the role is unknown or held, then it is refused', async () => {
    const user = await office.user('plain', 'county-officer');
    const before = await office.snapshot(...TABLES);
    const refused: [string, string][] = [
      ['bank-officer', 'identity.role-organisation'],
      ['emperor', 'identity.role-unknown'],
      ['county-officer', 'identity.role-held'],
      ['bank-system', 'identity.wrong-user-kind'],
    ];
    for (const [role, code] of refused) {
      expect(await office.refusal(grant(user.userId, role, user.version))).toBe(code);
    }
    expect(await office.snapshot(...TABLES)).toBe(before);
  });

  test('when the system administrator or a person of another county tries, then it is refused', async () => {
    const user = await office.user('wanted', null);
    const far = office.actor({ permissions: ['identity.manage-roles'], region: AT.otherCounty });
    const by = (actor: Actor) => office.refusal(grant(user.userId, 'county-officer', 1, actor));
    expect(await by(office.users)).toBe('platform.not-permitted');
    expect(await by(far)).toBe('platform.absent');
  });

  test('when two grants of different kinds run at the same moment, then one of them is refused', async () => {
    const organisationId = await office.body('administration', AT.county);
    const input = { login: 'torn', name: '两难', region: AT.county, organisationId };
    const { userId } = await office.do(office.users, createUser, input);
    const outcomes = await Promise.allSettled([
      grant(userId, 'system-administrator', 1),
      grant(userId, 'security-administrator', 1),
    ]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await office.actorOf(userId)).roles).toHaveLength(1);
  });

  test('the database itself refuses a role granted to oneself, and one of another kind', async () => {
    const user = await office.user('forged', 'county-officer');
    const insert = (role: string, kind: string, by: string) =>
      office
        .system((work) =>
          work.tx.exec(
            `INSERT INTO user_role (user_id, role_code, duty_kind, granted_by, granted_at)
             VALUES (:userId, :role, :kind, :by, 1)`,
            { userId: user.userId, role, kind, by },
          ),
        )
        .catch((error: unknown) => error);
    expect(isCheckViolation(await insert('county-approver', 'business', user.userId))).toBe(true);
    expect(isForeignKeyViolation(await insert('system-administrator', 'system', 'x'))).toBe(true);
    expect(isForeignKeyViolation(await insert('system-administrator', 'business', 'x'))).toBe(true);
  });
});
