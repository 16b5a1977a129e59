/** Making users: by the system administrator, within the region, without a role. */
import { createUser } from '../../src/identity';
import { isCheckViolation } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';
import { AT, fileRules, type Office, openOffice, TABLES } from './office';

describeEachDatabase('Making a user', (open) => {
  let office: Office;
  let organisationId: string;
  beforeAll(async () => {
    office = await openOffice(open);
    organisationId = await office.body('township', AT.township);
  });
  afterAll(() => office.close());

  const input = (change: object = {}) => ({
    login: 'wei.min',
    name: '韦敏',
    region: AT.township,
    organisationId,
    ...change,
  });

  test('when a person is made, then there is a first password, which must be changed, and no role', async () => {
    const made = await office.do(office.users, createUser, input());
    expect(made).toMatchObject({ login: 'wei.min', version: 1 });
    const entered = await office.enter('wei.min', made.firstPassword ?? '');
    expect(entered).toMatchObject({
      user: { mustChangePassword: true, roles: [], permissions: [], region: { code: AT.township } },
    });
  });

  test('when a program is made, then it has no password and cannot sign in', async () => {
    const made = await office.do(
      office.users,
      createUser,
      input({ login: 'bank.core', kind: 'machine' }),
    );
    expect(made.firstPassword).toBeNull();
    expect((await office.refusedEntry('bank.core', 'x')).code).toBe('identity.sign-in-failed');
  });

  test('where the rules do not ask for it, the first password may stay', async () => {
    const rules = fileRules();
    office.rules({ ...rules, password: { ...rules.password, changeAtFirstSignIn: false } });
    const made = await office.do(office.users, createUser, input({ login: 'may.stay' }));
    office.rules(rules);
    expect(await office.enter('may.stay', made.firstPassword ?? '')).toMatchObject({
      user: { mustChangePassword: false },
    });
  });

  const refused: [string, object, string][] = [
    ['a login that is taken', { login: 'sysadmin' }, 'identity.login-taken'],
    ['a login with capitals', { login: 'Wei' }, 'platform.invalid-input'],
    ['a field that is not its own', { dutyKind: 'security' }, 'platform.invalid-input'],
    ['a place that does not exist', { region: '450328999000' }, 'identity.region-unknown'],
    ['a place beyond the administrator’s', { region: AT.otherTownship }, 'platform.absent'],
    ['a place above the organisation’s', { region: AT.county }, 'identity.outside-organisation'],
    [
      'an unknown organisation',
      { organisationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      'identity.organisation-absent',
    ],
  ];
  test.each(refused)(
    'with %s it is refused and nothing is changed',
    async (_what, change, code) => {
      const before = await office.snapshot(...TABLES);
      const attempt = office.do(office.users, createUser, input({ login: 'new.one', ...change }));
      expect(await office.refusal(attempt)).toBe(code);
      expect(await office.snapshot(...TABLES)).toBe(before);
    },
  );

  test('when the security administrator or an officer tries, then it is refused', async () => {
    const officer = office.actor({ permissions: ['households.register', 'identity.read'] });
    for (const actor of [office.roles, officer]) {
      const attempt = office.do(actor, createUser, input({ login: 'new.one' }));
      expect(await office.refusal(attempt)).toBe('platform.not-permitted');
    }
  });

  test('when it is tried dry, then it is refused: the password would be out and the entry rolled back', async () => {
    const attempt = office.do(office.users, createUser, input({ login: 'dry' }), { dryRun: true });
    expect(await office.refusal(attempt)).toBe('platform.invalid-input');
  });

  test('a person without a password hash, or with another kind of hash, is refused by the database', async () => {
    for (const hash of ['NULL', "'5f4dcc3b5aa765d61d8327deb882cf99'"]) {
      const attempt = office.system((work) =>
        work.tx.exec(`UPDATE app_user SET password_hash = ${hash} WHERE login = 'wei.min'`),
      );
      expect(isCheckViolation(await attempt.catch((error: unknown) => error))).toBe(true);
    }
  });
});
