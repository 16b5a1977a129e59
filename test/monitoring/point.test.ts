/** Degrees as text and as whole millionths. */
import fc from 'fast-check';
import { degrees, latitudeField, longitudeField, millionths } from '../../src/monitoring/point';

describe('A point', () => {
  test.each([
    ['25.798412', 25_798_412],
    ['25.79841289', 25_798_412],
    ['110', 110_000_000],
    ['0.5', 500_000],
    ['-0.0000019', -1],
    ['-0.0000001', 0],
    ['-33.8', -33_800_000],
  ])('%s is %d millionths', (text, value) => {
    expect(millionths(text)).toBe(value);
  });

  test('is printed with six decimals and read as the same', () => {
    void fc.assert(
      fc.property(fc.integer({ min: -180_000_000, max: 180_000_000 }), (value) => {
        expect(degrees(value)).toMatch(/^-?\d{1,3}\.\d{6}$/);
        expect(millionths(degrees(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test.each(['90', '-90.000', '25.798412', '0', '9.5'])('%s is a latitude', (text) => {
    expect(latitudeField().validate(text).error).toBeUndefined();
  });
  test.each(['90.1', '91', '-100', '25.', '.5', '1e1', '25,7', '025.1'])('%s is none', (text) => {
    expect(latitudeField().validate(text).error).toBeDefined();
  });
  test.each(['180', '-180.0', '179.999999', '110.011203', '99.9'])('%s is a longitude', (text) => {
    expect(longitudeField().validate(text).error).toBeUndefined();
  });
  test.each(['180.1', '181', '200', 'abc'])('%s is none', (text) => {
    expect(longitudeField().validate(text).error).toBeDefined();
  });
});
