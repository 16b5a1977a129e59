/**
 * Changing one's own password. Laws: the current one must be known, and guessing it counts like a failed sign-in;
 * the new one keeps the rules and is none of the last few; all sessions of the person end and a new one is
 * opened, so that whoever sat in an old one is out.
 */
import { defineAct } from '../platform/act';
import { type Actor, SELF } from '../platform/authority';
import { findRow } from '../platform/db/store';
import { shape } from '../platform/shape';
import type { Platform } from '../platform/work';
import { formerHashes } from './account.queries';
import { lockEnd, NO_ATTEMPTS } from './attempts';
import { hashPassword, passwordFaults, passwordField, tryPassword } from './password';
import { P } from './problems';
import { securityRules } from './security-rules';
import { SessionStore } from './session.store';
import {
  countFailure,
  lockedProblem,
  loginIndex,
  openSession,
  type SignedInAnswer,
  sessionTokenField,
  signedInShape,
} from './sign-in';
import { publicUser } from './user';
import { User } from './user.entity';
import { GuardStore, UserStore } from './user.store';

interface Input {
  currentPassword: string;
  newPassword: string;
  sessionToken?: string;
}

/** What was found out before the transaction. `against` is the kept form that the current password was tried on. */
interface Tried {
  right: boolean;
  reused: boolean;
  against: string | null;
  hash: string;
}

/**
 * Tries the current password, judges the new one and hashes it: up to seven hashes, none of them while the
 * database waits.
 * @throws Problem identity.user-absent, identity.password-weak
 */
async function tryAndHash(platform: Platform, input: Input, actor: Actor): Promise<Tried> {
  const sql = platform.db.reader();
  const user = await findRow(sql, User, { id: actor.id });
  if (!user) throw P.userAbsent();
  const { password } = await securityRules(sql, user.regionCode, platform.clock.today());
  const faults = passwordFaults(input.newPassword, user.login, password);
  if (faults.length > 0) {
    const fields = faults.map((reason) => ({ field: 'newPassword', reason }));
    throw P.passwordWeak({ detail: faults.join(';'), fields });
  }
  const right = await tryPassword(user.passwordHash, input.currentPassword);
  let reused = false;
  for (const former of await formerHashes(sql, user.id, password.historyCount)) {
    reused = right && (reused || (await tryPassword(former, input.newPassword)));
  }
  const hash = await hashPassword(input.newPassword);
  return { right, reused, against: user.passwordHash, hash };
}

export const changePassword = defineAct({
  name: 'identity.change-password',
  title: '修改密码',
  permission: SELF,
  // The answer holds the new session.
  privateAnswer: true,
  input: shape<Input>({
    currentPassword: passwordField('当前密码'),
    newPassword: passwordField('新密码'),
    sessionToken: sessionTokenField(),
  }),
  answer: signedInShape(),
  prepare: tryAndHash,
  locate: async (work) => ({
    region: null,
    user: await new UserStore(work).get(work.actor.id),
  }),
  run: async (work, _input, { user }, prepared): Promise<SignedInAnswer | null> => {
    const tried = prepared as Tried;
    const index = loginIndex(work, user.login);
    const guards = new GuardStore(work);
    const attempts = await guards.hold(index);
    const locked = lockEnd(attempts, work.now);
    if (locked !== null) throw lockedProblem(work, locked);
    if (!tried.right || tried.against !== user.passwordHash) {
      work.record({ subject: { kind: 'user', id: user.id } });
      work.refuseAfterCommit(
        await countFailure(work, index, attempts, (detail) => P.passwordWrong({ detail })),
      );
      return null;
    }
    const rules = await securityRules(work.tx, user.regionCode, work.today);
    if (tried.reused) {
      const reason = `不得与最近 ${rules.password.historyCount} 个密码相同`;
      throw P.passwordReused({ detail: reason, fields: [{ field: 'newPassword', reason }] });
    }
    await guards.note(index, NO_ATTEMPTS);
    const after = await new UserStore(work).setPassword(user, user.version, {
      hash: tried.hash,
      mustChange: false,
      historyCount: rules.password.historyCount,
    });
    await new SessionStore(work).endAll(user.id);
    work.record({
      subject: { kind: 'user', id: user.id },
      before: publicUser(user),
      after: publicUser(after),
    });
    return openSession(work, after);
  },
});
