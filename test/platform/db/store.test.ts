/** Stores: what goes in comes out, and a change needs the version it saw. On both databases. */

import type { BusinessDate } from '../../../src/platform/dates';
import {
  type Database,
  DatabaseAway,
  isUniqueViolation,
  type Tx,
} from '../../../src/platform/db/database';
import {
  countRows,
  deleteRows,
  findRow,
  insertIfAbsent,
  insertRow,
  insertRows,
  listRows,
  touch,
  updateVersioned,
} from '../../../src/platform/db/store';
import type { Fen } from '../../../src/platform/money';
import { Problem } from '../../../src/platform/problems';
import { describeEachDatabase, missingColumns } from '../../support/databases';
import { Account, anAccount, Movement, TOYS } from './toy-tables';

const movement = (seq: number, amount = seq): Movement => ({
  day: '2018-06-20' as BusinessDate,
  accountId: anAccount().id,
  seq,
  amountFen: amount as Fen,
});

describeEachDatabase('A store', (open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(TOYS);
    await db.inTransaction((tx) => insertRow(tx, Account, anAccount()));
  });
  const inside = <T>(fn: (tx: Tx) => Promise<T>) => db.inTransaction(fn);
  const load = async () => (await findRow(db.reader(), Account, { id: anAccount().id })) as Account;

  test('gives back what was put in, type by type', async () => {
    const found = await load();
    expect({ ...found }).toEqual(anAccount());
    expect(found).toBeInstanceOf(Account);
  });

  test("TypeORM's manager reads the same", async () => {
    const found = await inside((tx) => tx.manager.findOneBy(Account, { id: anAccount().id }));
    expect({ ...found }).toEqual(anAccount());
  });

  test('has a column in the table for every property', async () => {
    expect(await missingColumns(db, TOYS.entities)).toEqual([]);
  });

  test('when the version is the one it saw, then the change is made and the version rises', async () => {
    const before = await load();
    const after = await inside((tx) =>
      updateVersioned(tx, Account, before, { balanceFen: 7 as Fen, closed: true, details: null }),
    );
    expect(after).toMatchObject({ balanceFen: 7, closed: true, details: null, version: 2 });
    expect(before.version).toBe(1);
    expect({ ...(await load()) }).toEqual({ ...after });
  });

  test('when somebody else was faster, then the change is refused as stale', async () => {
    const seen = await load();
    await inside((tx) => touch(tx, Account, seen));
    const late = inside((tx) => updateVersioned(tx, Account, seen, { balanceFen: 9 as Fen }));
    const problem = (await late.catch((error: unknown) => error)) as Problem;
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      code: 'platform.stale',
      info: { extra: { seenVersion: seen.version, currentVersion: seen.version + 1 } },
    });
    expect((await load()).balanceFen).toBe(seen.balanceFen);
  });

  test('when two touch the same owner at once, then one of them is refused', async () => {
    const seen = await load();
    const both = await Promise.allSettled([
      inside((tx) => touch(tx, Account, seen)),
      inside((tx) => touch(tx, Account, seen)),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await load()).version).toBe(seen.version + 1);
  });

  test('when nothing but the version changes, then one row still counts as matched', async () => {
    const matched = await inside((tx) => tx.exec('UPDATE account SET days = days'));
    expect(matched).toBe(1);
  });

  test('a key or the version cannot be changed, an unknown property is refused', async () => {
    const row = await load();
    const change = (changes: object) => inside((tx) => updateVersioned(tx, Account, row, changes));
    await expect(change({ id: 'x' })).rejects.toThrow('cannot be changed');
    await expect(change({ version: 9 })).rejects.toThrow('cannot be changed');
    await expect(change({ colour: 'x' })).rejects.toThrow('no property colour');
  });

  test('when thousands of rows are inserted, then all are there, in order', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => movement(index + 1));
    await inside((tx) => insertRows(tx, Movement, rows));
    const found = await listRows(
      db.reader(),
      Movement,
      { accountId: anAccount().id },
      { seq: 'desc' },
      3,
    );
    expect(found.map((row) => row.seq)).toEqual([2500, 2499, 2498]);
    const sum = await db
      .reader()
      .one('SELECT SUM(amount_fen) AS total, COUNT(*) AS n FROM movement');
    expect(sum).toEqual({ total: (2500 * 2501) / 2, n: 2500 });
    expect(await countRows(db.reader(), Movement, { seq: [1, 2, 9999] })).toBe(2);
    expect(await countRows(db.reader(), Movement, { seq: [] })).toBe(0);
  });

  test('conditions on NULL find NULL, and an undefined one is refused', async () => {
    expect(await countRows(db.reader(), Account, { ownerId: null })).toBe(1);
    const undefinedOne = countRows(db.reader(), Account, { ownerId: undefined as unknown as null });
    await expect(undefinedOne).rejects.toThrow('undefined');
    expect(await deleteRows({} as Tx, Account, {}).catch((error: Error) => error.message)).toMatch(
      'Deleting all',
    );
  });

  test('when several rows match one, then it is a defect', async () => {
    await expect(findRow(db.reader(), Movement, { accountId: anAccount().id })).rejects.toThrow(
      'Expected one row',
    );
  });

  test('when a row is there already, then it is kept, also on an append-only table', async () => {
    const key = ['day', 'accountId', 'seq'] as const;
    const insert = (seq: number) =>
      inside((tx) => insertIfAbsent(tx, Movement, movement(seq, 5), key));
    expect([await insert(9001), await insert(9001), await insert(1)]).toEqual([true, false, false]);
    const together = await Promise.all(Array.from({ length: 8 }, () => insert(9002)));
    expect(together.filter(Boolean)).toHaveLength(1);
  });

  test('insertOrKeep counts new rows only, and overlooks nothing but the duplicate', async () => {
    const columns = ['name', 'n'];
    const keep = (name: string, n: number) =>
      inside((tx) => tx.exec(tx.dialect.insertOrKeep('counter', columns, ['name']), { name, n }));
    expect([await keep('a', 1), await keep('a', 2), await keep('b', 1)]).toEqual([1, 0, 1]);
    expect(await db.reader().one("SELECT n FROM counter WHERE name = 'a'")).toEqual({ n: 1 });
    await expect(keep('a name much longer than twenty', 1)).rejects.toThrow();
    const source = "SELECT name || '2', n + 1 FROM counter WHERE name IN ('a', 'b')";
    const copy = () =>
      inside((tx) => tx.exec(tx.dialect.insertOrKeep('counter', columns, ['name'], source)));
    expect([await copy(), await copy()]).toEqual([2, 0]);
    const appended = (amount: number) =>
      inside((tx) =>
        tx.exec(
          tx.dialect.insertOrKeep(
            'movement',
            ['day', 'account_id', 'seq', 'amount_fen'],
            ['day', 'account_id', 'seq'],
          ),
          { day: '2018-06-20', account_id: anAccount().id, seq: 1, amount_fen: amount },
        ),
      );
    expect(await appended(77)).toBe(0);
  });

  test('when the database is closed, then it is away', async () => {
    const other = await open(TOYS);
    await other.close();
    await other.close();
    await expect(other.inTransaction(async () => 1)).rejects.toThrow(DatabaseAway);
    await expect(other.ping()).rejects.toThrow(DatabaseAway);
    expect(isUniqueViolation(new Error('no'))).toBe(false);
  });
});
