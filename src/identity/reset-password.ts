/**
 * Giving a person who forgot the password a new first one. It ends the person's sessions, and must be changed
 * before anything else. Law: the system administrator cannot reset a security administrator, because whoever
 * knows the new password could then grant roles (三员分立); the operator does that at the server.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField, versionField } from '../platform/shape';
import { type MadePassword, makePassword } from './create-user';
import { P } from './problems';
import { securityRules } from './security-rules';
import { SessionStore } from './session.store';
import { publicUser, requireActive } from './user';
import { UserStore } from './user.store';

export const resetPassword = defineAct({
  name: 'identity.reset-password',
  title: '重置密码',
  permission: 'identity.manage-users',
  privateAnswer: true,
  input: shape<{ userId: string; reason: string; version: number }>({
    userId: idField('用户编号'),
    reason: textField(200, '原因'),
    version: versionField(),
  }),
  answer: shape({
    userId: idField(),
    firstPassword: answer.text('新的首次密码，仅此一次显示'),
    version: answer.count('版本号'),
  }),
  prepare: (platform) => makePassword(platform),
  locate: async (work, input) => {
    const user = await new UserStore(work).get(input.userId);
    return { region: user.regionCode, user };
  },
  duty: async (work, _input, { user }) => {
    if (user.id === work.actor.id) throw P.ownAccount();
    if (user.dutyKind === 'security' && work.actor.kind !== 'system') throw P.resetByOperator();
  },
  run: async (work, input, { user }, prepared) => {
    const made = prepared as MadePassword;
    requireActive(user);
    if (user.kind !== 'person') throw P.wrongUserKind({ detail: '接口程序没有密码' });
    const rules = await securityRules(work.tx, user.regionCode, work.today);
    const after = await new UserStore(work).setPassword(user, input.version, {
      hash: made.hash,
      mustChange: rules.password.changeAtFirstSignIn,
      historyCount: rules.password.historyCount,
    });
    await new SessionStore(work).endAll(user.id);
    work.record({
      subject: { kind: 'user', id: user.id },
      before: publicUser(user),
      after: publicUser(after),
    });
    return { userId: user.id, firstPassword: made.password, version: after.version };
  },
});
