/** How transactions end: well, undone, again, poisoned, as a dry run. On both databases. */

import { inspect } from 'node:util';
import type { BusinessDate } from '../../../src/platform/dates';
import {
  type Database,
  DatabaseBusy,
  isAppendOnlyViolation,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  type Params,
  RunAgain,
  TransactionMisuse,
  type Tx,
} from '../../../src/platform/db/database';
import { insertRow } from '../../../src/platform/db/store';
import type { Fen } from '../../../src/platform/money';
import { describeEachDatabase, describeMariaDb } from '../../support/databases';
import { Account, anAccount, Movement, TOYS } from './toy-tables';

// A lock that is not let go is waited for twice, three seconds each.
jest.setTimeout(30_000);

const add = (tx: Tx, name: string, n = 0) =>
  tx.exec('INSERT INTO counter (name, n) VALUES (:name, :n)', { name, n });

async function errorOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describeEachDatabase('A transaction', (open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(TOYS);
  });
  const names = async () =>
    (await db.reader().rows<{ name: string }>('SELECT name FROM counter ORDER BY name')).map(
      (row) => row.name,
    );

  test('when its function throws, then nothing of it stays', async () => {
    const broken = db.inTransaction(async (tx) => {
      await add(tx, 'thrown');
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await names()).not.toContain('thrown');
  });

  test('when it is a dry run, then its value comes back and nothing stays', async () => {
    const dry = await db.inTransaction(
      async (tx) => {
        await add(tx, 'dry');
        return (await tx.rows("SELECT name FROM counter WHERE name = 'dry'")).length;
      },
      { rollback: true },
    );
    expect(dry).toBe(1);
    expect(await names()).not.toContain('dry');
  });

  test('when an error is swallowed, then it still cannot commit', async () => {
    const swallowing = db.inTransaction(async (tx) => {
      await add(tx, 'poisoned');
      await add(tx, 'poisoned').catch(() => undefined);
      return 'looks fine';
    });
    expect(isUniqueViolation(await errorOf(swallowing), 'counter')).toBe(true);
    expect(await names()).not.toContain('poisoned');
  });

  test('when it goes on after an error, then every further use is refused', async () => {
    let later: unknown;
    await errorOf(
      db.inTransaction(async (tx) => {
        await errorOf(tx.exec('INSERT INTO nowhere (a) VALUES (1)'));
        later = await errorOf(add(tx, 'too late'));
      }),
    );
    expect(later).toBeInstanceOf(TransactionMisuse);
    expect(await names()).not.toContain('too late');
  });

  test('when its function makes a refusal of a violation, then the refusal comes out', async () => {
    const refused = db.inTransaction(async (tx) => {
      await add(tx, 'once');
      if (isUniqueViolation(await errorOf(add(tx, 'once')))) throw new Error('taken');
    });
    await expect(refused).rejects.toThrow('taken');
  });

  test('when its handle is used after the end, then it is refused', async () => {
    let kept: Tx | undefined;
    await db.inTransaction(async (tx) => {
      kept = tx;
    });
    await expect(add(kept as Tx, 'after')).rejects.toThrow(TransactionMisuse);
    await expect((kept as Tx).rows('SELECT 1')).rejects.toThrow(TransactionMisuse);
    expect(await names()).not.toContain('after');
  });

  test('when it asks to run again, then the whole function runs on a clean slate', async () => {
    let tries = 0;
    await db.inTransaction(async (tx) => {
      tries += 1;
      await add(tx, 'third time');
      if (tries < 3) throw new RunAgain('not yet');
    });
    expect(tries).toBe(3);
    expect(await names()).toContain('third time');
  });

  test('when it never succeeds, then patience ends after ten tries', async () => {
    let tries = 0;
    const hopeless = db.inTransaction(async () => {
      tries += 1;
      throw new RunAgain('never');
    });
    await expect(hopeless).rejects.toThrow(DatabaseBusy);
    expect(tries).toBe(10);
  });

  test('when a value is of a wrong type, then nothing is bound and nothing commits', async () => {
    const wrong = db.inTransaction(async (tx) => {
      await add(tx, 'before the Date');
      await add(tx, 'with a Date', new Date(0) as unknown as number).catch(() => undefined);
    });
    await expect(wrong).rejects.toThrow(TypeError);
    expect(await names()).not.toContain('before the Date');
    for (const value of [undefined, 0.5, new Date(0), {}]) {
      const byManager = db.inTransaction((tx) =>
        tx.manager.query('INSERT INTO counter (name, n) VALUES (?, ?)', ['by manager', value]),
      );
      await expect(byManager).rejects.toThrow(TypeError);
    }
    expect(await names()).not.toContain('by manager');
  });
});

describeEachDatabase('The database itself', (open, kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(TOYS);
    await db.inTransaction(async (tx) => {
      await insertRow(tx, Account, anAccount());
      await insertRow(tx, Movement, {
        day: '2018-06-20' as BusinessDate,
        accountId: anAccount().id,
        seq: 1,
        amountFen: 1 as Fen,
      });
    });
  });

  const id = '01ARZ3NDEKTSV4RRFFQ69G5FAX';
  const insert = (changes: object) =>
    errorOf(
      db.inTransaction((tx) =>
        insertRow(tx, Account, { ...anAccount({ id, title: '另一户' }), ...changes } as Account),
      ),
    );

  test.each([
    ['a negative balance', { balanceFen: -1 }],
    ['a title that is too long', { title: '一二三四五六七八九十一' }],
    ['a code that is not ASCII', { regionCode: '龙胜' }],
    ['a code that is too long', { regionCode: '4503280000000' }],
    ['a day that does not exist', { openedOn: '2018-02-30' }],
    ['a month that does not exist', { openedOn: '2018-13-01' }],
    ['a count out of range', { days: 2_147_483_648 }],
    ['a digest of a wrong length', { proof: 'ab' }],
    ['a moment before 1970', { seenAt: -1 }],
    ['a missing value', { title: null }],
  ])('refuses %s', async (_, changes) => {
    expect(isCheckViolation(await insert(changes))).toBe(true);
  });

  test('when it refuses a row, then its error holds no values of the row', async () => {
    const error = await insert({ title: '一二三四五六七八九十一', remark: '身份证号' });
    expect(inspect(error, { depth: 9 })).not.toMatch(/身份证号|一二三/);
  });

  test('refuses a date without its form, or brings it into form', async () => {
    const error = await insert({ openedOn: '2018/02/28' });
    const rows = await db.reader().rows("SELECT opened_on FROM account WHERE title = '另一户'");
    expect([isCheckViolation(error), rows]).toEqual(
      kind === 'sqlite' ? [true, []] : [false, [{ opened_on: '2018-02-28' }]],
    );
    await db.inTransaction((tx) => tx.exec("DELETE FROM account WHERE title = '另一户'"));
  });

  test.each([
    ['a flag that is neither 0 nor 1', 'closed = 2'],
    ['a text that is no JSON', "details = '{'"],
    ['money beyond what is exact', 'balance_fen = 9007199254740992'],
    ['a version that is no number', "version = 'x'"],
  ])('refuses %s', async (_, change) => {
    const error = await errorOf(db.inTransaction((tx) => tx.exec(`UPDATE account SET ${change}`)));
    expect(isCheckViolation(error)).toBe(true);
  });

  test('refuses a second row of a unique key, and says which key', async () => {
    const sameName = await insert({ title: anAccount().title });
    expect(isUniqueViolation(sameName)).toBe(true);
    expect(isUniqueViolation(sameName, 'account')).toBe(true);
    expect(isUniqueViolation(sameName, 'uq_account_region_code_title')).toBe(true);
    expect(isUniqueViolation(sameName, 'movement')).toBe(false);
    expect(isUniqueViolation(sameName, 'uq_account_id')).toBe(false);
    expect(isUniqueViolation(await insert({ id: anAccount().id }), 'account')).toBe(true);
    expect(isCheckViolation(sameName)).toBe(false);
  });

  test('refuses a row without its parent', async () => {
    expect(isForeignKeyViolation(await insert({ ownerId: id }))).toBe(true);
  });

  test.each([
    ['UPDATE', 'UPDATE movement SET amount_fen = 2'],
    ['DELETE', 'DELETE FROM movement'],
    [
      'REPLACE',
      "REPLACE INTO movement (day, account_id, seq, amount_fen) VALUES ('2018-06-20', :id, 1, 2)",
    ],
  ])('refuses %s on a table that is only added to', async (_, sql) => {
    const params: Params = sql.includes(':id') ? { id: anAccount().id } : {};
    const error = await errorOf(db.inTransaction((tx) => tx.exec(sql, params)));
    expect(isAppendOnlyViolation(error)).toBe(true);
    expect(await db.reader().rows('SELECT amount_fen FROM movement')).toEqual([{ amount_fen: 1 }]);
  });
});

describeMariaDb('A network', (open) => {
  test('when a statement is not awaited, then it is not committed', async () => {
    const db = await open(TOYS);
    const hasty = db.inTransaction(async (tx) => {
      void add(tx, 'hasty').catch(() => undefined);
    });
    await expect(hasty).rejects.toThrow(TransactionMisuse);
    expect(await db.reader().rows('SELECT name FROM counter')).toEqual([]);
  });
});

describeMariaDb('A deadlock', (open) => {
  test('when two transactions wait for each other, then one runs again and both are done', async () => {
    const db = await open(TOYS);
    await db.inTransaction(async (tx) => {
      await add(tx, 'left');
      await add(tx, 'right');
    });
    let tries = 0;
    let waiting = 2;
    let bothInside: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      bothInside = resolve;
    });
    const cross = (first: string, second: string) =>
      db.inTransaction(async (tx) => {
        tries += 1;
        const bump = 'UPDATE counter SET n = n + 1 WHERE name = :name';
        await tx.exec(bump, { name: first });
        waiting -= 1;
        if (waiting === 0) bothInside();
        await both;
        await tx.exec(bump, { name: second });
      });
    await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    expect(tries).toBe(3);
    expect(await db.reader().rows('SELECT name, n FROM counter ORDER BY name')).toEqual([
      { name: 'left', n: 2 },
      { name: 'right', n: 2 },
    ]);
  });

  test('when a row lock is not let go, then the wait ends, and patience too', async () => {
    const db = await open(TOYS);
    await db.inTransaction((tx) => add(tx, 'held'));
    const bump = "UPDATE counter SET n = n + 1 WHERE name = 'held'";
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holding = db.inTransaction(async (tx) => {
      await tx.exec(bump);
      await held;
    });
    await expect(db.inTransaction((tx) => tx.exec(bump))).rejects.toThrow(DatabaseBusy);
    letGo();
    await holding;
    expect(await db.reader().one('SELECT n FROM counter')).toEqual({ n: 1 });
  });
});
