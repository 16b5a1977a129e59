/**
 * Failed sign-ins: so many within the window lock the login for a while (5 in 15 minutes, 15 minutes, by
 * `identity.security`). Laws: the lock begins with the failure that fills the measure and is not lengthened by
 * further tries; unknown logins are counted and locked the same way, so that the answer tells nothing; a success
 * clears the count.
 */
import { type Instant, instant } from '../platform/clock';
import type { SecurityRules } from './security-rules';

/** What is known of one login's failures. */
export interface Attempts {
  /** Moments of the failures that still count, oldest first. */
  failures: readonly Instant[];
  lockedUntil: Instant | null;
}

export const NO_ATTEMPTS: Attempts = { failures: [], lockedUntil: null };

type LockRules = Pick<SecurityRules, 'maxFailures' | 'failureWindowMinutes' | 'lockMinutes'>;

const MINUTE = 60_000;

/** The moment at which the lock ends, null when the login is open. At that very moment it is open again. */
export function lockEnd(attempts: Attempts, now: Instant): Instant | null {
  const { lockedUntil } = attempts;
  return lockedUntil !== null && now < lockedUntil ? lockedUntil : null;
}

/** One failure more. A failure exactly one window old does not count any more. */
export function afterFailure(attempts: Attempts, now: Instant, rules: LockRules): Attempts {
  const since = now - rules.failureWindowMinutes * MINUTE;
  const failures = [...attempts.failures.filter((at) => at > since), now];
  if (failures.length < rules.maxFailures) return { failures, lockedUntil: null };
  return { failures: [], lockedUntil: instant(now + rules.lockMinutes * MINUTE) };
}

/** How many failures are left before the lock. */
export function triesLeft(attempts: Attempts, rules: LockRules): number {
  return rules.maxFailures - attempts.failures.length;
}
