/**
 * The clock. `now()` is an instant, `today()` a business date: they are different things and answer
 * different questions (when was it signed, on which day does it count). Laws: this is the only file
 * that reads the system clock; the business zone is a fixed +08:00 whatever the server's zone, as
 * China has kept no summer time since 1991; everything else receives a Clock.
 */
import { check } from './check';
import { addDays, type BusinessDate, businessDate, dateOfEpochDay, epochDay } from './dates';

/** Milliseconds since 1970-01-01T00:00Z, a safe integer. */
export type Instant = number & { readonly __brand: 'Instant' };

/** What tells the time to acts, jobs and ids. */
export interface Clock {
  now(): Instant;
  /** The business date of `now()`, zone +08:00. */
  today(): BusinessDate;
}

/** A clock that stands still until a test or a demonstration moves it. */
export interface SteppingClock extends Clock {
  /** Moves by whole days, backwards when negative; the time of day stays. */
  stepDays(days: number): void;
  /** Moves by milliseconds. */
  stepMs(ms: number): void;
  /** Sets an ISO instant, or a date at 09:00. */
  set(at: string): void;
}

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
/** A date given without a time means the opening of the counters. */
const OPENING_MS = 9 * 3_600_000;
const ISO_TEXT =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** Takes epoch milliseconds as an instant. @throws CheckFailed when it is not a safe integer. */
export function instant(ms: number): Instant {
  check(Number.isSafeInteger(ms), 'An instant must be a safe integer of milliseconds.');
  return (ms + 0) as Instant;
}

/** The business date of an instant, zone +08:00. */
export function dateOfInstant(at: Instant): BusinessDate {
  return dateOfEpochDay(Math.floor((at + ZONE_MS) / DAY_MS));
}

/** The first instant of a business date, 00:00+08:00. */
export function startOfDay(date: BusinessDate): Instant {
  return instant(epochDay(date) * DAY_MS - ZONE_MS);
}

/** Writes an instant as '2018-06-21T09:00:00.000+08:00'. */
export function isoInstant(at: Instant): string {
  const date = dateOfInstant(instant(at));
  const ms = at - startOfDay(date);
  const pad = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
  const time = `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}`;
  return `${date}T${time}.${pad(ms % 1000, 3)}+08:00`;
}

/**
 * Reads an ISO 8601 instant; the offset (Z or ±hh:mm) is required, seconds may be left out.
 * @throws CheckFailed on other text.
 */
export function instantOf(iso: string): Instant {
  const match = typeof iso === 'string' ? ISO_TEXT.exec(iso) : null;
  check(match, '时间应为带时区的 ISO 8601 文本，例如 2018-06-21T09:00:00+08:00。');
  const [, day = '', hour, minute, second = '0', fraction = '', zone = 'Z'] = match;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const away = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  const [zoneHours = 0, zoneMinutes = 0] = away;
  check(h < 24 && m < 60 && s < 60, '时间中的时、分、秒超出范围。');
  check(zoneHours <= 14 && zoneMinutes < 60, '时区偏移超出范围。');
  const offset = (zoneHours * 60 + zoneMinutes) * 60_000 * (zone.startsWith('-') ? -1 : 1);
  const time = ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0'));
  return instant(epochDay(businessDate(day)) * DAY_MS + time - offset);
}

function momentOf(at: string): Instant {
  return at.includes('T') ? instantOf(at) : instant(startOfDay(businessDate(at)) + OPENING_MS);
}

function clockOf(now: () => number): Clock {
  return {
    now: () => instant(now()),
    today: () => dateOfInstant(instant(now())),
  };
}

/** The system clock. */
export function realClock(): Clock {
  return clockOf(() => Date.now());
}

/** A clock that always shows one moment: an ISO instant, or a date at 09:00. */
export function fixedClock(at: string): Clock {
  const moment = momentOf(at);
  return clockOf(() => moment);
}

/** A clock that stands at a moment (an ISO instant, or a date at 09:00) until it is moved. */
export function steppingClock(start: string): SteppingClock {
  let moment: number = momentOf(start);
  return {
    ...clockOf(() => moment),
    stepDays: (days) => {
      check(Number.isSafeInteger(days), 'A clock steps by whole days.');
      moment = instant(moment + days * DAY_MS);
    },
    stepMs: (ms) => {
      moment = instant(moment + ms);
    },
    set: (at) => {
      moment = momentOf(at);
    },
  };
}

/**
 * A running clock shifted by whole days, for the demonstration that steps from day to day.
 * @param offsetDays asked at each reading, so that the shift may live in the database.
 */
export function offsetClock(base: Clock, offsetDays: () => number): Clock {
  const days = () => {
    const offset = offsetDays();
    check(Number.isSafeInteger(offset), 'A clock is shifted by whole days.');
    return offset;
  };
  return {
    now: () => instant(base.now() + days() * DAY_MS),
    today: () => addDays(base.today(), days()),
  };
}
