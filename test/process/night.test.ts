/**
 * A night that is killed in the middle and resumed ends equal, byte for byte, to one that nobody disturbed — on
 * SQLite, and on MariaDB, where it must even equal the undisturbed night of SQLite.
 */
import { describeMariaDb, mysqlPlace, sqlitePlace, type TestPlace } from '../support/databases';
import { copyRows, type Death, difference, lendMany, look, resultOf, runNight } from './night-kill';

jest.setTimeout(300_000);

const LOANS = 60;
/** In the chunks of the settlement: within the second, after the fourth, within the eighth. */
const DEATHS: readonly Death[] = [
  { transaction: 6, where: 'inside' },
  { transaction: 5, where: 'after' },
  { transaction: 6, where: 'inside' },
];

describe('A settlement night', () => {
  const county = sqlitePlace();
  const calm = sqlitePlace();
  let undisturbed: string[];

  beforeAll(async () => {
    await lendMany(county.url, LOANS);
    await copyRows(county.url, calm.url);
    const ended = await runNight(calm.url, 0, null);
    expect(ended).toMatchObject({ code: 0, errors: '' });
    undisturbed = await resultOf(calm.url);
  });
  afterAll(async () => {
    await county.remove();
    await calm.remove();
  });

  test('settles every loan, once', async () => {
    const settled = await look(calm.url, (db) =>
      db
        .reader()
        .one<{ n: number; loans: number }>(
          `SELECT COUNT(*) AS n, COUNT(DISTINCT loan_id) AS loans FROM loan_event WHERE kind = 'settlement'`,
        ),
    );
    expect(settled).toEqual({ n: LOANS, loans: LOANS });
    expect(undisturbed.filter((line) => line.startsWith('fault'))).toEqual([]);
  });

  function killed(newPlace: () => TestPlace, deaths: readonly Death[]): void {
    test('when it is killed again and again, then it goes on where it was and ends equal, byte for byte', async () => {
      const place = newPlace();
      await copyRows(county.url, place.url);
      for (const [at, die] of deaths.entries()) {
        const ended = await runNight(place.url, 2 * at, die);
        expect(ended).toMatchObject({ signal: 'SIGKILL', errors: '' });
        expect(difference(undisturbed, await resultOf(place.url))).not.toEqual([]);
      }
      // While the lease of the dead one runs, its step is left to it.
      const early = await runNight(place.url, 2 * (deaths.length - 1), null);
      expect(JSON.parse(early.output)).toMatchObject({ state: 'held' });
      const resumed = await runNight(place.url, 2 * deaths.length, null);
      expect(resumed).toMatchObject({ code: 0, errors: '' });
      expect(JSON.parse(resumed.output)).toMatchObject({ state: 'done' });
      const result = await resultOf(place.url);
      expect(difference(undisturbed, result)).toEqual([]);
      expect(result.length).toBe(undisturbed.length);
      await place.remove();
    });
  }

  describe('on SQLite', () => killed(sqlitePlace, DEATHS));
  describeMariaDb('on', () => killed(() => mysqlPlace() as TestPlace, DEATHS.slice(1)));
});
