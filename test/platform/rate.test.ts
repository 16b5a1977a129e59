import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import { parsePercent, percent, ppm, ratioPercent } from '../../src/platform/rate';

describe('percent text', () => {
  test.each([
    ['4.75', 47_500],
    ['4.35', 43_500],
    ['3.65', 36_500],
    ['0', 0],
    ['0.0001', 1],
    ['100', 1_000_000],
    ['4.7', 47_000],
    ['70', 700_000],
    ['1000.0000', 10_000_000],
  ])('%s is %d ppm', (text, rate) => {
    expect(parsePercent(text)).toBe(rate);
  });

  test.each([
    [''],
    ['4,75'],
    ['4.75%'],
    [' 4.75'],
    ['+4.75'],
    ['-4.75'],
    ['.5'],
    ['5.'],
    ['04.75'],
    ['4.75001'],
    ['4e1'],
    ['４.75'],
    ['1000000'],
    ['NaN'],
    ['4.75\n'],
  ])('%j is refused', (text) => {
    expect(() => parsePercent(text)).toThrow(CheckFailed);
  });

  test('a number is refused, so that no float slips in', () => {
    expect(() => parsePercent(4.75 as unknown as string)).toThrow(CheckFailed);
  });

  test.each([
    [47_500, '4.75'],
    [0, '0.00'],
    [1, '0.0001'],
    [10, '0.001'],
    [100, '0.01'],
    [43_333, '4.3333'],
    [43_330, '4.333'],
    [1_000_000, '100.00'],
    [-5_000, '-0.50'],
  ])('%d ppm is written %s', (rate, text) => {
    expect(percent(ppm(rate))).toBe(text);
  });

  test('reading what was written gives the same rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (rate) => {
        expect(parsePercent(percent(ppm(rate)))).toBe(rate);
      }),
    );
  });

  test.each([[0.5], [Number.NaN], [2 ** 53]])('%p is no rate', (value) => {
    expect(() => ppm(value)).toThrow(CheckFailed);
  });
});

describe('ratioPercent', () => {
  test.each([
    [1, 3, 2, '33.33'],
    [2, 3, 2, '66.67'],
    [1, 8, 2, '12.50'],
    [1, 8, 0, '13'],
    [-1, 8, 0, '-13'],
    [1, 8, 1, '12.5'],
    [0, 8, 2, '0.00'],
    [-1, 1_000_000, 2, '0.00'],
    [5, 4, 2, '125.00'],
    [1, 20_000, 2, '0.01'],
    [9_007_199_254_740_991, 9_007_199_254_740_991, 2, '100.00'],
  ])('%d of %d with %d decimals is %s', (part, whole, digits, text) => {
    expect(ratioPercent(part, whole, digits)).toBe(text);
  });

  test('a share of nothing has no value', () => {
    expect(ratioPercent(0, 0)).toBeNull();
    expect(ratioPercent(5, 0)).toBeNull();
  });

  test('it is the exact quotient rounded half up, whatever the size', () => {
    const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 6 }), (part, whole, digits) => {
        fc.pre(whole > 0);
        const scaled = BigInt(part) * 100n * 10n ** BigInt(digits);
        const exact = (2n * scaled + BigInt(whole)) / (2n * BigInt(whole));
        expect(BigInt((ratioPercent(part, whole, digits) ?? '').replace('.', ''))).toBe(exact);
      }),
    );
  });
});
