/**
 * The public notice (公示) as rules: its levels, its length and when it is over. Pure.
 *
 * Laws (policy facts §3.1):
 * - The clock starts on the day on which the LAST required level was posted; a level that was posted late
 *   makes the whole notice late. That is where notices for show hide.
 * - By the safe reading the first day does not count and an end on a day off moves to the next working day
 *   (民法典 arts. 201 and 203): 5 days from the 1st end with the 6th. The next step may be taken on the day
 *   AFTER the last day, never on it.
 */
import { check, never } from '../platform/check';
import { addDays, type BusinessDate, maxDate, type WorkCalendar } from '../platform/dates';

/** What is announced. Each kind has a rule of its own, `notices.rule.<kind>`. */
export const NOTICE_KINDS = ['loan', 'rating', 'subsidy', 'award'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The levels of boards. Each is posted by its own body. */
export const LEVELS = ['county', 'township', 'village'] as const;
export type Level = (typeof LEVELS)[number];

/** What a level is called by officers and on the page. */
export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  county: '县级',
  township: '乡镇级',
  village: '村级',
};

/** How many digits of a 12-digit region code name a place of the level. */
const LEVEL_DIGITS: Readonly<Record<Level, number>> = { county: 6, township: 9, village: 12 };

/** The level whose places have codes of so many digits, null for provinces, cities and the country. */
export function levelOfPrefix(prefix: string): Level | null {
  return LEVELS.find((level) => LEVEL_DIGITS[level] === prefix.length) ?? null;
}

/** How long a notice runs and how it is counted; the value of the parameters `notices.rule.*`. */
export interface NoticeRule {
  /** Days the notice runs, counted as the next three fields say. */
  lengthDays: number;
  dayKind: 'CALENDAR' | 'WORKING';
  /** Whether the day of posting is day one. */
  firstDayCounted: boolean;
  /** Whether an end on a day off moves to the next working day. */
  endMovedOffHoliday: boolean;
  /** All boards at once, or each only after the one before it has run its full length. */
  mode: 'PARALLEL' | 'SEQUENTIAL';
  /** The boards, in SEQUENTIAL mode in their order. */
  levels: Level[];
  allLevelsRequired: true;
  startsFrom: 'LAST_LEVEL_POSTED';
  photoRequired: boolean;
  /** Whether a missing photo holds the notice back; else the register only shows it. */
  photoHolds?: boolean;
  takeDownRequired: boolean;
  objection: ObjectionRule;
}

/** How objections are taken and dealt with. */
export interface ObjectionRule {
  /** Working days within which the township checks, and within which the county decides. */
  townshipWorkingDays: number;
  countyWorkingDays: number;
  suspends: 'ITEM';
  anonymousAllowed: boolean;
  /** Calendar days after the last day on which objections are still taken; none where not given. */
  daysAfterEnd?: number;
  /** Whether the township checks first and the county alone decides. */
  checkFirst?: boolean;
}

/** What of a rule decides the end. */
export type Counting = Pick<
  NoticeRule,
  'lengthDays' | 'dayKind' | 'firstDayCounted' | 'endMovedOffHoliday'
>;

/**
 * The last day of a notice that was posted on these days; it is over on the day after.
 * @param postedOn the posting days of ALL required levels, in any order, at least one.
 * @throws CalendarYearUnknown when a year is needed whose holidays are not loaded.
 */
export function noticeEnd(
  postedOn: readonly BusinessDate[],
  rule: Counting,
  calendar: WorkCalendar,
): BusinessDate {
  const [first, ...others] = postedOn;
  check(first !== undefined, 'A notice that was posted nowhere has no end.');
  check(Number.isInteger(rule.lengthDays) && rule.lengthDays >= 1, 'A notice runs a day or more.');
  const start = maxDate(first, ...others);
  const last = lastDayOf(start, rule, calendar);
  return rule.endMovedOffHoliday ? calendar.nextWorkingDay(last) : last;
}

function lastDayOf(start: BusinessDate, rule: Counting, calendar: WorkCalendar): BusinessDate {
  switch (rule.dayKind) {
    case 'CALENDAR':
      return addDays(start, rule.lengthDays - (rule.firstDayCounted ? 1 : 0));
    case 'WORKING': {
      // A day off is no first working day, even where the first day is counted.
      const counted = rule.firstDayCounted && calendar.isWorkingDay(start);
      return calendar.addWorkingDays(start, rule.lengthDays - (counted ? 1 : 0));
    }
    default:
      return never(rule.dayKind, 'kind of days');
  }
}

/** A board as far as it concerns the clock. */
export interface Posting {
  level: Level;
  postedOn: BusinessDate;
}

/** The required levels that are not posted yet, in the order of the rule. */
export function missingLevels(required: readonly Level[], posted: readonly Posting[]): Level[] {
  return required.filter((level) => !posted.some((posting) => posting.level === level));
}

/**
 * In SEQUENTIAL mode, the board that must have run out before `level` may be posted on `today`; null when
 * nothing stands in the way.
 */
export function blockingLevel(
  level: Level,
  posted: readonly Posting[],
  rule: NoticeRule,
  today: BusinessDate,
  calendar: WorkCalendar,
): Level | null {
  if (rule.mode === 'PARALLEL') return null;
  for (const earlier of rule.levels.slice(0, rule.levels.indexOf(level))) {
    const posting = posted.find((candidate) => candidate.level === earlier);
    if (!posting || today <= noticeEnd([posting.postedOn], rule, calendar)) return earlier;
  }
  return null;
}

/** `posting`: not on every board yet; `running`: the days count; `ended`; `stopped`: withdrawn or upheld. */
export const NOTICE_STATES = ['posting', 'running', 'ended', 'stopped'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** The days of a notice: the last day of the sheet, and the last day on which objections are taken. */
export interface NoticeDays {
  endsOn: BusinessDate | null;
  objectionsUntil: BusinessDate | null;
}

/** The last day on which objections are taken: N calendar days after the last day of the notice. */
export function lastObjectionDay(endsOn: BusinessDate, rule: ObjectionRule): BusinessDate {
  return addDays(endsOn, rule.daysAfterEnd ?? 0);
}

/**
 * Whether the days have run out on `date`: only after the last day, never without an end, and not while
 * objections may still come in.
 */
export function hasRunOut({ endsOn, objectionsUntil }: NoticeDays, date: BusinessDate): boolean {
  return endsOn !== null && date > maxDate(endsOn, objectionsUntil ?? endsOn);
}

/**
 * Whether the public page may be seen: from the first board to the last day, inclusive. While a board is
 * missing it is seen as long as the boards that hang would last, so that a notice nobody completes does not
 * stay open for ever.
 */
export function isOnShow(
  notice: { state: NoticeState; showsUntil: BusinessDate | null },
  date: BusinessDate,
): boolean {
  const { state, showsUntil } = notice;
  return (state === 'posting' || state === 'running') && showsUntil !== null && date <= showsUntil;
}
