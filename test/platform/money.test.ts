import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import {
  addFen,
  applyPpm,
  compareFen,
  divideHalfUp,
  fen,
  maxFen,
  minFen,
  parseYuan,
  shareOut,
  subFen,
  wanYuan,
  yuan,
} from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';

const MAX = Number.MAX_SAFE_INTEGER;
const anyFen = fc.integer({ min: -MAX, max: MAX }).map(fen);

describe('fen', () => {
  test.each([[0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], [-(2 ** 53)]])(
    '%p is refused',
    (value) => {
      expect(() => fen(value)).toThrow(CheckFailed);
    },
  );

  test('minus zero becomes zero', () => {
    expect(Object.is(fen(-0), 0)).toBe(true);
    expect(Object.is(parseYuan('-0.00', { signed: true }), 0)).toBe(true);
  });
});

describe('yuan text', () => {
  test.each([
    ['50000.00', 5_000_000],
    ['50000', 5_000_000],
    ['50000.5', 5_000_050],
    ['0', 0],
    ['0.01', 1],
    ['0.29', 29],
    ['1.15', 115],
    ['4.35', 435],
    ['90071992547409.91', MAX],
  ])('%s is %d fen', (text, amount) => {
    expect(parseYuan(text)).toBe(amount);
  });

  test.each([
    [''],
    [' 1'],
    ['1 '],
    ['1\n'],
    ['1,000.00'],
    ['1.234'],
    ['.5'],
    ['5.'],
    ['05'],
    ['+5'],
    ['-5'],
    ['5e3'],
    ['0x10'],
    ['５'],
    ['￥5'],
    ['Infinity'],
    ['90071992547409.92'],
    ['9'.repeat(40)],
  ])('%j is refused', (text) => {
    expect(() => parseYuan(text)).toThrow(CheckFailed);
  });

  test('a number is refused, so that no float slips in', () => {
    expect(() => parseYuan(0.1 as unknown as string)).toThrow(CheckFailed);
  });

  test('a minus is taken only where it is allowed', () => {
    expect(parseYuan('-12.30', { signed: true })).toBe(-1230);
    expect(() => parseYuan('-12.30')).toThrow('金额不得为负数');
  });

  test.each([
    [5_000_000, '50000.00'],
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [-1230, '-12.30'],
    [MAX, '90071992547409.91'],
  ])('%d fen is written %s', (amount, text) => {
    expect(yuan(fen(amount))).toBe(text);
  });

  test('reading what was written gives the same amount', () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        expect(parseYuan(yuan(amount), { signed: true })).toBe(amount);
      }),
    );
  });

  test.each([
    [5_000_000, undefined, '5.00'],
    [4_999, 2, '0.00'],
    [5_000, 2, '0.01'],
    [-5_000, 2, '-0.01'],
    [-4_999, 2, '0.00'],
    [500_000, 0, '1'],
    [499_999, 0, '0'],
    [1, 6, '0.000001'],
    [3_426_910_000, 1, '3426.9'],
  ])('%d fen in 万元 with %p decimals is %s', (amount, digits, text) => {
    expect(wanYuan(fen(amount), digits)).toBe(text);
  });
});

describe('sums', () => {
  test('add, subtract, compare, least and greatest', () => {
    expect(addFen()).toBe(0);
    expect(addFen(fen(1), fen(2), fen(-5))).toBe(-2);
    expect(subFen(fen(1), fen(3))).toBe(-2);
    expect([fen(3), fen(1), fen(2)].sort(compareFen)).toEqual([1, 2, 3]);
    expect(compareFen(fen(2), fen(2))).toBe(0);
    expect(minFen(fen(3), fen(-1), fen(2))).toBe(-1);
    expect(maxFen(fen(3), fen(-1), fen(2))).toBe(3);
  });

  test('leaving the safe integers is refused, not rounded', () => {
    expect(() => addFen(fen(MAX), fen(1))).toThrow(CheckFailed);
    expect(() => subFen(fen(-MAX), fen(1))).toThrow(CheckFailed);
  });
});

describe('divideHalfUp', () => {
  test.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [-4n, 3n, -1n],
    [1n, 3n, 0n],
    [-1n, 3n, 0n],
    [0n, 7n, 0n],
    [499n, 1000n, 0n],
    [500n, 1000n, 1n],
  ])('%d ÷ %d is %d', (numerator, denominator, quotient) => {
    expect(divideHalfUp(numerator, denominator)).toBe(quotient);
  });

  test.each([[0n], [-1n]])('a denominator of %d is refused', (denominator) => {
    expect(() => divideHalfUp(1n, denominator)).toThrow(CheckFailed);
  });

  test('it is within half of the exact quotient, and a negative mirrors the positive', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 15n), (n, d) => {
        const quotient = divideHalfUp(n, d);
        const gap = 2n * (quotient * d - n);
        expect(n >= 0n ? gap > -d && gap <= d : gap >= -d && gap < d).toBe(true);
        expect(divideHalfUp(-n, d)).toBe(-quotient);
      }),
    );
  });
});

describe('applyPpm', () => {
  test.each([
    [101, 500_000, 'halfUp', 51],
    [101, 500_000, 'down', 50],
    [101, 500_000, 'up', 51],
    [-101, 500_000, 'halfUp', -51],
    [-101, 500_000, 'down', -50],
    [-101, 500_000, 'up', -51],
    [100, 500_000, 'up', 50],
    [44_083, 700_000, 'halfUp', 30_858],
    [MAX, 1_000_000, 'halfUp', MAX],
  ] as const)('%d fen × %d ppm, %s, is %d fen', (amount, share, rounding, part) => {
    expect(applyPpm(fen(amount), ppm(share), rounding)).toBe(part);
  });
});

describe('shareOut', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [100, [0, 1], [0, 100]],
    [7, [70, 20, 10], [5, 1, 1]],
    [0, [3, 4], [0, 0]],
    [1, [0, 0, 5], [0, 0, 1]],
  ])('%d fen by %j is %j', (total, weights, shares) => {
    expect(shareOut(fen(total), weights)).toEqual(shares);
  });

  test.each([[[]], [[0, 0]], [[-1, 2]], [[0.5]]])('weights %j are refused', (weights) => {
    expect(() => shareOut(fen(100), weights)).toThrow(CheckFailed);
  });

  test('the shares sum to the whole, each within one fen of its part, and nothing goes to weight 0', () => {
    const weights = fc.array(fc.integer({ min: 0, max: MAX }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyFen, weights, (total, list) => {
        fc.pre(list.some((weight) => weight > 0));
        const shares = shareOut(total, list);
        expect(shares.reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(total));
        const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
        for (const [at, share] of shares.entries()) {
          const gap = BigInt(share) * whole - BigInt(total) * BigInt(list[at] ?? 0);
          expect(gap < whole && gap > -whole).toBe(true);
          if (list[at] === 0) expect(share).toBe(0);
        }
      }),
    );
  });
});
