/** Ids that a statement counts: those that the process would have made one by one, and nobody else's. */
import type { Database } from '../../../src/platform/db/database';
import { idOfStem, reserveIds } from '../../../src/platform/db/ids-in-order';
import { idFactory, isId, seededRandom } from '../../../src/platform/ids';
import { openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

describeEachDatabase('Ids made by a statement', (open) => {
  let db: Database;
  beforeAll(async () => {
    db = (await openCounty(open)).platform.db;
  });
  const clock = { now: () => 1_537_401_600_000, today: () => '2018-09-20' } as Parameters<
    typeof idFactory
  >[0];
  const numbered = async (stem: string, number: number) => {
    const row = await db
      .reader()
      .one<{ id: string }>(
        `SELECT ${idOfStem(db.dialect, ':stem', 'n')} AS id FROM (SELECT :number AS n) x`,
        { stem, number },
      );
    return row?.id;
  };

  test('are the ids that would have followed, in their order', async () => {
    const twin = idFactory(clock, seededRandom(7));
    const { stem, from } = reserveIds(idFactory(clock, seededRandom(7)), 100);
    for (let n = 0; n < 100; n += 1) {
      const id = await numbered(stem, from + n);
      expect(id).toBe(twin());
      expect(isId(id)).toBe(true);
    }
  });

  test('are nobody else’s: what is made or reserved afterwards lies behind them', async () => {
    const newId = idFactory(clock, seededRandom(8));
    const first = reserveIds(newId, 50);
    const second = reserveIds(newId, 50);
    expect((await numbered(first.stem, first.from + 49))! < newId()).toBe(true);
    expect(
      (await numbered(first.stem, first.from + 49))! < (await numbered(second.stem, second.from))!,
    ).toBe(true);
  });

  test('never run over the digits that are counted', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { from } = reserveIds(idFactory(clock, seededRandom(seed)), 400_000);
      expect(from + 400_000).toBeLessThanOrEqual(32 ** 4);
    }
    expect(() => reserveIds(idFactory(clock, seededRandom(1)), 600_000)).toThrow(
      'cannot be counted',
    );
  });
});
