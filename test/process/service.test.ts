/** The service as a process: it becomes ready, answers, stops without dropping anything, and says why it does not start. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { newKeyRingText } from '../../src/platform/crypto/keys';
import { sqlitePlace } from '../support/databases';
import { Client } from './client';
import { COUNTY, type Office, settleOffice } from './office';
import { freePort, type RunningService, run, startService } from './running';

jest.setTimeout(180_000);

const main = (environment: Record<string, string>) =>
  run('src/main.ts', [], { XINFU_DEMO: 'false', ...environment }).ended;

describe('A service that is started', () => {
  const place = sqlitePlace();
  const file = place.url.slice('sqlite:'.length);
  let office: Office;
  let service: RunningService;
  let company: Client;

  beforeAll(async () => {
    office = await settleOffice(place.url, 0);
    service = await startService(place.url);
    company = new Client(service.base, office.logins.company, office.password);
    await company.signIn();
  });
  afterAll(async () => {
    await service?.end('SIGKILL');
    await place.remove();
  });

  const contribution = (document: string) => ({
    county: COUNTY,
    source: 'COUNTY',
    document,
    amount: '100.00',
  });

  test('is alive and ready, describes its API, and says where it is', async () => {
    const get = async (path: string) => {
      const response = await fetch(`${service.base}${path}`);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get('/readyz')).toEqual({
      status: 200,
      body: { status: 'ready', parts: { database: true, migrations: true, jobs: true } },
    });
    expect((await get('/api/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect(await get('/nowhere')).toMatchObject({ status: 404, body: { code: 'platform.absent' } });
    expect(service.output()).toContain(`http://localhost:${service.port}`);
  });

  test('does not die of requests that are none', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${service.base}/api/v1/riskfund/contributions`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      }).then((response) => response.status);
    expect(await send('{"county":')).toBe(400);
    expect(await send('x', 'text/plain')).toBe(415);
    expect(await send(`{"county":"${'4'.repeat(1_100_000)}"}`)).toBe(413);
    const raw = new (await import('node:net')).Socket();
    await new Promise<void>((resolve) => {
      raw.on('close', () => resolve()).on('error', () => undefined);
      raw.connect(service.port, '127.0.0.1', () => raw.end('\u0000\u0001 no HTTP at all\r\n\r\n'));
      raw.resume();
    });
    expect((await fetch(`${service.base}/healthz`)).status).toBe(200);
  });

  test('when it is told to stop during a request, then it answers that request and gives up its leases', async () => {
    // Somebody else holds the write lock, so the request cannot end before the signal has come.
    const holder = new Sqlite(file);
    holder.exec('BEGIN IMMEDIATE');
    const document = '龙财农〔2018〕1号';
    const answer = company.post('/riskfund/contributions', contribution(document), 'stop-key-1');
    await sleep(300);
    const ended = service.end('SIGTERM');
    await sleep(500);
    await expect(fetch(`${service.base}/healthz`)).rejects.toThrow();
    holder.exec('COMMIT');
    expect((await answer).status).toBe(201);
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(service.output()).toContain('"msg":"stopped"');
    const count = (sql: string) => (holder.prepare(sql).get() as { n: number }).n;
    expect(count(`SELECT COUNT(*) AS n FROM fund_movement WHERE document = '${document}'`)).toBe(1);
    expect(count('SELECT COUNT(*) AS n FROM lease WHERE expires_at > 0')).toBe(0);
    expect(count(`SELECT COUNT(*) AS n FROM job_run WHERE state = 'running'`)).toBe(0);
    expect(count('SELECT COUNT(*) AS n FROM audit_queue')).toBe(0);
    holder.close();
    // Everything was carried over from the log into the file.
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  test('when it is started again, then the session still stands and the effect is there', async () => {
    service = await startService(place.url);
    company.base = service.base;
    const fund = await company.get(`/riskfund/funds/${COUNTY}`);
    expect(fund).toMatchObject({ status: 200, body: { balance: '100.00' } });
    const document = '龙财农〔2018〕1号';
    const again = await company.post(
      '/riskfund/contributions',
      contribution(document),
      'stop-key-1',
    );
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await service.end('SIGINT')).toMatchObject({ code: 0 });
  });
});

describe('A service that cannot start', () => {
  test('in production with the keys of the development names the variable, in Chinese, and makes no database', async () => {
    const place = sqlitePlace();
    const production = { XINFU_MODE: 'production', DATABASE_URL: place.url };
    const ended = await main({ ...production, PORT: String(await freePort()) });
    expect([ended.code, ended.signal]).toEqual([1, null]);
    expect(ended.errors).toMatch(/生产模式拒绝启动.*XINFU_KEYS/);
    expect(existsSync(place.url.slice('sqlite:'.length))).toBe(false);
  });

  test('in production with the demonstration or open cookies is told which variable', async () => {
    const keys = { XINFU_MODE: 'production', XINFU_KEYS: newKeyRingText('AES') };
    const [demo, cookies] = await Promise.all([
      main({ ...keys, XINFU_DEMO: 'true' }),
      main({ ...keys, XINFU_SECURE_COOKIES: 'false' }),
    ]);
    expect([demo.code, demo.errors]).toEqual([1, expect.stringMatching(/拒绝启动.*XINFU_DEMO/)]);
    expect([cookies.code, cookies.errors]).toEqual([
      1,
      expect.stringMatching(/XINFU_SECURE_COOKIES/),
    ]);
  });

  test('where the port is in use says which one and what to do, without a stack', async () => {
    const place = sqlitePlace();
    const taken: Server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const ended = await main({ DATABASE_URL: place.url, PORT: String(port) });
    taken.close();
    await place.remove();
    expect(ended.code).toBe(1);
    expect(ended.errors).toMatch(new RegExp(`${port} 已被占用.*PORT`));
    expect(ended.errors).not.toMatch(/\n\s+at /);
  });

  test('where the database is not reached names the place and not the password', async () => {
    const ended = await main({ DATABASE_URL: 'mysql://clerk:open-sesame@127.0.0.1:1/xinfu' });
    expect(ended.code).toBe(1);
    expect(ended.errors).toMatch(/clerk@127\.0\.0\.1:1\/xinfu/);
    expect(ended.errors + ended.output).not.toMatch(/sesame|\n\s+at /);
  });

  test('with settings that make no sense is told which', async () => {
    const ended = await main({ PORT: 'three thousand' });
    expect([ended.code, ended.errors]).toEqual([1, expect.stringMatching(/环境变量 PORT/)]);
  });
});
