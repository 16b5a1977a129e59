/**
 * The platform's port «who is calling», filled: sessions of browsers and tokens of programs. Everything is read
 * from the database at each request, so that signing out, disabling a user or taking a role acts at once, on
 * every instance of the service.
 */
import type { Authority } from '../platform/authority';
import type { Database } from '../platform/db/database';
import { actorById, sessionOf, tokenHolder } from './account.queries';
import { csrfTokenOf, SLIDE_MS } from './session';
import { noteUse } from './session.store';

/** The authority over one database. */
export function authorityOf(db: Database): Authority {
  return {
    bySession: async (token, now) => {
      const session = await sessionOf(db.reader(), token, now);
      const actor = session && (await actorById(db.reader(), session.userId));
      if (!session || !actor) return null;
      if (now - session.lastSeenAt >= SLIDE_MS) {
        await db.inTransaction((tx) => noteUse(tx, session.id, now));
      }
      return { actor, sessionId: session.id, csrfToken: csrfTokenOf(token) };
    },
    byToken: (token, now) => tokenHolder(db.reader(), token, now),
    byId: (id) => actorById(db.reader(), id),
  };
}
