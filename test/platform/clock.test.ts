import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import {
  dateOfInstant,
  fixedClock,
  instant,
  instantOf,
  isoInstant,
  offsetClock,
  realClock,
  startOfDay,
  steppingClock,
} from '../../src/platform/clock';
import { businessDate } from '../../src/platform/dates';

const anyInstant = fc
  .integer({ min: Date.UTC(1901, 0, 1), max: Date.UTC(2199, 0, 1) })
  .map(instant);

describe('instants', () => {
  test.each([
    ['2018-06-21T09:00:00.000+08:00', Date.UTC(2018, 5, 21, 1)],
    ['2018-06-21T09:00:00+08:00', Date.UTC(2018, 5, 21, 1)],
    ['2018-06-21T09:00+08:00', Date.UTC(2018, 5, 21, 1)],
    ['2018-06-21T01:00:00Z', Date.UTC(2018, 5, 21, 1)],
    ['2018-06-20T20:30:00.5-04:30', Date.UTC(2018, 5, 21, 1, 0, 0, 500)],
    ['1969-12-31T23:59:59.999Z', -1],
  ])('%s is read', (iso, ms) => {
    expect(instantOf(iso)).toBe(ms);
  });

  test.each([
    [''],
    ['2018-06-21'],
    ['2018-06-21T09:00:00'],
    ['2018-06-21 09:00:00+08:00'],
    ['2018-02-30T09:00:00Z'],
    ['2018-06-21T24:00:00Z'],
    ['2018-06-21T09:60:00Z'],
    ['2018-06-21T09:00:60Z'],
    ['2018-06-21T09:00:00.1234Z'],
    ['2018-06-21T09:00:00+0800'],
    ['2018-06-21T09:00:00+15:00'],
    ['2018-06-21T09:00:00z'],
  ])('%j is refused', (iso) => {
    expect(() => instantOf(iso)).toThrow(CheckFailed);
  });

  test('they are written with +08:00 and read back as themselves', () => {
    expect(isoInstant(instantOf('2018-06-21T01:02:03.004Z'))).toBe('2018-06-21T09:02:03.004+08:00');
    fc.assert(
      fc.property(anyInstant, (at) => {
        const iso = isoInstant(at);
        expect(instantOf(iso)).toBe(at);
        expect(Date.parse(iso)).toBe(at);
        expect(dateOfInstant(at)).toBe(iso.slice(0, 10));
      }),
    );
  });

  test('the business date turns at midnight in China, 16:00 in UTC', () => {
    expect(dateOfInstant(instantOf('2018-06-20T15:59:59.999Z'))).toBe('2018-06-20');
    expect(dateOfInstant(instantOf('2018-06-20T16:00:00Z'))).toBe('2018-06-21');
    expect(isoInstant(startOfDay(businessDate('2018-06-21')))).toBe(
      '2018-06-21T00:00:00.000+08:00',
    );
  });

  test.each([[0.5], [Number.NaN]])('%p is no instant', (ms) => {
    expect(() => instant(ms)).toThrow(CheckFailed);
  });
});

describe('clocks', () => {
  test('the real clock shows the system time and the date in China', () => {
    const before = Date.now();
    const now = realClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    expect([shanghai.format(before), shanghai.format(Date.now())]).toContain(realClock().today());
  });

  test('a fixed clock stands still; a date alone means nine in the morning', () => {
    const clock = fixedClock('2018-06-21');
    expect(isoInstant(clock.now())).toBe('2018-06-21T09:00:00.000+08:00');
    expect(clock.today()).toBe('2018-06-21');
    expect(fixedClock('2018-06-20T23:30:00Z').today()).toBe('2018-06-21');
    expect(() => fixedClock('yesterday')).toThrow(CheckFailed);
  });

  test('a stepping clock moves only when it is told', () => {
    const clock = steppingClock('2018-06-21T23:00:00+08:00');
    clock.stepMs(3_600_000);
    expect(clock.today()).toBe('2018-06-22');
    clock.stepDays(9);
    expect(isoInstant(clock.now())).toBe('2018-07-01T00:00:00.000+08:00');
    clock.stepDays(-1);
    expect(clock.today()).toBe('2018-06-30');
    clock.set('2019-01-01');
    expect(isoInstant(clock.now())).toBe('2019-01-01T09:00:00.000+08:00');
    expect(() => clock.stepDays(0.5)).toThrow(CheckFailed);
    expect(() => clock.stepMs(0.5)).toThrow(CheckFailed);
  });

  test('an offset clock follows its base and asks for the offset each time', () => {
    const base = steppingClock('2018-06-21');
    let offset = 0;
    const clock = offsetClock(base, () => offset);
    expect(clock.now()).toBe(base.now());
    offset = 10;
    base.stepMs(1);
    expect(isoInstant(clock.now())).toBe('2018-07-01T09:00:00.001+08:00');
    expect(clock.today()).toBe('2018-07-01');
    offset = 0.5;
    expect(() => clock.now()).toThrow(CheckFailed);
    expect(() => clock.today()).toThrow(CheckFailed);
  });
});
