/** The service killed again and again in the middle of a stream of acts, from a seed that the name tells. */
import { killAgainAndAgain } from '../process/kill-stream';
import { describeMariaDb, mysqlPlace, sqlitePlace, type TestPlace } from '../support/databases';

jest.setTimeout(900_000);

const NAME = 'A service killed again and again';
const SEEDS = [1, 2, 3];

function killed(newPlace: () => TestPlace, kills: number): void {
  test.each(SEEDS)('has done what it acknowledged, exactly once (seed %d)', async (seed) => {
    const place = newPlace();
    const report = await killAgainAndAgain(place.url, kills, seed);
    await place.remove();
    expect(report.faults).toEqual([]);
    expect(report.kills).toBe(kills);
  });
}

describe(`${NAME} (SQLite)`, () => killed(sqlitePlace, 10));
describeMariaDb(NAME, () => killed(() => mysqlPlace() as TestPlace, 8));
