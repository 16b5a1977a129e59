/** A whole service for a journey: real routes, real sign-in, a clock that is moved by hand. */
import { openService, type Service } from '../../src/app';
import { type SteppingClock, steppingClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { seededRandom } from '../../src/platform/ids';
import { openLog } from '../../src/platform/log';
import { describeMariaDb, mysqlPlace, sqlitePlace, type TestPlace } from '../support/databases';

/** A service on an empty database, at a date. */
export interface OpenedService {
  service: Service;
  clock: SteppingClock;
  url: string;
  close(): Promise<void>;
}

async function openAt(place: TestPlace, start: string): Promise<OpenedService> {
  const clock = steppingClock(start);
  const config = readConfig({
    XINFU_MODE: 'test',
    XINFU_DEMO: 'false',
    XINFU_SCHEDULER: 'false',
    DATABASE_URL: place.url,
  });
  const service = await openService({
    config,
    clock,
    log: openLog('silent'),
    random: seededRandom(20181031),
    requestsPerMinute: 100_000,
  });
  const close = async () => {
    await service.close();
    await place.remove();
  };
  return { service, clock, url: place.url, close };
}

/** Runs the body with a service on SQLite and, where there is one, on MariaDB. */
export function describeEachService(
  name: string,
  body: (open: (start: string) => Promise<OpenedService>) => void,
): void {
  describe(`${name} (SQLite)`, () => body((start) => openAt(sqlitePlace(), start)));
  describeMariaDb(name, () => body((start) => openAt(mysqlPlace() as TestPlace, start)));
}
