/** Signing out: the session is dead on the server, whatever the browser keeps. */
import { defineAct } from '../platform/act';
import { SELF } from '../platform/authority';
import { answer, shape } from '../platform/shape';
import { SessionStore } from './session.store';
import { sessionTokenField } from './sign-in';

/** Ends the given session; without one, all sessions of the caller. */
export const signOut = defineAct({
  name: 'identity.sign-out',
  title: '退出登录',
  permission: SELF,
  input: shape<{ sessionToken?: string }>({ sessionToken: sessionTokenField() }),
  answer: shape({ ended: answer.count('结束的会话') }),
  locate: async () => ({ region: null }),
  run: async (work, input) => {
    const sessions = new SessionStore(work);
    const ended = input.sessionToken
      ? Number(await sessions.end(input.sessionToken))
      : await sessions.endAll(work.actor.id);
    work.record({ subject: { kind: 'user', id: work.actor.id } });
    return { ended };
  },
});
