/** Loading and saving sessions and tokens. */
import type { Instant } from '../platform/clock';
import type { Tx } from '../platform/db/database';
import { deleteRows, findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { P } from './problems';
import type { SecurityRules } from './security-rules';
import { endOf, newMachineToken, newSessionToken, PARALLEL_SESSIONS, tokenHash } from './session';
import { MachineToken, UserSession } from './session.entity';

/** Notes that a session was used, unless somebody has just done so. */
export async function noteUse(tx: Tx, sessionId: string, now: Instant): Promise<void> {
  await tx.exec(
    'UPDATE user_session SET last_seen_at = :now WHERE id = :sessionId AND last_seen_at < :now',
    { sessionId, now },
  );
}

export class SessionStore {
  constructor(private readonly work: Work) {}

  /** Opens a session, ends the user's oldest beyond the limit, and returns the new token. */
  async open(userId: string, rules: SecurityRules): Promise<string> {
    const { tx, now } = this.work;
    const token = newSessionToken();
    await insertRow(tx, UserSession, {
      id: this.work.newId(),
      tokenHash: tokenHash(token),
      userId,
      openedAt: now,
      lastSeenAt: now,
      idleMinutes: rules.idleMinutes,
      endsAt: endOf(now, rules),
    });
    const all = await listRows(tx, UserSession, { userId }, { id: 'desc' });
    const surplus = all.slice(PARALLEL_SESSIONS).map((session) => session.id);
    if (surplus.length > 0) await deleteRows(tx, UserSession, { id: surplus });
    return token;
  }

  /** Ends the session of a token, whoever's it is: who has the token is in it. Returns whether there was one. */
  async end(token: string): Promise<boolean> {
    const ended = await deleteRows(this.work.tx, UserSession, { tokenHash: tokenHash(token) });
    return ended > 0;
  }

  /** Ends all sessions of a user and returns how many. */
  endAll(userId: string): Promise<number> {
    return deleteRows(this.work.tx, UserSession, { userId });
  }

  /** Removes sessions that have reached their end or their idle time; returns how many. */
  sweep(): Promise<number> {
    return this.work.tx.exec(
      `DELETE FROM user_session
        WHERE ends_at <= :now OR last_seen_at + idle_minutes * 60000 <= :now`,
      { now: this.work.now },
    );
  }
}

export class TokenStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem identity.token-absent */
  async get(id: string): Promise<MachineToken> {
    const token = await findRow(this.work.tx, MachineToken, { id });
    if (!token) throw P.tokenAbsent();
    return token;
  }

  /** Keeps a new token's digest and returns the row and the token, which nobody will see again. */
  async issue(
    fields: Pick<MachineToken, 'userId' | 'purpose' | 'expiresOn'>,
  ): Promise<{ row: MachineToken; token: string }> {
    const token = newMachineToken();
    const row = Object.assign(new MachineToken(), fields, {
      id: this.work.newId(),
      tokenHash: tokenHash(token),
      issuedBy: this.work.actor.id,
      issuedAt: this.work.now,
      revokedAt: null,
      version: 1,
    });
    await insertRow(this.work.tx, MachineToken, row);
    return { row, token };
  }

  revoke(token: MachineToken): Promise<MachineToken> {
    return updateVersioned(this.work.tx, MachineToken, token, { revokedAt: this.work.now });
  }

  /** Revokes every good token of a user and returns how many. */
  async revokeAll(userId: string): Promise<number> {
    const tokens = await listRows(this.work.tx, MachineToken, { userId, revokedAt: null });
    for (const token of tokens) await this.revoke(token);
    return tokens.length;
  }
}
