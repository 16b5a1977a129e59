/** Loading roles: the database follows the file, and only the file. */
import { loadRoles } from '../../src/identity';
import { readRoleFile } from '../../src/identity/load-files';
import { defineRoles, loadRolesOfFile } from '../../src/identity/load-roles';
import { listRoles } from '../../src/identity/role.queries';
import { describeEachDatabase } from '../support/databases';
import { type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Loading roles', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  test('the database has the file’s roles, and a second start writes nothing', async () => {
    const { items } = await office.ask(office.roles, listRoles);
    expect(items.map((role) => role.code).sort()).toEqual(
      readRoleFile()
        .map((role) => role.code)
        .sort(),
    );
    expect(await loadRoles(office.platform)).toBe(false);
  });

  test('when a role lost a permission, then its holders lose it, and the next start brings it back', async () => {
    const user = await office.user('holder', 'county-officer');
    const roles = readRoleFile();
    const poorer = roles.map((role) =>
      role.code === 'county-officer' ? { ...role, permissions: ['loans.read'] } : role,
    );
    await office.system((work) => defineRoles(work, poorer));
    expect([...(await office.actorOf(user.userId)).permissions]).toEqual(['loans.read']);
    expect(await loadRoles(office.platform)).toBe(true);
    expect((await office.actorOf(user.userId)).permissions.size).toBeGreaterThan(10);
  });

  test('when a role is no longer in the file, then its holders keep a title without permissions', async () => {
    const user = await office.user('leftover', 'county-approver');
    const roles = readRoleFile().filter((role) => role.code !== 'county-approver');
    await office.system((work) => defineRoles(work, roles));
    const actor = await office.actorOf(user.userId);
    expect(actor.roles).toEqual(['county-approver']);
    expect(actor.permissions.size).toBe(0);
    expect(await loadRoles(office.platform)).toBe(true);
  });

  test('no person may', async () => {
    expect(await office.refusal(office.do(office.roles, loadRolesOfFile, {}))).toBe(
      'platform.not-permitted',
    );
  });
});
