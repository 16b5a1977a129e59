/** Disabling a user: sessions end and tokens are revoked in the same transaction. The account stays for the story. */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField, versionField } from '../platform/shape';
import { P } from './problems';
import { SessionStore, TokenStore } from './session.store';
import { keepAnAdministrator, publicUser, requireActive } from './user';
import { UserStore } from './user.store';

export const disableUser = defineAct({
  name: 'identity.disable-user',
  title: '停用用户',
  permission: 'identity.manage-users',
  input: shape<{ userId: string; reason: string; version: number }>({
    userId: idField('用户编号'),
    reason: textField(200, '原因'),
    version: versionField(),
  }),
  answer: shape({
    userId: idField(),
    sessionsEnded: answer.count('结束的会话'),
    tokensRevoked: answer.count('撤销的令牌'),
    version: answer.count('版本号'),
  }),
  locate: async (work, input) => {
    const user = await new UserStore(work).get(input.userId);
    return { region: user.regionCode, user };
  },
  duty: async (work, input) => {
    if (input.userId === work.actor.id) throw P.ownAccount();
  },
  run: async (work, input, { user }) => {
    requireActive(user);
    await keepAnAdministrator(work, user);
    const after = await new UserStore(work).change(user, input.version, { status: 'disabled' });
    const sessionsEnded = await new SessionStore(work).endAll(user.id);
    const tokensRevoked = await new TokenStore(work).revokeAll(user.id);
    work.record({
      subject: { kind: 'user', id: user.id },
      before: publicUser(user),
      after: publicUser(after),
    });
    return { userId: user.id, sessionsEnded, tokensRevoked, version: after.version };
  },
});
