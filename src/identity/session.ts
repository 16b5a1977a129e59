/**
 * Sessions and tokens: what lets a caller in. Laws: the token itself is known to the caller only, the database
 * keeps its SM3; a session dies when it is unused for the idle time, when it reaches its end, when its user signs
 * out, changes the password or is disabled; each sign-in makes a new one; a person has a few at most, the oldest
 * makes room. A session keeps the rules of the day on which it was opened.
 */
import { dateOfInstant, type Instant, instant } from '../platform/clock';
import { sm3Hex } from '../platform/crypto/digest';
import { addMonths, type BusinessDate } from '../platform/dates';
import { randomToken } from '../platform/ids';
import type { SecurityRules } from './security-rules';

/** Sessions of one person at a time. Source: project decision (ASVS 5.0 7.1.2 asks that there be a limit). */
export const PARALLEL_SESSIONS = 5;

/** The longest life of a machine client's token, in months. Our choice: a forgotten token dies within a year. */
export const TOKEN_MONTHS = 12;

/** The time of use is written once a minute at most: reading screens must not become writing. */
export const SLIDE_MS = 60_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long a failure count that nobody touches is kept. */
export const DAY_MS = 24 * HOUR;

/** What decides whether a session is alive. */
export interface SessionLife {
  lastSeenAt: number;
  idleMinutes: number;
  endsAt: number;
}

/** Whether a session still lets its caller in. At the end of its idle time or of its life it does not. */
export function alive(session: SessionLife, now: Instant): boolean {
  return now < session.endsAt && now - session.lastSeenAt < session.idleMinutes * MINUTE;
}

/** When a session opened now ends, however busy. */
export function endOf(now: Instant, rules: Pick<SecurityRules, 'absoluteHours'>): Instant {
  return instant(now + rules.absoluteHours * HOUR);
}

/** A new token, 43 characters. */
export const newSessionToken = (): string => randomToken(32);

/** A machine client's token; the beginning lets scanners of leaked secrets know it. */
export const newMachineToken = (): string => `xft_${randomToken(32)}`;

/** What is kept of a token. */
export const tokenHash = (token: string): string => sm3Hex(token);

/**
 * What a browser's writes must repeat. It follows from the session's token one way, so that the database, which
 * holds another digest of it, knows neither.
 */
export const csrfTokenOf = (token: string): string => sm3Hex(`csrf:${token}`);

/** Whether a token may be good until this day: after today, a year at most. */
export function termAllowed(expiresOn: BusinessDate, today: BusinessDate): boolean {
  return expiresOn > today && expiresOn <= addMonths(today, TOKEN_MONTHS);
}

/** Whether a token is good: not revoked, and today is not after its last day. */
export function tokenGood(
  token: { expiresOn: string; revokedAt: number | null },
  now: Instant,
): boolean {
  return token.revokedAt === null && dateOfInstant(now) <= token.expiresOn;
}
