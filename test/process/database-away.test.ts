/**
 * The MariaDB goes away under a running service and comes back; the line is cut at the worst moment of a commit. The
 * service is a process of its own, so that an error nobody caught would end it and be seen.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeMariaDb, mysqlPlace, type TestPlace } from '../support/databases';
import { type Cut, startProxy } from '../support/proxy';
import { type Answer, Client } from './client';
import { type Line, openLine } from './line';
import { look } from './night-kill';
import { COUNTY, type Office, settleOffice } from './office';
import { type RunningService, startService } from './running';

jest.setTimeout(180_000);

describeMariaDb('A service whose database goes away', () => {
  let place: TestPlace;
  let line: Line;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let office: Office;
  let service: RunningService;
  let company: Client;

  beforeAll(async () => {
    place = mysqlPlace() as TestPlace;
    office = await settleOffice(place.url, 0);
    const url = new URL(place.url);
    line = await openLine(url.hostname, Number(url.port || 3306));
    proxy = await startProxy(line.port);
    url.host = `127.0.0.1:${proxy.port}`;
    service = await startService(url.href);
    company = new Client(service.base, office.logins.company, office.password);
    await company.signIn();
  });
  afterAll(async () => {
    await service?.end('SIGKILL');
    await proxy?.close();
    await line?.cut();
    await place.remove();
  });

  const contribute = (document: string): Promise<Answer> => {
    const body = { county: COUNTY, source: 'COUNTY', document, amount: '1.00' };
    return company.post('/riskfund/contributions', body, `away-${document}`);
  };
  const effects = (document: string) =>
    look(place.url, async (db) => {
      const rows = await db
        .reader()
        .rows('SELECT id FROM fund_movement WHERE document = :document', { document });
      return rows.length;
    });
  const ready = async () => (await fetch(`${service.base}/readyz`)).status;

  test('while it is away: 503 with Retry-After for whoever asks, in Chinese, and the process lives', async () => {
    expect((await contribute('BEFORE')).status).toBe(201);
    await line.cut();
    const answers = await Promise.all([
      contribute('AWAY'),
      company.get(`/riskfund/funds/${COUNTY}`),
      company.post('/session', { login: office.logins.company, password: office.password }),
    ]);
    for (const { status, headers, body } of answers) {
      expect([status, body.code]).toEqual([503, 'platform.database-away']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body.title).toMatch(/数据库/);
      expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0\.0\.1|fund_movement/);
    }
    expect(await ready()).toBe(503);
    expect((await fetch(`${service.base}/healthz`)).status).toBe(200);
    // Long enough for the sealer and the outbox to wake, find nothing, and not end the process.
    await sleep(2500);
    expect((await fetch(`${service.base}/healthz`)).status).toBe(200);
  });

  test('when it is back, then the service goes on by itself, and the same key gives one effect', async () => {
    await line.mend();
    const deadline = AbortSignal.timeout(20_000);
    while ((await ready()) !== 200 && !deadline.aborted) await sleep(50);
    expect(await ready()).toBe(200);
    const done = await contribute('AWAY');
    expect(done.status).toBe(201);
    const again = await contribute('AWAY');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(again.body).toEqual(done.body);
    expect(await effects('AWAY')).toBe(1);
  });

  test.each<NonNullable<Cut>>(['answer lost', 'commit lost'])(
    'when a COMMIT is cut (%s), then the act is done once, and its repetition is answered alike',
    async (cut) => {
      const document = cut.replace(' ', '-');
      // An alarm that commits at this very moment may be hit instead; then the act is simply done.
      proxy.cut = cut;
      const first = await contribute(document);
      expect([201, 503]).toContain(first.status);
      expect(proxy.cut).toBeNull();
      const second = await contribute(document);
      expect(second.status).toBe(201);
      if (first.status === 201) expect(second.body).toEqual(first.body);
      expect(await effects(document)).toBe(1);
    },
  );

  test('when the line is cut in the middle of many acts, then each is there once after it was asked for again', async () => {
    const documents = Array.from({ length: 12 }, (_, n) => `MANY-${n}`);
    const asked = documents.map((document) => contribute(document));
    await sleep(30);
    await line.cut();
    const answers = await Promise.all(asked);
    expect(
      answers.map(({ status }) => status).filter((status) => ![201, 503].includes(status)),
    ).toEqual([]);
    await line.mend();
    for (const document of documents) {
      const deadline = AbortSignal.timeout(20_000);
      let { status } = await contribute(document);
      while (status === 503 && !deadline.aborted) {
        await sleep(100);
        ({ status } = await contribute(document));
      }
      expect([document, status, await effects(document)]).toEqual([document, 201, 1]);
    }
  });

  test('and at the end it stops as if nothing had been', async () => {
    const ended = await service.end('SIGTERM');
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.output).not.toMatch(/unhandled/);
  });
});
