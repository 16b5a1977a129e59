/** Opening a database: URLs, folders, and how long we wait for a place. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseAway, DatabaseBusy, openDatabase } from '../../../src/platform/db/database';
import { describePlace, parseMysqlUrl } from '../../../src/platform/db/mysql-url';
import { LOCK_LIMITS, Patience } from '../../../src/platform/db/patience';
import { Turnstile } from '../../../src/platform/db/turnstile';
import { describeEachDatabase } from '../../support/databases';

const open = (url: string) => openDatabase({ url, entities: [], migrations: [] });

describe('The URL of a database', () => {
  test('is read part by part', () => {
    const place = parseMysqlUrl('mysql://me:p%40ss%2Fw%3Ard@db.county.cn:3307/xinfu?tls=required');
    expect(place).toEqual({
      host: 'db.county.cn',
      port: 3307,
      socketPath: undefined,
      user: 'me',
      password: 'p@ss/w:rd',
      database: 'xinfu',
      tls: true,
    });
    expect(describePlace(place)).toBe('me@db.county.cn:3307/xinfu');
    expect(parseMysqlUrl('mysql://root@[::1]/x')).toMatchObject({ host: '::1', port: 3306 });
    const local = parseMysqlUrl('mysql://root@localhost/x?socketPath=/run/mysqld.sock');
    expect(describePlace(local)).toBe('root@/run/mysqld.sock/x');
  });

  test.each([
    ['postgres://localhost/x', 'must begin with'],
    ['sqlite::memory:', 'must name a file'],
    ['sqlite:', 'must name a file'],
    ['mysql://u:secret@host/', 'name of the database'],
    ['mysql://u:secret@host/a;b', 'name of the database'],
    ['mysql://u:secret@host/x?ssl=off', 'unknown parameter ssl'],
    ['mysql://u:secret@host:port/x', 'is no URL'],
  ])('%s is refused', async (url, message) => {
    const error = (await open(url).catch((problem: unknown) => problem)) as Error;
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch('secret');
  });
});

describe('A SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinfu-open-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is made with its folders, in WAL mode with full synchronisation and foreign keys', async () => {
    const path = join(folder, 'deep/er/xinfu.db');
    const db = await open(`sqlite:${path}`);
    const runner = db.dataSource.createQueryRunner('master');
    const pragma = async (name: string) =>
      Object.values((await runner.query(`PRAGMA ${name}`))[0])[0];
    const settings = [
      'journal_mode',
      'synchronous',
      'foreign_keys',
      'busy_timeout',
      'recursive_triggers',
    ];
    expect(await Promise.all(settings.map(pragma))).toEqual(['wal', 2, 1, 0, 1]);
    await runner.release();
    await db.close();
    // The log was carried over into the file and removed.
    expect([existsSync(path), existsSync(`${path}-wal`)]).toEqual([true, false]);
  });

  test('that is none is refused and left as it is', async () => {
    const path = join(folder, 'letter.txt');
    writeFileSync(path, '这不是数据库。'.repeat(100));
    await expect(open(`sqlite:${path}`)).rejects.toThrow(DatabaseAway);
    expect(readFileSync(path, 'utf8')).toBe('这不是数据库。'.repeat(100));
  });

  test('in a place where none can be is refused', async () => {
    await expect(open(`sqlite:${join(folder, 'letter.txt')}/x.db`)).rejects.toThrow(DatabaseAway);
  });
});

describe('Waiting for a place', () => {
  test('is first come, first served, and never more are inside than there are places', async () => {
    const turnstile = new Turnstile(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const visit = async (n: number) => {
      const leave = await turnstile.enter();
      inside += 1;
      most = Math.max(most, inside);
      order.push(n);
      await new Promise(setImmediate);
      inside -= 1;
      leave();
      leave();
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => visit(n)));
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(most).toBe(2);
  });

  test('ends when it takes too long, and when the place is closed', async () => {
    const turnstile = new Turnstile(1, 20);
    const leave = await turnstile.enter();
    await expect(turnstile.enter()).rejects.toThrow(DatabaseBusy);
    const waiting = turnstile.enter();
    const closing = turnstile.close();
    await expect(waiting).rejects.toThrow(DatabaseAway);
    await expect(turnstile.enter()).rejects.toThrow(DatabaseAway);
    leave();
    await closing;
  });

  test('grows and varies, and ends by time as well as by tries', async () => {
    const asked: number[] = [];
    const random = () => {
      asked.push(1);
      return 0;
    };
    const byTries = new Patience(random, { tries: 4, totalMs: 1000, baseMs: 1, capMs: 2 });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await byTries.again());
    expect(answers).toEqual([true, true, true, false]);
    expect(asked).toHaveLength(3);
    const byTime = new Patience(() => 0.5, { ...LOCK_LIMITS, totalMs: 30 });
    let tries = 0;
    while (await byTime.again()) tries += 1;
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThan(60);
  });
});

describeEachDatabase('Closing', (openTest) => {
  test('waits for the transaction under way, and lets no other begin', async () => {
    const db = await openTest();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun: () => void = () => undefined;
    const began = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const running = db.inTransaction(async (tx) => {
      begun();
      await finished;
      return tx.one('SELECT 1 AS alive');
    });
    await began;
    const closing = db.close();
    await expect(db.inTransaction(async () => 1)).rejects.toThrow(DatabaseAway);
    finish();
    expect(await running).toEqual({ alive: 1 });
    await closing;
  });
});
