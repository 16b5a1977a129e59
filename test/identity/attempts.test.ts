/** The lock of a login as a pure rule: five failures in fifteen minutes, fifteen minutes from then. */
import {
  type Attempts,
  afterFailure,
  lockEnd,
  NO_ATTEMPTS,
  triesLeft,
} from '../../src/identity/attempts';
import { type Instant, instant } from '../../src/platform/clock';
import { fileRules } from './office';

const rules = fileRules();
const MINUTE = 60_000;
const at = (minutes: number): Instant => instant(1_600_000_000_000 + minutes * MINUTE);

/** The state after failures at these minutes. */
const failing = (...minutes: number[]): Attempts =>
  minutes.reduce<Attempts>((state, minute) => afterFailure(state, at(minute), rules), NO_ATTEMPTS);

describe('A login', () => {
  const cases: [what: string, minutes: number[], now: number, lockedUntil: number | null][] = [
    ['without failures is open', [], 0, null],
    ['with four failures is open', [0, 1, 2, 3], 3, null],
    ['with five failures is locked for fifteen minutes from the fifth', [0, 1, 2, 3, 4], 4, 19],
    ['is locked a moment before the end', [0, 0, 0, 0, 0], 14.99, 15],
    ['is open at the end itself', [0, 0, 0, 0, 0], 15, null],
    ['forgets a failure that is fifteen minutes old', [0, 1, 2, 3, 15], 15, null],
    ['counts a failure that is a little younger', [0, 1, 2, 3, 14.99], 14.99, 29.99],
    ['with five failures spread over an hour is open', [0, 15, 30, 45, 60], 60, null],
    ['begins to count anew after a lock', [0, 0, 0, 0, 0, 16, 17, 18, 19], 19, null],
    ['is locked again after five more', [0, 0, 0, 0, 0, 16, 17, 18, 19, 20], 20, 35],
  ];
  test.each(cases)('%s', (_what, minutes, now, lockedUntil) => {
    const end = lockEnd(failing(...minutes), at(now));
    expect(end).toBe(lockedUntil === null ? null : at(lockedUntil));
  });

  test('tells how many tries are left', () => {
    expect(triesLeft(failing(0, 1), rules)).toBe(3);
  });
});
