/** Signing in: equal answers and equal work, the lock, the spread attack, the session that is made. */
import * as argon2 from '@node-rs/argon2';
import { signIn } from '../../src/identity';
import { PARALLEL_SESSIONS } from '../../src/identity/session';
import { perform } from '../../src/platform/act';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, fileRules, type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);
const verify = jest.mocked(argon2.verify);

const MINUTE = 60_000;
const WRONG = 'Wrong-password-1';

describeEachDatabase('Signing in', (open) => {
  let office: Office;
  let user: MadeUser;
  let users = 0;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    users += 1;
    user = await office.user(`officer.${users}`, 'county-officer');
  });

  const fail = async (login: string, times: number, everyMs = 0) => {
    let code = '';
    for (let time = 0; time < times; time += 1) {
      if (time > 0) office.clock.stepMs(everyMs);
      code = (await office.refusedEntry(login, WRONG)).code;
    }
    return code;
  };

  test('when login and password are right, then a session is opened and told who one is', async () => {
    const answer = await office.enter(user.login, user.password);
    expect(answer).toMatchObject({
      sessionToken: expect.stringMatching(/^[\w-]{43}$/),
      csrfToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      user: {
        id: user.userId,
        name: '李测试',
        roles: ['county-officer'],
        roleNames: ['县经办'],
        permissions: expect.arrayContaining(['credit.read']),
        region: { code: AT.county, name: '龙胜各族自治县', level: 'county' },
        organisation: { kind: 'poverty-office' },
        mustChangePassword: true,
      },
    });
  });

  test('the login may be typed in capitals, in full width or with blanks around', async () => {
    const wide = user.login
      .toUpperCase()
      .replace(/[A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    await office.enter(` ${wide} `, user.password);
  });

  test('the tables hold neither the token nor the password, the audit neither login nor password', async () => {
    const { sessionToken } = await office.enter(user.login, user.password);
    await office.refusedEntry('Secret-typed-here-1', WRONG);
    const kept = await office.snapshot('user_session', 'sign_in_guard', 'audit_entry', 'app_user');
    for (const secret of [sessionToken, user.password, WRONG, 'Secret-typed', 'secret-typed']) {
      expect(kept).not.toContain(secret);
    }
  });

  test('unknown login, wrong password and a program are one answer, word for word', async () => {
    const known = await office.refusedEntry(user.login, WRONG);
    const unknown = await office.refusedEntry(`nobody.${users}`, WRONG);
    expect(known.code).toBe('identity.sign-in-failed');
    expect({ ...unknown }).toEqual({ ...known });
    expect(unknown.message).toBe(known.message);
  });

  test('the same work is done for an unknown login as for a known one', async () => {
    const callsOf = async (login: string) => {
      verify.mockClear();
      await office.refusedEntry(login, WRONG);
      return verify.mock.calls.map(([hash, password]) => [
        String(hash).split('$').slice(1, 4).join(),
        password,
      ]);
    };
    const known = await callsOf(user.login);
    expect(known).toHaveLength(1);
    expect(await callsOf(`stranger.${users}`)).toEqual(known);
  });

  test('a failure is counted although it is refused, and stands in the audit', async () => {
    const before = await office.count('audit_entry');
    await office.refusedEntry(user.login, WRONG);
    expect(await office.count('audit_entry')).toBe(before + 1);
    const last = await office.platform.db
      .reader()
      .one('SELECT outcome, problem, subject_id FROM audit_entry ORDER BY id DESC LIMIT 1');
    expect(last).toEqual({
      outcome: 'refused',
      problem: 'identity.sign-in-failed',
      subject_id: user.userId,
    });
    const guards = await office.platform.db
      .reader()
      .rows<{ failures: string }>("SELECT failures FROM sign_in_guard WHERE failures <> '[]'");
    const now = `[${office.clock.now()}]`;
    expect(guards.map((guard) => guard.failures)).toContain(now);
  });

  test('after five failures in fifteen minutes the right password is refused for fifteen minutes', async () => {
    expect(await fail(user.login, 5, 3 * MINUTE)).toBe('identity.sign-in-locked');
    const refusal = await office.refusedEntry(user.login, user.password);
    expect(refusal.code).toBe('identity.sign-in-locked');
    expect(refusal.info.retryAfterSeconds).toBe(15 * 60);
    office.clock.stepMs(15 * MINUTE - 1);
    expect((await office.refusedEntry(user.login, user.password)).code).toBe(
      'identity.sign-in-locked',
    );
    office.clock.stepMs(1);
    await office.enter(user.login, user.password);
  });

  test('trying during the lock does not lengthen it', async () => {
    await fail(user.login, 5);
    office.clock.stepMs(10 * MINUTE);
    await fail(user.login, 7);
    office.clock.stepMs(5 * MINUTE);
    await office.enter(user.login, user.password);
  });

  test('five failures within more than fifteen minutes lock nobody', async () => {
    expect(await fail(user.login, 5, 4 * MINUTE)).toBe('identity.sign-in-failed');
    await office.enter(user.login, user.password);
  });

  test('four failures and a success begin the count anew', async () => {
    await fail(user.login, 4);
    await office.enter(user.login, user.password);
    expect(await fail(user.login, 4)).toBe('identity.sign-in-failed');
    await office.enter(user.login, user.password);
  });

  test('an unknown login is locked in the same way', async () => {
    const login = `ghost.${users}`;
    const codes: string[] = [];
    for (let time = 0; time < 6; time += 1) {
      codes.push((await office.refusedEntry(login, WRONG)).code);
    }
    expect(codes).toEqual([
      ...Array<string>(4).fill('identity.sign-in-failed'),
      'identity.sign-in-locked',
      'identity.sign-in-locked',
    ]);
  });

  test('an attack spread over many logins locks none of them and lets nobody in', async () => {
    const logins = Array.from({ length: 40 }, (_, n) => `spread.${users}.${n}`);
    for (const login of [...logins, user.login]) expect(await fail(login, 1)).toMatch(/failed$/);
    await office.enter(user.login, user.password);
  });

  test('a burst of guesses at one moment is counted in full, and the right one after it comes too late', async () => {
    const guesses = Array.from({ length: 8 }, () => office.refusedEntry(user.login, WRONG));
    const codes = (await Promise.all(guesses)).map((refusal) => refusal.code);
    expect(codes.filter((code) => code === 'identity.sign-in-failed')).toHaveLength(4);
    expect(codes.filter((code) => code === 'identity.sign-in-locked')).toHaveLength(4);
    const late = await office.refusedEntry(user.login, user.password);
    expect(late.code).toBe('identity.sign-in-locked');
  });

  test('each sign-in makes a new session; the one the browser had is dead', async () => {
    const first = await office.enter(user.login, user.password);
    const again = {
      login: user.login,
      password: user.password,
      sessionToken: first.sessionToken,
    };
    const request = { actor: PUBLIC_ACTOR, input: again, requestId: 'again' };
    const { answer: second } = await perform(office.platform, signIn, request);
    expect(second?.sessionToken).not.toBe(first.sessionToken);
    expect(second?.csrfToken).not.toBe(first.csrfToken);
    const now = office.clock.now();
    expect(await office.authority.bySession(first.sessionToken, now)).toBeNull();
    expect(await office.authority.bySession(second?.sessionToken ?? '', now)).not.toBeNull();
  });

  test('a token that an attacker planted beforehand never becomes a session', async () => {
    const planted = 'planted-by-somebody-else-planted-by-somebod';
    const input = { login: user.login, password: user.password, sessionToken: planted };
    await perform(office.platform, signIn, { actor: PUBLIC_ACTOR, input, requestId: 'fixed' });
    expect(await office.authority.bySession(planted, office.clock.now())).toBeNull();
  });

  test('a person has a few sessions at most; the oldest makes room', async () => {
    const tokens: string[] = [];
    for (let n = 0; n <= PARALLEL_SESSIONS; n += 1) {
      tokens.push((await office.enter(user.login, user.password)).sessionToken);
    }
    const now = office.clock.now();
    const alive = await Promise.all(
      tokens.map(async (token) => (await office.authority.bySession(token, now)) !== null),
    );
    expect(alive).toEqual([false, ...Array<boolean>(PARALLEL_SESSIONS).fill(true)]);
  });

  test('where the rules limit the age of a password, an old one must be changed', async () => {
    const rules = fileRules();
    office.rules({ ...rules, password: { ...rules.password, maxAgeDays: 90 } });
    const lax = { ...rules.password, changeAtFirstSignIn: false, maxAgeDays: 90 };
    office.rules({ ...rules, password: lax });
    const other = await office.user(`aged.${users}`, 'county-officer');
    office.clock.stepDays(90);
    expect(await office.enter(other.login, other.password)).toMatchObject({
      user: { mustChangePassword: false },
    });
    office.clock.stepDays(1);
    expect(await office.enter(other.login, other.password)).toMatchObject({
      user: { mustChangePassword: true },
    });
    office.rules(rules);
  });

  test('a caller who is signed in elsewhere gets the same answers', async () => {
    const far = office.actor({ permissions: [], region: AT.otherCounty });
    const attempt = (login: string) => {
      const input = { login, password: WRONG };
      return perform(office.platform, signIn, { actor: far, input, requestId: 'far' });
    };
    expect(await office.refusal(attempt(user.login))).toBe('identity.sign-in-failed');
    expect(await office.refusal(attempt(`none.${users}`))).toBe('identity.sign-in-failed');
  });

  test('it cannot be tried dry: such tries would not be counted', async () => {
    const input = { login: user.login, password: user.password };
    const request = { actor: PUBLIC_ACTOR, input, requestId: 'dry', dryRun: true };
    expect(await office.refusal(perform(office.platform, signIn, request))).toBe(
      'platform.invalid-input',
    );
  });

  test.each([
    ['no password', { login: 'x.y' }],
    ['a blank login', { login: '  ', password: 'x' }],
    ['an object as password', { login: 'x.y', password: { $ne: '' } }],
    ['a password of 257 characters', { login: 'x.y', password: 'x'.repeat(257) }],
    ['a field too many', { login: 'x.y', password: 'x', remember: true }],
  ])('malformed input is refused: %s', async (_what, input) => {
    const request = { actor: PUBLIC_ACTOR, input, requestId: 'bad' };
    expect(await office.refusal(perform(office.platform, signIn, request))).toBe(
      'platform.invalid-input',
    );
  });
});
