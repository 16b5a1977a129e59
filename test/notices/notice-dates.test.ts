/**
 * 500 notices against a method that shares nothing with the rule: the days of all years are laid out once as a wall
 * calendar (from the holiday notices as they were printed, through the platform's Date in UTC), each with a running
 * number of its working day; the end is looked up there instead of being walked to.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Counting, noticeEnd } from '../../src/notices/notice';
import { businessDate } from '../../src/platform/dates';
import { seededRandom } from '../../src/platform/ids';
import { realCalendar } from './calendar';

interface Day {
  text: string;
  works: boolean;
  /** How many working days lie from the first day of the wall calendar to this one, inclusive. */
  worked: number;
}

const FIRST_YEAR = 2014;
const LAST_YEAR = 2025;

/** The wall calendar. */
const wall: Day[] = [];
const place = new Map<string, number>();
/** Places on the wall of each working day, by its running number (from 1). */
const workPlaces: number[] = [-1];

beforeAll(() => {
  const path = join(__dirname, '../../reference/policy/calendar.year.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    rows: { value: { days: { date: string; kind: 'off' | 'work' }[] } }[];
  };
  const printed = new Map(
    file.rows.flatMap((row) => row.value.days).map((day) => [day.date, day.kind]),
  );
  const end = Date.UTC(LAST_YEAR, 11, 31);
  for (let at = Date.UTC(FIRST_YEAR, 0, 1); at <= end; at += 86_400_000) {
    const day = new Date(at);
    const text = day.toISOString().slice(0, 10);
    const weekend = [0, 6].includes(day.getUTCDay());
    const works = printed.get(text) === 'work' || (!weekend && printed.get(text) !== 'off');
    if (works) workPlaces.push(wall.length);
    place.set(text, wall.length);
    wall.push({ text, works, worked: workPlaces.length - 1 });
  }
});

/** The end by looking it up on the wall. */
function lookedUp(posted: readonly string[], rule: Counting): string {
  const start = Math.max(...posted.map((day) => place.get(day) as number));
  const { works, worked } = wall[start] as Day;
  const end =
    rule.dayKind === 'CALENDAR'
      ? start + rule.lengthDays - Number(rule.firstDayCounted)
      : (workPlaces[worked + rule.lengthDays - Number(rule.firstDayCounted && works)] as number);
  const day = wall[end] as Day;
  if (day.works || !rule.endMovedOffHoliday) return day.text;
  return (wall[workPlaces[day.worked + 1] as number] as Day).text;
}

/** Days near which dates go wrong. */
const HARD_DAYS = [
  // Month ends and years.
  '2017-12-31',
  '2018-01-31',
  '2018-04-30',
  '2019-06-30',
  '2022-11-30',
  // February with and without a leap day.
  '2015-02-28',
  '2016-02-29',
  '2020-02-29',
  '2023-02-28',
  '2024-02-29',
  // Spring Festivals, with the days that are worked before and after them.
  '2014-01-26',
  '2015-02-15',
  '2016-02-06',
  '2017-01-22',
  '2018-02-11',
  '2018-02-24',
  '2019-02-02',
  '2020-01-19',
  '2021-02-07',
  '2022-01-29',
  '2023-01-28',
  '2024-02-18',
  '2025-01-26',
  // National Day weeks and their worked days.
  '2018-09-29',
  '2020-10-08',
  '2023-10-07',
];

/** A case: when the boards were posted and how the days are counted. */
function someCase(random: () => number): { posted: string[]; rule: Counting } {
  const below = (n: number) => Math.floor(random() * n);
  const near = place.get(HARD_DAYS[below(HARD_DAYS.length)] as string) as number;
  const posted = Array.from(
    { length: 1 + below(3) },
    () => (wall[near - 12 + below(16)] as Day).text,
  );
  const rule: Counting = {
    lengthDays: 1 + below(15),
    dayKind: random() < 0.5 ? 'CALENDAR' : 'WORKING',
    firstDayCounted: random() < 0.5,
    endMovedOffHoliday: random() < 0.5,
  };
  return { posted, rule };
}

test('The wall calendar knows the days that are hard', () => {
  const works = (day: string) => (wall[place.get(day) as number] as Day).works;
  expect(['2018-02-11', '2018-02-24', '2020-01-19', '2024-02-18'].map(works)).toEqual(
    Array(4).fill(true),
  );
  expect(['2018-02-15', '2018-02-21', '2020-01-30', '2018-03-03'].map(works)).toEqual(
    Array(4).fill(false),
  );
});

test('500 notices end on the day that stands on the wall calendar', () => {
  const random = seededRandom(20180211);
  const calendar = realCalendar();
  const seen = new Set<string>();
  for (let n = 0; n < 500; n += 1) {
    const { posted, rule } = someCase(random);
    const end = noticeEnd(posted.map(businessDate), rule, calendar);
    expect({ posted, rule, end }).toEqual({ posted, rule, end: lookedUp(posted, rule) });
    seen.add(`${rule.dayKind}/${rule.firstDayCounted}/${rule.endMovedOffHoliday}`);
  }
  expect(seen.size).toBe(8);
});
