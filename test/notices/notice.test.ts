/** The clock of a notice: a table made by hand from the printed calendars, and an independent count by days. */
import fc from 'fast-check';
import {
  blockingLevel,
  type Counting,
  hasRunOut,
  isOnShow,
  lastObjectionDay,
  levelOfPrefix,
  missingLevels,
  type NoticeRule,
  noticeEnd,
} from '../../src/notices/notice';
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';
import { realCalendar } from './calendar';

const calendar = realCalendar();

/** The safe reading of Longsheng: 5 calendar days, first not counted, end moved off a day off. */
const safe: Counting = {
  lengthDays: 5,
  dayKind: 'CALENDAR',
  firstDayCounted: false,
  endMovedOffHoliday: true,
};
/** Both ends counted, as most published notices do. */
const bothEnds: Counting = { ...safe, firstDayCounted: true, endMovedOffHoliday: false };
const bothEndsMoved: Counting = { ...bothEnds, endMovedOffHoliday: true };
const unmoved: Counting = { ...safe, endMovedOffHoliday: false };
const working: Counting = { ...safe, dayKind: 'WORKING' };
const workingBoth: Counting = { ...working, firstDayCounted: true };
const days = (rule: Counting, lengthDays: number): Counting => ({ ...rule, lengthDays });

type Case = [why: string, rule: Counting, posted: string | string[], end: string];

const table: Case[] = [
  ['an ordinary week', safe, '2018-03-01', '2018-03-06'],
  ['an end on a Saturday goes to Monday', safe, '2018-03-05', '2018-03-12'],
  ['an end on a Sunday goes to Monday', safe, '2018-03-06', '2018-03-12'],
  ['an end on a worked Sunday stays', safe, '2018-02-06', '2018-02-11'],
  ['an end on a worked Saturday stays', safe, '2018-12-24', '2018-12-29'],
  ['an end on the worked Sunday before the National Day', safe, '2018-09-25', '2018-09-30'],
  ['an end in the Spring Festival', safe, '2018-02-12', '2018-02-22'],
  ['an end after the Spring Festival on its worked Saturday', safe, '2018-02-19', '2018-02-24'],
  ['an end on the National Day', safe, '2018-09-26', '2018-10-08'],
  ['an end in the long festival of 2020', safe, '2020-01-22', '2020-02-03'],
  ['an end on the 8th of October 2020, still off', safe, '2020-10-03', '2020-10-09'],
  ['a worked Saturday after the National Day', safe, '2020-10-05', '2020-10-10'],
  ['across a month end', safe, '2018-01-31', '2018-02-05'],
  ['across the end of February', safe, '2017-02-24', '2017-03-01'],
  ['across the leap day', safe, '2016-02-25', '2016-03-01'],
  ['on the leap day', safe, '2016-02-24', '2016-02-29'],
  ['posted on the leap day', safe, '2016-02-29', '2016-03-07'],
  ['across the year', safe, '2017-12-28', '2018-01-02'],
  ['an end on New Year goes on into the new year', safe, '2018-12-26', '2019-01-02'],
  ['not moved: on a Saturday', unmoved, '2018-03-05', '2018-03-10'],
  ['not moved: in the Spring Festival', unmoved, '2018-02-12', '2018-02-17'],
  ['both ends', bothEnds, '2018-03-01', '2018-03-05'],
  ['both ends, on a Saturday', bothEnds, '2018-03-06', '2018-03-10'],
  ['both ends, moved', bothEndsMoved, '2018-03-06', '2018-03-12'],
  ['both ends, one day', days(bothEnds, 1), '2018-03-01', '2018-03-01'],
  ['working days', working, '2018-03-01', '2018-03-08'],
  ['working days over the National Day', working, '2018-09-28', '2018-10-10'],
  ['working days over the Spring Festival', working, '2018-02-13', '2018-02-26'],
  ['working days, first counted', workingBoth, '2018-03-01', '2018-03-07'],
  ['working days, posted on a day off', workingBoth, '2018-03-03', '2018-03-09'],
  ['working days, posted on a worked Sunday', workingBoth, '2018-02-11', '2018-02-22'],
  ['the third board late', safe, ['2018-03-01', '2018-03-01', '2018-03-05'], '2018-03-12'],
  ['the first board late', safe, ['2018-03-05', '2018-03-01', '2018-03-02'], '2018-03-12'],
  ['the late board in the new year', safe, ['2017-12-29', '2018-01-03'], '2018-01-08'],
  // Published notices (policy facts §3.1).
  ['莲都 7 days 2017-02-23…03-01, both ends', days(bothEnds, 7), '2017-02-23', '2017-03-01'],
  ['西平 10 days 2024-02-05…02-14, both ends', days(bothEnds, 10), '2024-02-05', '2024-02-14'],
  ['婺城 10 days 2023-08-14…23, both ends', days(bothEnds, 10), '2023-08-14', '2023-08-23'],
  ['景东 10 days 2020-06-10…20', days(unmoved, 10), '2020-06-10', '2020-06-20'],
  ['the same by the safe reading', days(safe, 10), '2020-06-10', '2020-06-22'],
];

describe('The last day of a notice', () => {
  test.each(table)('%s', (_why, rule, posted, end) => {
    const dates = [posted].flat().map(businessDate);
    expect(noticeEnd(dates, rule, calendar)).toBe(end);
  });

  test('agrees with a count day by day, in 2,000 notices of 2014 to 2025', () => {
    const someDay = fc.integer({ min: 0, max: 12 * 365 - 120 });
    fc.assert(
      fc.property(
        fc.array(someDay, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (offsets, lengthDays, firstDayCounted, endMovedOffHoliday, works) => {
          const dayKind = works ? ('WORKING' as const) : ('CALENDAR' as const);
          const rule: Counting = { lengthDays, dayKind, firstDayCounted, endMovedOffHoliday };
          const posted = offsets.map((n) => addDays(businessDate('2014-01-01'), n));
          expect(noticeEnd(posted, rule, calendar)).toBe(walked(posted, rule));
        },
      ),
      { numRuns: 2000, seed: 20181031 },
    );
  });

  test('is unknown without a board', () => {
    expect(() => noticeEnd([], safe, calendar)).toThrow('posted nowhere');
  });

  test('is not guessed for a year whose holidays are not loaded', () => {
    expect(() => noticeEnd([businessDate('2026-12-28')], safe, calendar)).toThrow('2027');
  });
});

/** Ticks off one day after the other, as a clerk with a wall calendar does. */
function walked(posted: readonly BusinessDate[], rule: Counting): BusinessDate {
  let day = [...posted].sort().at(-1) as BusinessDate;
  const counts = (on: BusinessDate) => rule.dayKind === 'CALENDAR' || calendar.isWorkingDay(on);
  let ticked = rule.firstDayCounted && counts(day) ? 1 : 0;
  while (ticked < rule.lengthDays) {
    day = addDays(day, 1);
    if (counts(day)) ticked += 1;
  }
  while (rule.endMovedOffHoliday && !calendar.isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

describe('A notice', () => {
  const end = businessDate('2018-03-06');

  const days = { endsOn: end, objectionsUntil: end };

  test('is not over on its last day, and over on the next', () => {
    expect(hasRunOut(days, businessDate('2018-03-05'))).toBe(false);
    expect(hasRunOut(days, end)).toBe(false);
    expect(hasRunOut(days, businessDate('2018-03-07'))).toBe(true);
    const never = { endsOn: null, objectionsUntil: null };
    expect(hasRunOut(never, businessDate('2099-01-01'))).toBe(false);
  });

  test('is not over while objections are still taken', () => {
    const rule = { daysAfterEnd: 3 } as NoticeRule['objection'];
    const objectionsUntil = lastObjectionDay(end, rule);
    expect(objectionsUntil).toBe('2018-03-09');
    expect(lastObjectionDay(end, {} as NoticeRule['objection'])).toBe(end);
    expect(hasRunOut({ endsOn: end, objectionsUntil }, businessDate('2018-03-09'))).toBe(false);
    expect(hasRunOut({ endsOn: end, objectionsUntil }, businessDate('2018-03-10'))).toBe(true);
    // A notice of the time before the window was written down.
    expect(hasRunOut({ endsOn: end, objectionsUntil: null }, businessDate('2018-03-07'))).toBe(
      true,
    );
  });

  test('is on show from the first board on, the last day included', () => {
    for (const state of ['posting', 'running'] as const) {
      expect(isOnShow({ state, showsUntil: end }, end)).toBe(true);
      expect(isOnShow({ state, showsUntil: end }, businessDate('2018-03-07'))).toBe(false);
      expect(isOnShow({ state, showsUntil: null }, end)).toBe(false);
    }
    for (const state of ['ended', 'stopped'] as const) {
      expect(isOnShow({ state, showsUntil: end }, businessDate('2018-03-05'))).toBe(false);
    }
  });

  test('knows the boards that are missing', () => {
    const posted = [{ level: 'village' as const, postedOn: end }];
    expect(missingLevels(['county', 'township', 'village'], posted)).toEqual([
      'county',
      'township',
    ]);
  });

  test('knows levels by the length of a code', () => {
    expect(['450328', '450328100', '450328100001', '4503', ''].map(levelOfPrefix)).toEqual([
      'county',
      'township',
      'village',
      null,
      null,
    ]);
  });
});

describe('Levels one after the other (红寺堡 2022)', () => {
  const rule = {
    ...safe,
    mode: 'SEQUENTIAL',
    levels: ['village', 'township', 'county'],
  } as NoticeRule;
  const village = { level: 'village' as const, postedOn: businessDate('2018-03-01') };
  const blocked = (level: 'village' | 'township' | 'county', today: string) =>
    blockingLevel(level, [village], rule, businessDate(today), calendar);

  test('the next board waits for the whole time of the one before', () => {
    expect(blocked('village', '2018-03-01')).toBeNull();
    expect(blocked('township', '2018-03-06')).toBe('village');
    expect(blocked('township', '2018-03-07')).toBeNull();
    expect(blocked('county', '2018-03-07')).toBe('township');
  });

  test('at once, none waits', () => {
    const parallel = { ...rule, mode: 'PARALLEL' as const };
    const today = businessDate('2018-03-01');
    expect(blockingLevel('county', [], parallel, today, calendar)).toBeNull();
  });
});
