/** Interest: the vectors of the policy facts, one rounding, and exactness at every size. */
import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import { businessDate, daysBetween } from '../../src/platform/dates';
import {
  addFen,
  applyPpm,
  type DayBasis,
  divideHalfUp,
  fen,
  interestFen,
  interestOfSegments,
  parseYuan,
  yuan,
} from '../../src/platform/money';
import { parsePercent, ppm } from '../../src/platform/rate';

describe('interest', () => {
  // The vectors of the policy facts §4.2, days first in, last out, basis 360.
  test.each([
    ['50000', '4.75', '2018-06-21', '2018-09-21', 92, '606.94'],
    ['50000', '4.35', '2018-01-15', '2018-03-21', 65, '392.71'],
    ['50000', '4.75', '2018-09-21', '2018-11-01', 41, '270.49'],
    ['30000', '3.65', '2022-09-21', '2022-12-21', 91, '276.79'],
    ['100000', '3.45', '2024-03-21', '2024-06-21', 92, '881.67'],
  ])(
    '%s yuan at %s %% from %s to %s (%d days) is %s',
    (principal, rate, from, to, days, interest) => {
      expect(daysBetween(businessDate(from), businessDate(to))).toBe(days);
      const input = { principalFen: parseYuan(principal), ratePpm: parsePercent(rate), days };
      expect(yuan(interestFen({ ...input, basis: 360 }))).toBe(interest);
    },
  );

  describe('the part of 100,000 yuan that may be subsidised', () => {
    const loan = { principalFen: parseYuan('100000'), ratePpm: parsePercent('3.45'), days: 92 };

    test('half is 440.83 from the exact product; half of the printed 881.67 would be 440.84', () => {
      const half = parsePercent('50');
      expect(yuan(interestFen({ ...loan, sharePpm: half, basis: 360 }))).toBe('440.83');
      expect(yuan(interestFen({ ...loan, principalFen: parseYuan('50000'), basis: 360 }))).toBe(
        '440.83',
      );
      expect(yuan(applyPpm(interestFen({ ...loan, basis: 360 }), half, 'halfUp'))).toBe('440.84');
    });

    test('at 70 % the subsidy is 308.58', () => {
      const part = { ...loan, principalFen: parseYuan('50000'), sharePpm: parsePercent('70') };
      expect(yuan(interestFen({ ...part, basis: 360 }))).toBe('308.58');
    });
  });

  test('the basis is data: the same loan at 365', () => {
    const loan = { principalFen: parseYuan('50000'), ratePpm: parsePercent('4.75'), days: 92 };
    expect(yuan(interestFen({ ...loan, basis: 365 }))).toBe('598.63');
    expect(() => interestFen({ ...loan, basis: 366 as DayBasis })).toThrow(CheckFailed);
  });

  test('segments are summed exactly and rounded once', () => {
    const day = { principalFen: fen(5_000_000), ratePpm: ppm(47_500), days: 1 };
    const daily = Array.from({ length: 92 }, () => day);
    expect(interestOfSegments(daily, 360)).toBe(60_694);
    // What adding up rounded days would have given.
    expect(addFen(...daily.map((one) => interestFen({ ...one, basis: 360 })))).toBe(60_720);
    expect(interestOfSegments([], 360)).toBe(0);
  });

  test.each([
    ['principalFen', -1],
    ['ratePpm', -1],
    ['days', -1],
    ['days', 1.5],
    ['sharePpm', -1],
  ])('a segment with %s = %p is refused', (name, value) => {
    const segment = { principalFen: fen(100), ratePpm: ppm(1), days: 1, [name]: value };
    expect(() => interestOfSegments([segment], 360)).toThrow(CheckFailed);
  });

  test('beyond 2⁵³ the answer stays exact', () => {
    // 1 亿元 at 24 % for 366 days is near the edge; 100 亿元 is far beyond it.
    const near = { principalFen: parseYuan('100000000'), ratePpm: parsePercent('24'), days: 366 };
    expect(yuan(interestFen({ ...near, basis: 365 }))).toBe('24065753.42');
    const far = { ...near, principalFen: parseYuan('10000000000') };
    expect(yuan(interestFen({ ...far, basis: 365 }))).toBe('2406575342.47');
  });

  test('numbers and big integers agree for every size, with and without shares', () => {
    const size = (max: number) =>
      fc.oneof(
        fc.integer({ min: 0, max }),
        fc.integer({ min: 0, max: Math.floor(Math.sqrt(max)) }),
      );
    const segment = fc.record({
      principalFen: size(10 ** 12).map(fen),
      ratePpm: size(240_000).map(ppm),
      days: size(36_600),
      sharePpm: fc.option(size(1_000_000).map(ppm), { nil: undefined }),
    });
    const basis = fc.constantFrom<DayBasis>(360, 364, 365);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), basis, (segments, days) => {
        const sum = segments.reduce(
          (total, one) =>
            total +
            BigInt(one.principalFen) *
              BigInt(one.ratePpm) *
              BigInt(one.days) *
              BigInt(one.sharePpm ?? 1_000_000),
          0n,
        );
        const exact = divideHalfUp(sum, BigInt(days) * 10n ** 12n);
        expect(BigInt(interestOfSegments(segments, days))).toBe(exact);
      }),
      { numRuns: 500 },
    );
  });

  test('numbers and big integers agree at every half fen', () => {
    // principal × rate × days = k × basis × 10⁶ + half, or one less: the two sides of a tie.
    const basis = fc.constantFrom<DayBasis>(360, 364, 365);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000_000 }),
        basis,
        fc.boolean(),
        (k, days, below) => {
          const half = k * days * 1_000_000 + days * 500_000;
          const product = below ? half - 1 : half;
          fc.pre(Number.isSafeInteger(product));
          const one = { principalFen: fen(product), ratePpm: ppm(1), days: 1 };
          expect(interestFen({ ...one, basis: days })).toBe(below ? k : k + 1);
        },
      ),
    );
  });

  test('cutting a period moves no fen', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 8 }), days, days, (principal, first, second) => {
        const loan = { principalFen: fen(principal), ratePpm: ppm(47_500) };
        expect(
          interestOfSegments(
            [
              { ...loan, days: first },
              { ...loan, days: second },
            ],
            360,
          ),
        ).toBe(interestFen({ ...loan, days: first + second, basis: 360 }));
      }),
    );
  });
});
