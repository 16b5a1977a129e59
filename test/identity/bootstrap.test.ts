/** The first two administrators: two people, once, with passwords that are told once and must be changed. */
import { bootstrap, identityRoutes } from '../../src/identity';
import { setUpCounty } from '../../src/identity/bootstrap';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

describeEachDatabase('Setting up the administrators', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  const input = {
    systemAdministrator: { login: 'other1', name: '另一人' },
    securityAdministrator: { login: 'other2', name: '又一人' },
    county: AT.county,
  };

  test('when the service is empty, then two people hold one administrator role each', async () => {
    expect(office.users).toMatchObject({ roles: ['system-administrator'], region: AT.county });
    expect(office.roles).toMatchObject({ roles: ['security-administrator'], region: AT.county });
    expect(office.users.id).not.toBe(office.roles.id);
    expect(office.users.organisation?.kind).toBe('administration');
  });

  test('when they sign in with the first password, then it must be changed first', async () => {
    const { login, firstPassword } = office.administrators.systemAdministrator;
    const entered = await office.enter(login, firstPassword);
    expect(entered).toMatchObject({ user: { mustChangePassword: true } });
  });

  test('when there are users already, then it is refused and nothing is changed', async () => {
    const before = await office.snapshot(...TABLES);
    expect(await office.refusal(bootstrap(office.platform, input))).toBe('identity.already-set-up');
    expect(await office.snapshot(...TABLES)).toBe(before);
  });

  test('when anybody but the system tries, then it is refused: no role holds the permission', async () => {
    expect(await office.refusal(office.do(office.users, setUpCounty, input))).toBe(
      'platform.not-permitted',
    );
    const routed = identityRoutes.some((route) => 'act' in route && route.act === setUpCounty);
    expect(routed).toBe(false);
  });

  test('when the place is no county, then it is refused', async () => {
    const attempt = office.do(SYSTEM_ACTOR, setUpCounty, { ...input, county: AT.township });
    expect(await office.refusal(attempt)).toBe('identity.region-unknown');
  });

  test('the first passwords stand neither in the audit nor in the tables', async () => {
    const all = await office.snapshot(...TABLES, 'audit_entry', 'idempotency');
    expect(all).toContain('sysadmin');
    for (const { firstPassword } of Object.values(office.administrators)) {
      expect(all).not.toContain(firstPassword);
    }
  });
});
