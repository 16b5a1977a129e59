/** Several processes over one SQLite file: nobody's rows are lost, and nobody is blocked by waiting. */
import { type Database, DatabaseBusy, openDatabase } from '../../../src/platform/db/database';
import { runChild } from '../../support/children';
import { sqlitePlace } from '../../support/databases';
import { TOYS } from './toy-tables';

jest.setTimeout(60_000);

describe('Two processes over one SQLite file', () => {
  const place = sqlitePlace();
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ url: place.url, ...TOYS });
    await db.migrate();
    await db.inTransaction((tx) =>
      tx.exec("INSERT INTO counter (name, n) VALUES ('shared', 0), ('held', 0)"),
    );
  });
  afterAll(async () => {
    await db.close();
    await place.remove();
  });

  test('when three count at once, then no number is lost and none is given twice', async () => {
    const others = [1, 2].map(() => runChild('count', { url: place.url, times: '100' }));
    let running = 2;
    for (const other of others) void other.then(() => (running -= 1));
    let own = 0;
    while (own < 100 || running > 0) {
      await db.inTransaction(async (tx) => {
        const row = await tx.one<{ n: number }>("SELECT n FROM counter WHERE name = 'shared'");
        const n = (row?.n ?? 0) + 1;
        await tx.exec("UPDATE counter SET n = :n WHERE name = 'shared'", { n });
        await tx.exec('INSERT INTO ticket (n) VALUES (:n)', { n });
      });
      own += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    for (const other of others) expect(await other).toMatchObject({ code: 0, output: '' });
    const total = own + 200;
    expect(await db.reader().one("SELECT n FROM counter WHERE name = 'shared'")).toEqual({
      n: total,
    });
    expect(await db.reader().one('SELECT COUNT(*) AS n FROM ticket')).toEqual({ n: total });
  });

  test('when another process holds the lock, then we wait without standing still, and then write', async () => {
    const holding = runChild('hold', { url: place.url, ms: '1000' });
    const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 10);
    let longest = 0;
    let ticksThen = 0;
    const held = () => db.reader().one<{ n: number }>("SELECT n FROM counter WHERE name = 'held'");
    while ((await held())?.n === 0) {
      const [before, ticksBefore] = [performance.now(), ticks];
      await db.inTransaction(async () => undefined);
      if (performance.now() - before > longest) {
        longest = performance.now() - before;
        ticksThen = ticks - ticksBefore;
      }
      await pause();
    }
    clearInterval(clock);
    expect(await holding).toMatchObject({ code: 0, output: '' });
    expect(longest).toBeGreaterThan(500);
    // A blocked process would not have ticked while it waited.
    expect(ticksThen).toBeGreaterThan(longest / 100);
  });

  test('when another process holds the lock for too long, then we are told that it is busy', async () => {
    const holding = runChild('hold', { url: place.url, ms: '5000' });
    let busy: unknown;
    const deadline = AbortSignal.timeout(20_000);
    while (!(busy instanceof DatabaseBusy) && !deadline.aborted) {
      busy = await db.inTransaction(async () => undefined).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(busy).toBeInstanceOf(DatabaseBusy);
    expect(await holding).toMatchObject({ code: 0, output: '' });
    await db.inTransaction((tx) => tx.exec("UPDATE counter SET n = 0 WHERE name = 'held'"));
  });
});
