/** The nightly sweep of what no longer lets anybody in; personal traces are not kept longer than needed. */

import type { Step } from '../platform/jobs/step';
import { DAY_MS } from './session';
import { SessionStore } from './session.store';
import { GuardStore } from './user.store';

/** Removes dead sessions, and failure counts untouched for a day. What happened stands in the audit. */
export const sweepSessionsStep: Step = {
  name: 'identity.sweep-sessions',
  title: '清理失效会话',
  reason: 'Touches no business record; last, so that it never delays one.',
  kind: 'once',
  run: async (work) => {
    const sessions = await new SessionStore(work).sweep();
    const guards = await new GuardStore(work).sweep(work.now - DAY_MS);
    return { count: sessions + guards, note: `会话 ${sessions},失败计数 ${guards}` };
  },
};
