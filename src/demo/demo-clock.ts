/**
 * The demonstration's clock: it travels freely while the county's past is being built, and afterwards runs with the
 * real clock, shifted by the whole days that the user has stepped forward. The shift lives in the database.
 */
import { type Clock, offsetClock, steppingClock } from '../platform/clock';
import { type BusinessDate, daysBetween } from '../platform/dates';
import type { Sql } from '../platform/db/database';

/** A clock that can travel, then run. */
export interface DemoClock extends Clock {
  /** Stands at a date, 09:00, until it is moved or runs. */
  travel(date: BusinessDate): void;
  /** Moves on by some milliseconds while it stands. */
  pass(ms: number): void;
  /** Runs with the real clock from now on, from this date as its first. */
  runFrom(present: BusinessDate): void;
  /** Puts the running clock ahead by the whole days that were stepped. */
  ahead(days: number): void;
}

/** The name of the setting that holds the shift in days. */
export const OFFSET_SETTING = 'demo.clock-offset-days';

/** A clock that runs with `base` until it is told to travel. */
export function demoClock(base: Clock): DemoClock {
  let start = 0;
  let stepped = 0;
  const running = offsetClock(base, () => start + stepped);
  const standing = steppingClock(base.today());
  let current: Clock = running;
  return {
    now: () => current.now(),
    today: () => current.today(),
    travel: (date) => {
      standing.set(date);
      current = standing;
    },
    pass: (ms) => standing.stepMs(ms),
    runFrom: (present) => {
      start = daysBetween(base.today(), present);
      current = running;
    },
    ahead: (days) => {
      stepped = days;
    },
  };
}

/** The shift that the database holds, 0 when the clock was never stepped. */
export async function readOffset(sql: Sql): Promise<number> {
  const row = await sql.one<{ value: string }>('SELECT value FROM setting WHERE name = :name', {
    name: OFFSET_SETTING,
  });
  return row ? Number(row.value) : 0;
}
