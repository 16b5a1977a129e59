/** The demonstration: a small county built by acts in an empty database, and a clock that can be stepped. */
import { countUsers } from '../identity';
import type { Clock } from '../platform/clock';
import { addDays, type BusinessDate, businessDate } from '../platform/dates';
import { post, type Route } from '../platform/http/routes';
import type { NightRunner } from '../platform/jobs/runner';
import type { Platform } from '../platform/work';
import { calendarFor } from '../policy';
import { buildCounty } from './county';
import { type DemoClock, readOffset } from './demo-clock';
import { Stage } from './stage';
import { stepDay } from './step-day';

export { type DemoClock, demoClock } from './demo-clock';
export { accountsTable } from './people';
export type { SampleFault, SampleRow } from './sample-faults';
export { type SampleWanted, sampleCells, sampleRegister } from './sample-register';
export { type SampleFile, type WrittenSample, writeSample } from './write-sample';

/** Routes that only a demonstration has. */
export const demoRoutes: Route[] = [post('/demo/days', stepDay, { status: 200 })];

/** What the demonstration is built with. */
export interface DemoParts {
  platform: Platform;
  runner: NightRunner;
  clock: DemoClock;
  base: Clock;
  /** What the service offers; the county is built with its acts, found by name. */
  routes: readonly Route[];
}

/**
 * Builds the county when the database has no people yet, then lets the clock run where the database says. Where
 * the holiday calendar of the real present is not known yet, the demonstration plays in the last known autumn.
 */
export async function prepareDemo({
  platform,
  runner,
  clock,
  base,
  routes,
}: DemoParts): Promise<void> {
  const present = await presentOf(platform, base.today());
  if ((await countUsers(platform.db.reader())) === 0) {
    platform.log.info({ present }, 'building the demonstration county');
    const acts = routes.flatMap((route) =>
      'act' in route ? [[route.act.name, route.act] as const] : [],
    );
    const queries = routes.flatMap((route) =>
      'query' in route ? [[route.query.name, route.query] as const] : [],
    );
    const stage = new Stage(platform, runner, clock, new Map(acts), new Map(queries));
    await buildCounty(stage, present);
  }
  clock.runFrom(present);
  await refreshDemo(platform, clock);
}

/** Takes over the days that were stepped, by this instance or another. */
export async function refreshDemo(platform: Platform, clock: DemoClock): Promise<void> {
  clock.ahead(await readOffset(platform.db.reader()));
}

/** A notice begun within the next six weeks needs the calendar that far. */
async function presentOf(platform: Platform, today: BusinessDate): Promise<BusinessDate> {
  try {
    await calendarFor(platform.db.reader(), addDays(today, -400), addDays(today, 45));
    return today;
  } catch {
    return businessDate('2026-11-16');
  }
}
