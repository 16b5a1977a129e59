/** Loading and saving users, their former passwords, and failed sign-ins. */
import { isUniqueViolation } from '../platform/db/database';
import { ensureRow } from '../platform/db/ensure';
import type { Fields } from '../platform/db/store';
import { deleteRows, findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { type Attempts, NO_ATTEMPTS } from './attempts';
import { P } from './problems';
import { PasswordHistory, SignInGuard, User } from './user.entity';

export class UserStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem identity.user-absent */
  async get(id: string): Promise<User> {
    const user = await findRow(this.work.tx, User, { id });
    if (!user) throw P.userAbsent();
    return user;
  }

  find(id: string): Promise<User | null> {
    return findRow(this.work.tx, User, { id });
  }

  /** @throws Problem identity.login-taken */
  async add(user: Omit<User, 'version' | 'createdAt' | 'status' | 'dutyKind'>): Promise<User> {
    const row = Object.assign(new User(), user, {
      status: 'active' as const,
      dutyKind: null,
      createdAt: this.work.now,
      version: 1,
    });
    try {
      await insertRow(this.work.tx, User, row);
    } catch (error) {
      if (isUniqueViolation(error, 'app_user')) {
        throw P.loginTaken({ fields: [{ field: 'login', reason: '已被使用' }] });
      }
      throw error;
    }
    if (row.passwordHash !== null) await this.remember(row.id, row.passwordHash);
    return row;
  }

  /**
   * Changes a user whom the officer saw at a version.
   * @throws Problem platform.stale when it is another by now
   */
  change(
    user: User,
    seenVersion: number,
    changes: Partial<Omit<Fields<User>, 'version'>>,
  ): Promise<User> {
    const seen = Object.assign(new User(), user, { version: seenVersion });
    return updateVersioned(this.work.tx, User, seen, changes);
  }

  /** Gives a user a new password and keeps the last `historyCount` of them. */
  async setPassword(
    user: User,
    seenVersion: number,
    password: { hash: string; mustChange: boolean; historyCount: number },
  ): Promise<User> {
    const changed = await this.change(user, seenVersion, {
      passwordHash: password.hash,
      passwordSetAt: this.work.now,
      mustChangePassword: password.mustChange,
    });
    await this.remember(user.id, password.hash);
    const former = await this.formerPasswords(user.id);
    const surplus = former.slice(Math.max(1, password.historyCount)).map((row) => row.id);
    if (surplus.length > 0) await deleteRows(this.work.tx, PasswordHistory, { id: surplus });
    return changed;
  }

  private async remember(userId: string, passwordHash: string): Promise<void> {
    const id = this.work.newId();
    await insertRow(this.work.tx, PasswordHistory, { id, userId, passwordHash });
  }

  /** The present password and the former ones, newest first. */
  private formerPasswords(userId: string): Promise<PasswordHistory[]> {
    return listRows(this.work.tx, PasswordHistory, { userId }, { id: 'desc' });
  }
}

/** Failures by login. One who holds a login's row is alone with it until the transaction ends. */
export class GuardStore {
  constructor(private readonly work: Work) {}

  /** Takes the row of a login: tries on one login queue, so that a burst of guesses is counted in full. */
  async hold(loginIndex: string): Promise<Attempts> {
    const { tx, now } = this.work;
    const row = {
      login_index: loginIndex,
      failures: JSON.stringify(NO_ATTEMPTS.failures),
      locked_until: null,
      touched_at: now,
      version: 1,
    };
    await ensureRow(tx, 'sign_in_guard', row, ['login_index']);
    await tx.exec(
      `UPDATE sign_in_guard SET touched_at = :now, version = version + 1
        WHERE login_index = :loginIndex`,
      { loginIndex, now },
    );
    return (await findRow(tx, SignInGuard, { loginIndex })) ?? NO_ATTEMPTS;
  }

  /** Keeps what is known of a login from now on. */
  async note(loginIndex: string, attempts: Attempts): Promise<void> {
    await this.work.tx.exec(
      `UPDATE sign_in_guard SET failures = :failures, locked_until = :lockedUntil
        WHERE login_index = :loginIndex`,
      {
        loginIndex,
        failures: JSON.stringify(attempts.failures),
        lockedUntil: attempts.lockedUntil,
      },
    );
  }

  /** Removes what has been idle since a moment and locks nobody; returns how many. */
  async sweep(before: number): Promise<number> {
    return this.work.tx.exec(
      `DELETE FROM sign_in_guard
        WHERE touched_at < :before AND (locked_until IS NULL OR locked_until < :now)`,
      { before, now: this.work.now },
    );
  }
}
