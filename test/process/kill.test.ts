/** The service killed in the middle of a stream of acts: a sample here, more of it in test/faults/kill.test.ts. */
import { describeMariaDb, mysqlPlace, sqlitePlace, type TestPlace } from '../support/databases';
import { killAgainAndAgain } from './kill-stream';

jest.setTimeout(300_000);

const NAME = 'A service killed at any moment';

function killed(newPlace: () => TestPlace, kills: number): void {
  test('has done what it acknowledged, exactly once, and goes on', async () => {
    const place = newPlace();
    const report = await killAgainAndAgain(place.url, kills, 20181031);
    await place.remove();
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(kills * 5);
  });
}

describe(`${NAME} (SQLite)`, () => killed(sqlitePlace, 3));
describeMariaDb(NAME, () => killed(() => mysqlPlace() as TestPlace, 2));
