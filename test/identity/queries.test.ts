/** The screens of identity: lists within the reader's region, public lists, one's own account. */

import { readMe } from '../../src/identity/me.queries';
import { listOrganisations } from '../../src/identity/organisation.queries';
import { listRegions } from '../../src/identity/region.queries';
import { listTokens, listUsers, readUser } from '../../src/identity/user.queries';
import { NATIONAL, PUBLIC_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('A screen of identity', (open) => {
  let office: Office;
  let officer: MadeUser;
  let township: MadeUser;
  beforeAll(async () => {
    office = await openOffice(open);
    officer = await office.user('alpha', 'county-officer');
    township = await office.user('beta', 'township-officer', AT.township, 'township');
    await office.user('gamma', 'bank-officer', AT.county, 'bank');
  });
  afterAll(() => office.close());

  test('lists users page by page, each once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await office.ask(office.users, listUsers, { size: 2, after });
      seen.push(...page.items.map((user) => user.login));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(['alpha', 'beta', 'gamma', 'secadmin', 'sysadmin']);
  });

  test('filters users by role, organisation and status', async () => {
    const logins = async (input: object) =>
      (await office.ask(office.users, listUsers, input)).items.map((user) => user.login);
    expect(await logins({ role: 'bank-officer' })).toEqual(['gamma']);
    expect(await logins({ status: 'disabled' })).toEqual([]);
    const organisationId = await office.body('township', AT.township);
    expect(await logins({ organisationId })).toEqual(['beta']);
  });

  test('shows one user with roles and version, and none of another county', async () => {
    const shown = await office.ask(office.users, readUser, { userId: officer.userId });
    expect(shown).toMatchObject({
      login: 'alpha',
      roles: [{ code: 'county-officer', name: '县经办' }],
      version: officer.version,
    });
    expect(JSON.stringify(shown)).not.toContain('argon2');
    const far = office.actor({ permissions: ['identity.read'], region: AT.otherCounty });
    const attempt = office.ask(far, readUser, { userId: officer.userId });
    expect(await office.refusal(attempt)).toBe('identity.user-absent');
    expect((await office.ask(far, listUsers)).items).toEqual([]);
  });

  test('shows a township reader the township only', async () => {
    const near = office.actor({ permissions: ['identity.read'], region: AT.township });
    const { items } = await office.ask(near, listUsers);
    expect(items.map((user) => user.id)).toEqual([township.userId]);
  });

  test('needs the permission, where the list is the administrators’', async () => {
    const plain = office.actor({ permissions: [] });
    expect(await office.refusal(office.ask(plain, listUsers))).toBe('platform.not-permitted');
    expect(await office.refusal(office.ask(plain, listTokens))).toBe('platform.not-permitted');
  });

  test('lists the bodies above and below one’s region, so that a village worker can name the bank', async () => {
    const worker = office.actor({ permissions: [], region: AT.village });
    const { items } = await office.ask(worker, listOrganisations, { kind: 'bank' });
    expect(items).toMatchObject([{ kind: 'bank', region: { code: AT.county, level: 'county' } }]);
    const far = office.actor({ permissions: [], region: AT.otherCounty });
    expect((await office.ask(far, listOrganisations)).items).toEqual([]);
    const all = await office.ask(
      office.actor({ permissions: [], region: NATIONAL }),
      listOrganisations,
    );
    expect(all.items).toHaveLength(await office.count('organisation'));
  });

  test('opens the tree level by level', async () => {
    const worker = office.actor({ permissions: [], region: AT.county });
    const own = await office.ask(worker, listRegions, {});
    expect(own.children).toHaveLength(10);
    expect(own.chain.map((one) => one.name)).toEqual([
      '广西壮族自治区',
      '桂林市',
      '龙胜各族自治县',
    ]);
    const top = await office.ask(worker, listRegions, { parent: NATIONAL });
    expect(top.children).toMatchObject([{ code: '450000000000', level: 'province' }]);
    const village = await office.ask(worker, listRegions, { parent: AT.village });
    expect(village.children).toEqual([]);
  });

  test('shows one’s own account to whoever is signed in, and to nobody else', async () => {
    const me = await office.ask(await office.actorOf(officer.userId), readMe);
    expect(me).toMatchObject({ login: 'alpha', roles: ['county-officer'] });
    expect(await office.refusal(office.ask(PUBLIC_ACTOR, readMe))).toBe('platform.not-signed-in');
    const stranger = office.actor({ permissions: [] });
    expect(await office.refusal(office.ask(stranger, readMe))).toBe('identity.user-absent');
  });
});
