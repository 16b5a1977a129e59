/** Changing one's own password: the current one known, the new one good, every old session dead. */
import { actorById, changePassword } from '../../src/identity';
import { listRoles } from '../../src/identity/role.queries';
import type { Actor } from '../../src/platform/authority';
import { ask } from '../../src/platform/query';
import { describeEachDatabase } from '../support/databases';
import { fileRules, type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

const GOOD = 'Longji-terrace-7';

describeEachDatabase('Changing a password', (open) => {
  let office: Office;
  let user: MadeUser;
  let actor: Actor;
  let users = 0;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    users += 1;
    user = await office.user(`officer.${users}`, 'county-officer');
    actor = await office.actorOf(user.userId);
  });

  const change = (currentPassword: string, newPassword: string, who = actor) =>
    office.do(who, changePassword, { currentPassword, newPassword });

  test('when it is done, then the first password is past, the old sessions are dead and a new one lives', async () => {
    const old = await office.enter(user.login, user.password);
    const answer = await change(user.password, GOOD);
    expect(answer?.user.mustChangePassword).toBe(false);
    const now = office.clock.now();
    expect(await office.authority.bySession(old.sessionToken, now)).toBeNull();
    const signedIn = await office.authority.bySession(answer?.sessionToken ?? '', now);
    expect(signedIn?.actor.mustChangePassword).toBe(false);
    expect(signedIn?.csrfToken).toBe(answer?.csrfToken);
    expect((await office.refusedEntry(user.login, user.password)).code).toBe(
      'identity.sign-in-failed',
    );
    await office.enter(user.login, GOOD);
  });

  test('until it is done, nothing else is permitted', async () => {
    const { userId } = office.administrators.securityAdministrator;
    const fresh = (await actorById(office.platform.db.reader(), userId)) as Actor;
    expect(fresh.mustChangePassword).toBe(true);
    expect(await office.refusal(ask(office.platform, listRoles, fresh, {}))).toBe(
      'platform.must-change-password',
    );
  });

  const weak: [string, string][] = [
    ['too short', 'Ab1-'],
    ['of two classes', 'abcdefghijk1'],
  ];
  test.each(weak)(
    'a new password %s is refused by its field, and nothing is changed',
    async (_what, next) => {
      const before = await office.snapshot('app_user', 'password_history', 'user_session');
      await expect(change(user.password, next)).rejects.toMatchObject({
        code: 'identity.password-weak',
        info: { fields: [{ field: 'newPassword' }] },
      });
      expect(await office.snapshot('app_user', 'password_history', 'user_session')).toBe(before);
    },
  );

  test('a new password that holds the login is refused', async () => {
    const next = `X9-${user.login}-77`;
    expect(await office.refusal(change(user.password, next))).toBe('identity.password-weak');
  });

  test('the last five passwords do not come back, the sixth may', async () => {
    const next = (n: number) => `Longji-terrace-${n}`;
    await change(user.password, next(1));
    expect(await office.refusal(change(next(1), next(1)))).toBe('identity.password-reused');
    for (let n = 1; n < 5; n += 1) await change(next(n), next(n + 1));
    expect(await office.refusal(change(next(5), next(1)))).toBe('identity.password-reused');
    await change(next(5), next(6));
    await change(next(6), next(1));
    const { historyCount } = fileRules().password;
    const kept = await office.platform.db
      .reader()
      .rows('SELECT id FROM password_history WHERE user_id = :id', { id: user.userId });
    expect(kept).toHaveLength(historyCount);
  });

  test('a wrong current password is refused, counted, and in the end locks the login', async () => {
    const before = await office.snapshot('app_user', 'password_history', 'user_session');
    const codes: string[] = [];
    for (let time = 0; time < 6; time += 1) {
      codes.push(await office.refusal(change('Wrong-password-1', GOOD)));
    }
    expect(codes).toEqual([
      ...Array<string>(4).fill('identity.password-wrong'),
      'identity.sign-in-locked',
      'identity.sign-in-locked',
    ]);
    expect((await office.refusedEntry(user.login, user.password)).code).toBe(
      'identity.sign-in-locked',
    );
    expect(await office.snapshot('app_user', 'password_history', 'user_session')).toBe(before);
  });

  test('whether a new password was used before is told only to who knows the current one', async () => {
    await change(user.password, GOOD);
    expect(await office.refusal(change('Wrong-password-1', user.password))).toBe(
      'identity.password-wrong',
    );
  });

  test('no password stands in the audit or in the kept answers', async () => {
    await change(user.password, GOOD);
    const kept = await office.snapshot(
      'audit_entry',
      'idempotency',
      'app_user',
      'password_history',
    );
    expect(kept).not.toContain(GOOD);
    expect(kept).not.toContain(user.password);
  });

  test('who is no user has no password to change', async () => {
    const stranger = office.actor({ permissions: [] });
    expect(await office.refusal(change('x', GOOD, stranger))).toBe('identity.user-absent');
  });

  test('it cannot be tried dry: such guesses would not be counted', async () => {
    const input = { currentPassword: user.password, newPassword: GOOD };
    const attempt = office.do(actor, changePassword, input, { dryRun: true });
    expect(await office.refusal(attempt)).toBe('platform.invalid-input');
  });
});
