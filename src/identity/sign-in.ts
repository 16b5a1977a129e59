/**
 * Signing in. Laws: the password is tried before the transaction opens, at the same cost for unknown logins;
 * unknown login, wrong password and disabled account are one answer; so many failures lock the login, known or
 * not (the lock's figures are the nation's, because an unknown login has no place); a failure is committed and
 * then refused; every sign-in makes a new session, and the one the browser had is dead.
 */
import { defineAct } from '../platform/act';
import { NATIONAL, PUBLIC } from '../platform/authority';
import { dateOfInstant, isoInstant } from '../platform/clock';
import { addDays } from '../platform/dates';
import type { Problem } from '../platform/problems';
import { answer, personal, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { type Account, accountOf, accountShape, userByLogin } from './account.queries';
import { type Attempts, afterFailure, lockEnd, NO_ATTEMPTS, triesLeft } from './attempts';
import { passwordField, tryPassword } from './password';
import { P } from './problems';
import { securityRules } from './security-rules';
import { csrfTokenOf } from './session';
import { SessionStore } from './session.store';
import { spelledLogin } from './user';
import type { User } from './user.entity';
import { GuardStore, UserStore } from './user.store';

/** What opening a session answers. Over HTTP the session's token becomes the cookie and leaves the answer. */
export interface SignedInAnswer {
  sessionToken: string;
  csrfToken: string;
  user: Account;
}

/** The shape of that answer. */
export const signedInShape = () =>
  shape({
    sessionToken: answer.text('会话令牌(仅存于 Cookie)'),
    csrfToken: answer.text('防伪标记，写入时放入 X-CSRF-Token'),
    user: accountShape(),
  });

/** The token of the session the browser has; HTTP fills it in. */
export const sessionTokenField = () =>
  personal(textField(100, '当前会话令牌，由服务从 Cookie 填入')).optional();

/** The blind index under which a login's failures are counted. */
export function loginIndex(work: Work, login: string): string {
  return work.crypto.index('sign_in_guard.login_index', 'text', `login:${spelledLogin(login)}`);
}

/** The refusal of a locked login; the wait is told in whole minutes. */
export function lockedProblem(work: Work, until: NonNullable<Attempts['lockedUntil']>): Problem {
  const seconds = Math.ceil((until - work.now) / 1000);
  const detail = `请于 ${isoInstant(until).slice(11, 16)} 之后(约 ${Math.ceil(seconds / 60)} 分钟)再试`;
  return P.signInLocked({ detail, retryAfterSeconds: seconds });
}

/** Counts a failure of the login and gives the refusal that says so. */
export async function countFailure(
  work: Work,
  index: string,
  attempts: Attempts,
  refusal: (detail: string) => Problem,
): Promise<Problem> {
  const rules = await securityRules(work.tx, NATIONAL, work.today);
  const after = afterFailure(attempts, work.now, rules);
  await new GuardStore(work).note(index, after);
  if (after.lockedUntil !== null) return lockedProblem(work, after.lockedUntil);
  return refusal(`再失败 ${triesLeft(after, rules)} 次将暂时锁定`);
}

/** Opens a session for a user and answers it. */
export async function openSession(work: Work, user: User): Promise<SignedInAnswer> {
  const rules = await securityRules(work.tx, user.regionCode, work.today);
  const sessionToken = await new SessionStore(work).open(user.id, rules);
  const account = await accountOf(work.tx, user.id);
  if (!account) throw P.userAbsent();
  return { sessionToken, csrfToken: csrfTokenOf(sessionToken), user: account };
}

/** What was found out before the transaction: whose login it is, whether the password is right, and for which form. */
interface Tried {
  userId: string | null;
  right: boolean;
  hash: string | null;
}

interface Input {
  login: string;
  password: string;
  sessionToken?: string;
}

export const signIn = defineAct({
  name: 'identity.sign-in',
  title: '登录',
  permission: PUBLIC,
  privateAnswer: true,
  input: shape<Input>({
    login: personal(textField(64, '登录名')),
    password: passwordField('密码'),
    sessionToken: sessionTokenField(),
  }),
  answer: signedInShape(),
  prepare: async (platform, input): Promise<Tried> => {
    const user = await userByLogin(platform.db.reader(), spelledLogin(input.login));
    const right = await tryPassword(user?.passwordHash ?? null, input.password);
    return { userId: user?.id ?? null, right, hash: user?.passwordHash ?? null };
  },
  // No place: a caller who is signed in elsewhere must get the same answers as anybody.
  locate: async () => ({ region: null }),
  run: async (work, input, _at, prepared): Promise<SignedInAnswer | null> => {
    const index = loginIndex(work, input.login);
    const guards = new GuardStore(work);
    const attempts = await guards.hold(index);
    const tried = prepared as Tried;
    const user = await rightUser(work, tried);
    // A failure on a known login belongs to that user's story; nobody but the audit learns that it is known.
    if (tried.userId !== null) work.record({ subject: { kind: 'user', id: tried.userId } });
    const locked = lockEnd(attempts, work.now);
    if (locked !== null || !user) {
      const refusal =
        locked !== null
          ? lockedProblem(work, locked)
          : await countFailure(work, index, attempts, (detail) => P.signInFailed({ detail }));
      work.refuseAfterCommit(refusal);
      return null;
    }
    await guards.note(index, NO_ATTEMPTS);
    if (input.sessionToken) await new SessionStore(work).end(input.sessionToken);
    return openSession(work, await agePassword(work, user));
  },
});

/** The user whose password was right, still active, and with that password still. */
async function rightUser(work: Work, tried: Tried): Promise<User | null> {
  if (tried.userId === null || !tried.right) return null;
  const user = await new UserStore(work).find(tried.userId);
  const same = user?.status === 'active' && user.passwordHash === tried.hash;
  return same ? user : null;
}

/** Where the rules limit the age of a password, one that is too old must be changed first. */
async function agePassword(work: Work, user: User): Promise<User> {
  const { password } = await securityRules(work.tx, user.regionCode, work.today);
  if (password.maxAgeDays === null || user.passwordSetAt === null) return user;
  const lastDay = addDays(dateOfInstant(user.passwordSetAt), password.maxAgeDays);
  if (work.today <= lastDay || user.mustChangePassword) return user;
  return new UserStore(work).change(user, user.version, { mustChangePassword: true });
}
