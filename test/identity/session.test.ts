/** What decides whether a session or a token lets its caller in. */
import {
  alive,
  csrfTokenOf,
  endOf,
  newMachineToken,
  newSessionToken,
  termAllowed,
  tokenGood,
  tokenHash,
} from '../../src/identity/session';
import { type Instant, instant, instantOf } from '../../src/platform/clock';
import { businessDate } from '../../src/platform/dates';

const T0 = instantOf('2018-03-01T09:00:00+08:00');
const later = (minutes: number): Instant => instant(T0 + minutes * 60_000);

describe('A session', () => {
  const endsAt = endOf(T0, { absoluteHours: 8 });
  const cases: [what: string, seen: number, now: number, lives: boolean][] = [
    ['just opened', 0, 0, true],
    ['unused for 29 minutes 59 seconds', 0, 29.98, true],
    ['unused for 30 minutes', 0, 30, false],
    ['used all the time until a moment before its end', 479, 479.99, true],
    ['used all the time, at its end after 8 hours', 479, 480, false],
  ];
  test.each(cases)('%s', (_what, seen, now, lives) => {
    const session = { lastSeenAt: later(seen), idleMinutes: 30, endsAt };
    expect(alive(session, later(now))).toBe(lives);
  });

  test('has a token of 32 random bytes, of which only a digest is kept', () => {
    const token = newSessionToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(newSessionToken()).not.toBe(token);
    expect(tokenHash(token)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('has a forgery token that tells neither the token nor what is kept of it', () => {
    const token = newSessionToken();
    expect(csrfTokenOf(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(csrfTokenOf(token)).not.toBe(tokenHash(token));
    expect(csrfTokenOf(newSessionToken())).not.toBe(csrfTokenOf(token));
  });
});

describe('A machine token', () => {
  const today = businessDate('2018-03-01');
  const terms: [string, boolean][] = [
    ['2018-03-01', false],
    ['2018-03-02', true],
    ['2019-03-01', true],
    ['2019-03-02', false],
  ];
  test.each(terms)('issued on 2018-03-01 until %s: %s', (day, allowed) => {
    expect(termAllowed(businessDate(day), today)).toBe(allowed);
  });

  test('is good through its last day and not when it is revoked', () => {
    const token = { expiresOn: '2018-03-02', revokedAt: null };
    expect(tokenGood(token, instantOf('2018-03-02T23:59:59+08:00'))).toBe(true);
    expect(tokenGood(token, instantOf('2018-03-03T00:00:00+08:00'))).toBe(false);
    expect(tokenGood({ ...token, revokedAt: T0 }, T0)).toBe(false);
  });

  test('can be known as one', () => {
    expect(newMachineToken()).toMatch(/^xft_[\w-]{43}$/);
  });
});
