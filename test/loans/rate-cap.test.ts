/** The highest rate a contract may have. */
import { type RateCap, rateCapFor } from '../../src/loans/rate-cap';

const benchmark: RateCap = {
  basis: 'BENCHMARK',
  bands: [
    { termMonthsMax: 12, rateField: 'upTo1yPpm' },
    { termMonthsMax: 36, rateField: 'from1To5yPpm' },
  ],
};
const lpr: RateCap = {
  basis: 'LPR',
  bands: [
    { termMonthsMax: 12, rateField: 'lpr1yPpm' },
    { termMonthsMax: 36, rateField: 'lpr5yPpm' },
  ],
};
const references = {
  BENCHMARK: { upTo1yPpm: 43_500, from1To5yPpm: 47_500 },
  LPR: { lpr1yPpm: 42_500, lpr5yPpm: 48_500 },
};

describe('Rate cap', () => {
  test.each([
    [1, 43_500],
    [12, 43_500],
    [13, 47_500],
    [36, 47_500],
  ])('by the benchmark, %i months may cost %i ppm', (months, cap) => {
    expect(rateCapFor([benchmark], months, references)).toBe(cap);
  });

  test('where two references are allowed, the higher one is the cap', () => {
    expect(rateCapFor([benchmark, lpr], 12, references)).toBe(43_500);
    expect(rateCapFor([benchmark, lpr], 36, references)).toBe(48_500);
  });

  test('a term beyond every band has no cap', () => {
    expect(rateCapFor([benchmark, lpr], 37, references)).toBeNull();
  });

  test('a band that names a field its reference has not is a defect', () => {
    const strange = { ...lpr, bands: [{ termMonthsMax: 36, rateField: 'lpr10yPpm' }] };
    expect(() => rateCapFor([strange], 12, references)).toThrow('lpr10yPpm');
  });
});
