/** The service killed in the middle of a stream of acts: a sample here, more of it in test/faults/kill.test.ts. */
import { mysqlPlace, sqlitePlace } from '../support/databases';
import { killAgainAndAgain } from './kill-stream';

jest.setTimeout(300_000);

const places = [
  ['SQLite', sqlitePlace, 3],
  ['MariaDB', mysqlPlace, 2],
] as const;

describe.each(places)('A service killed at any moment (%s)', (name, place, kills) => {
  const at = place();
  const there = at !== undefined;

  test(there ? 'has done what it acknowledged, once, and goes on' : `${name} is not on this machine`, async () => {
    if (!at) return;
    const report = await killAgainAndAgain(at.url, kills, 20181031);
    await at.remove();
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(kills * 5);
  });
});
