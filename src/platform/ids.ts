/**
 * Identifiers. A record's id is a ULID: 26 characters that sort by the time they were made, so
 * primary keys grow at the end of the index. Laws: ids come from an injected clock and randomness,
 * so a test with a seed repeats exactly; an id is no secret (ids of one millisecond are neighbours),
 * a token is. Randomness is read here and in crypto/ only.
 */
import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import { check } from './check';
import type { Clock } from './clock';

/** A source of numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** Makes the next id. */
export type NewId = () => string;

const ID_TEXT = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The operating system's randomness, 32 bits a number. */
export const systemRandom: Random = () => randomBytes(4).readUInt32BE() / 2 ** 32;

/**
 * A repeatable source for tests and simulations (mulberry32); never for anything secret.
 * @param seed printed by the test, so that a failing run can be repeated.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A maker of ULIDs. Each is greater than the one before, also within one millisecond and when the
 * clock was set back. One maker serves a process.
 */
export function idFactory(clock: Clock, random: Random = systemRandom): NewId {
  const next = monotonicFactory(random);
  return () => {
    const now = clock.now();
    // The library reads the system clock when it is given 0, which would break repeatability.
    check(now > 0, 'Ids are made after 1970-01-01.');
    return next(now);
  };
}

/** Whether text is an id as `idFactory` makes them (26 characters, upper case). */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID_TEXT.test(text);
}

/**
 * An unguessable token for sessions and receipt codes, base64url.
 * @param bytes of randomness, 16 or more; 32 bytes give 43 characters.
 */
export function randomToken(bytes = 32): string {
  check(Number.isInteger(bytes) && bytes >= 16 && bytes <= 256, 'A token has 16 to 256 bytes.');
  return randomBytes(bytes).toString('base64url');
}
