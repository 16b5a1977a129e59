import fc from 'fast-check';
import { decodeTime } from 'ulid';
import { CheckFailed } from '../../src/platform/check';
import { fixedClock, instantOf, steppingClock } from '../../src/platform/clock';
import { idFactory, isId, randomToken, seededRandom, systemRandom } from '../../src/platform/ids';

describe('ids', () => {
  test('are repeated exactly by the same clock and seed', () => {
    const make = (seed: number) => {
      const newId = idFactory(fixedClock('2018-06-21'), seededRandom(seed));
      return Array.from({ length: 5 }, newId);
    };
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
  });

  test('carry the time of the injected clock', () => {
    const newId = idFactory(fixedClock('2018-06-21T09:00:00+08:00'));
    expect(decodeTime(newId())).toBe(instantOf('2018-06-21T09:00:00+08:00'));
  });

  test('grow without repeats within one millisecond, over steps, and when the clock goes back', () => {
    const clock = steppingClock('2018-06-21');
    const newId = idFactory(clock, seededRandom(1));
    const ids: string[] = [];
    for (const step of [0, 0, 1, 0, -5000, 0, 10_000, 0, 1]) {
      clock.stepMs(step);
      ids.push(newId(), newId());
    }
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
  });

  test('two makers in one millisecond do not meet', () => {
    const clock = fixedClock('2018-06-21');
    const ids = Array.from({ length: 1000 }, () => idFactory(clock)());
    expect(new Set(ids).size).toBe(1000);
  });

  test('are refused before 1970, where the library would ask the system clock', () => {
    expect(idFactory(fixedClock('1970-01-02'))).not.toThrow();
    expect(idFactory(fixedClock('1970-01-01T00:00:00Z'))).toThrow(CheckFailed);
  });

  test.each([
    ['01CGGB31M00000000000000000', true],
    ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', true],
    ['8ZZZZZZZZZZZZZZZZZZZZZZZZZ', false],
    ['01cggb31m00000000000000000', false],
    ['01CGGB31M0000000000000000', false],
    ['01CGGB31M000000000000000000', false],
    ['01CGGB31M0000000000000000U', false],
    ['01CGGB31M00000000000000000\n', false],
    ['', false],
    [null, false],
    [7, false],
  ])('%j is an id: %p', (text, answer) => {
    expect(isId(text)).toBe(answer);
  });
});

describe('randomness', () => {
  test('stays from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        for (let turn = 0; turn < 20; turn += 1) {
          const value = random();
          expect(value >= 0 && value < 1).toBe(true);
        }
      }),
    );
    const value = systemRandom();
    expect(value >= 0 && value < 1).toBe(true);
  });

  test('a seeded source fills all parts of its range', () => {
    const random = seededRandom(42);
    const counts = Array.from({ length: 32 }, () => 0);
    for (let turn = 0; turn < 32_000; turn += 1) {
      const part = Math.floor(random() * 32);
      counts[part] = (counts[part] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1200);
  });

  test('tokens are base64url of the asked length and never repeat', () => {
    expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomToken(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(new Set(Array.from({ length: 500 }, () => randomToken(16))).size).toBe(500);
    expect(() => randomToken(8)).toThrow(CheckFailed);
    expect(() => randomToken(16.5)).toThrow(CheckFailed);
  });
});
