/**
 * Transactions do not see or undo each other. With TypeORM's own SQLite runner every one of these fails: all
 * runners of a data source share one connection there.
 */
import { type Database, TransactionMisuse, type Tx } from '../../../src/platform/db/database';
import { describeEachDatabase } from '../../support/databases';
import { TOYS } from './toy-tables';

interface Gate {
  open(): void;
  opened: Promise<void>;
}

function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const add = (tx: Tx, name: string) =>
  tx.exec('INSERT INTO counter (name, n) VALUES (:name, 0)', { name });

describeEachDatabase('Transactions', (open, kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(TOYS);
    await db.inTransaction((tx) => add(tx, 'tickets'));
  });

  const count = async (name: string) =>
    (await db.reader().rows('SELECT name FROM counter WHERE name = :name', { name })).length;

  test('when 200 read and then write at once, then each got its own number', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 200 }, () =>
        db.inTransaction(async (tx) => {
          const row = await tx.one<{ n: number }>(
            `SELECT n FROM counter WHERE name = 'tickets' ${tx.dialect.forUpdate()}`,
          );
          const n = (row?.n ?? 0) + 1;
          await tx.exec("UPDATE counter SET n = :n WHERE name = 'tickets'", { n });
          await tx.exec('INSERT INTO ticket (n) VALUES (:n)', { n });
          return n;
        }),
      ),
    );
    expect(new Set(numbers).size).toBe(200);
    expect(Math.max(...numbers)).toBe(200);
    expect(await db.reader().one('SELECT COUNT(*) AS n FROM ticket')).toEqual({ n: 200 });
  });

  test('when one rolls back while another commits, then only the first is undone', async () => {
    const firstWrote = gate();
    const outcomes = await Promise.allSettled([
      db.inTransaction(async (tx) => {
        await add(tx, 'undone');
        firstWrote.open();
        await new Promise(setImmediate);
        throw new Error('changed my mind');
      }),
      firstWrote.opened.then(() => db.inTransaction((tx) => add(tx, 'kept'))),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled']);
    expect([await count('undone'), await count('kept')]).toEqual([0, 1]);
  });

  test('when a transaction is open, then others see only what is committed, and it sees its own', async () => {
    const wrote = gate();
    const looked = gate();
    const writing = db.inTransaction(async (tx) => {
      await add(tx, 'seen later');
      const own = await tx.rows("SELECT name FROM counter WHERE name = 'seen later'");
      wrote.open();
      await looked.opened;
      return own.length;
    });
    await wrote.opened;
    const before = await count('seen later');
    looked.open();
    expect([before, await writing, await count('seen later')]).toEqual([0, 1, 1]);
  });

  test('when TypeORM itself opens two runners, then they do not bleed into each other either', async () => {
    const reading = db.dataSource.createQueryRunner('slave');
    const writing = db.dataSource.createQueryRunner('master');
    const query = "SELECT name FROM counter WHERE name = 'by runner'";
    await writing.startTransaction();
    await writing.query("INSERT INTO counter (name, n) VALUES ('by runner', 1)");
    const outside = await reading.query(query);
    const inside = await writing.query(query);
    await writing.rollbackTransaction();
    expect([outside.length, inside.length, (await reading.query(query)).length]).toEqual([0, 1, 0]);
    await writing.release();
    await reading.release();
  });

  test('when a runner is released in the middle, then nothing of it stays', async () => {
    if (kind === 'mysql') return; // TypeORM's own runner, which nobody but us opens.
    const runner = db.dataSource.createQueryRunner('master');
    await runner.startTransaction();
    await runner.query("INSERT INTO counter (name, n) VALUES ('left open', 1)");
    await runner.release();
    await db.inTransaction((tx) => add(tx, 'after the release'));
    expect([await count('left open'), await count('after the release')]).toEqual([0, 1]);
  });

  test("when TypeORM's manager is used, then it works inside the same transaction", async () => {
    await expect(
      db.inTransaction(async (tx) => {
        await tx.manager.query("INSERT INTO counter (name, n) VALUES ('by manager', 1)");
        expect(await tx.rows("SELECT n FROM counter WHERE name = 'by manager'")).toEqual([
          { n: 1 },
        ]);
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    expect(await count('by manager')).toBe(0);
  });

  test('when a transaction opens another or reads past itself, then it is refused at once', async () => {
    await db.inTransaction(async () => {
      await expect(db.inTransaction((tx) => add(tx, 'inner'))).rejects.toThrow(TransactionMisuse);
      await expect(db.reader().rows('SELECT n FROM counter')).rejects.toThrow(TransactionMisuse);
      if (kind === 'sqlite') {
        await expect(db.dataSource.query('SELECT 1')).rejects.toThrow(TransactionMisuse);
      }
    });
    expect(await count('inner')).toBe(0);
  });

  test('when a transaction has ended, then another may follow from the same call', async () => {
    const after = await db
      .inTransaction(async () => 1)
      .then((n) => db.inTransaction(async () => n + 1));
    expect(after).toBe(2);
  });

  test('when transactions follow each other without end, then timers and requests still have their turn', async () => {
    let turn = false;
    const timer = setTimeout(() => {
      turn = true;
    }, 5);
    let transactions = 0;
    while (!turn && transactions < 100_000) {
      await db.inTransaction((tx) => tx.one('SELECT 1 AS one_row'));
      transactions += 1;
    }
    clearTimeout(timer);
    expect(turn).toBe(true);
  });

  test('a reader only reads', async () => {
    const write = db.reader().rows('DELETE FROM ticket');
    await expect(write).rejects.toThrow('only reads');
    await expect(db.reader().rows('WITH x AS (SELECT 1) DELETE FROM ticket')).rejects.toThrow(
      'only reads',
    );
  });
});
