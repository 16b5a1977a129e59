/**
 * What a network does to transactions: a line cut at COMMIT, a server that dies and comes back. MariaDB only; a
 * file has no network. The server here is the test's own and keeps its commits.
 */
import {
  CommitUnknown,
  type Database,
  DatabaseAway,
  openDatabase,
  type Tx,
} from '../../../src/platform/db/database';
import { describeOwnServer } from '../../support/databases';
import { startServer, type TestServer } from '../../support/mariadb';
import { type FaultyLine, startProxy } from '../../support/proxy';
import { TOYS } from './toy-tables';

jest.setTimeout(60_000);

describeOwnServer('A server over a network', () => {
  let server: TestServer;
  let proxy: FaultyLine;
  let db: Database;

  beforeAll(async () => {
    server = (await startServer({ durable: true })) as TestServer;
    proxy = await startProxy(server.port);
    const url = `mysql://root@127.0.0.1:${proxy.port}/network`;
    db = await openDatabase({ url, ...TOYS, poolSize: 4 });
    await db.migrate();
  });
  afterAll(async () => {
    await db?.close();
    await proxy?.close();
    await server?.stop();
  });

  const add = (tx: Tx, name: string) =>
    tx.exec('INSERT INTO counter (name, n) VALUES (:name, 0)', { name });
  const count = async (name: string) =>
    (await db.reader().rows('SELECT n FROM counter WHERE name = :name', { name })).length;
  /** Adds a row and looks it up when the outcome is unknown; counts the tries. */
  const addResolving = async (name: string) => {
    let tries = 0;
    const outcome = await db.inTransaction(
      async (tx) => {
        tries += 1;
        await add(tx, name);
        return 'done';
      },
      {
        resolveUnknownCommit: async () => ((await count(name)) > 0 ? 'found' : undefined),
      },
    );
    return { tries, outcome, rows: await count(name) };
  };

  test('when the answer of COMMIT is lost, then the stored answer is found and nothing is done twice', async () => {
    proxy.cut = 'answer lost';
    expect(await addResolving('answer lost')).toEqual({ tries: 1, outcome: 'found', rows: 1 });
    expect(proxy.cut).toBeNull();
  });

  test('when COMMIT itself is lost, then the whole function runs again', async () => {
    proxy.cut = 'commit lost';
    expect(await addResolving('commit lost')).toEqual({ tries: 2, outcome: 'done', rows: 1 });
  });

  test('when nobody can look it up, then the caller learns that the outcome is unknown', async () => {
    proxy.cut = 'answer lost';
    await expect(db.inTransaction((tx) => add(tx, 'nobody knows'))).rejects.toThrow(CommitUnknown);
    expect(await count('nobody knows')).toBe(1);
  });

  test('when the line is cut before COMMIT, then the whole function runs again', async () => {
    let tries = 0;
    await db.inTransaction(async (tx) => {
      tries += 1;
      await add(tx, 'cut early');
      const row = await tx.one<{ id: number }>('SELECT CONNECTION_ID() AS id');
      if (tries === 1) await kill(row?.id as number);
      await tx.rows('SELECT 1 AS alive');
    });
    expect([tries, await count('cut early')]).toEqual([2, 1]);
  });

  /** Ends a connection from another one, as an administrator would. */
  async function kill(id: number): Promise<void> {
    const other = await openDatabase({ url: server.url('network'), entities: [], migrations: [] });
    const runner = other.dataSource.createQueryRunner('master');
    await runner.query(`KILL ${id}`);
    await runner.release();
    await other.close();
  }

  test('when the server dies, then we are told so, and when it is back, we go on by ourselves', async () => {
    await db.inTransaction((tx) => add(tx, 'before the crash'));
    let started: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => {
      started = resolve;
    });
    let dead: () => void = () => undefined;
    const crash = new Promise<void>((resolve) => {
      dead = resolve;
    });
    const caught = db
      .inTransaction(async (tx) => {
        await add(tx, 'in the crash');
        started();
        await crash;
        await add(tx, 'after the crash');
      })
      .catch((error: unknown) => error);
    await inside;
    await server.kill();
    dead();
    expect(await caught).toBeInstanceOf(DatabaseAway);
    await expect(db.inTransaction(async () => 1)).rejects.toThrow(DatabaseAway);
    await expect(db.ping()).rejects.toThrow(DatabaseAway);
    await expect(count('before the crash')).rejects.toThrow(DatabaseAway);

    await server.restart();
    await db.ping();
    await db.inTransaction((tx) => add(tx, 'after the crash'));
    const names = ['before the crash', 'in the crash', 'after the crash'];
    expect(await Promise.all(names.map(count))).toEqual([1, 0, 1]);
    const many = Array.from({ length: 12 }, (_, n) =>
      db.inTransaction((tx) => add(tx, `again ${n}`)),
    );
    expect((await Promise.all(many)).length).toBe(12);
  });

  test('when the server is not there at the start, then the error names the place and not the password', async () => {
    const url = 'mysql://clerk:open%20sesame@127.0.0.1:1/xinfu';
    const error = (await openDatabase({ url, entities: [], migrations: [] }).catch(
      (e: unknown) => e,
    )) as Error;
    expect(error).toBeInstanceOf(DatabaseAway);
    expect(error.message).toMatch(/clerk@127\.0\.0\.1:1\/xinfu/);
    expect(error.message).not.toMatch(/sesame/);
  });

  test('when the account is refused, then the error says so without the password', async () => {
    const url = `mysql://nobody:open%20sesame@127.0.0.1:${server.port}/xinfu`;
    const error = (await openDatabase({ url, entities: [], migrations: [] }).catch(
      (e: unknown) => e,
    )) as Error;
    expect(error).toBeInstanceOf(DatabaseAway);
    expect(error.message).toMatch(/Access denied/);
    expect(error.message).not.toMatch(/sesame/);
  });

  test('when it is reached through its socket, then it works the same', async () => {
    const url = `mysql://root@localhost/network?socketPath=${encodeURIComponent(server.socket)}`;
    const other = await openDatabase({ url, entities: [], migrations: [] });
    await other.ping();
    await other.close();
  });
});
