/** The HTTP border: what is malformed gets a problem and changes nothing; the process answers the next request. */
import type { Express } from 'express';
import request from 'supertest';
import type { Actor, Authority } from '../../../src/platform/authority';
import { DatabaseAway } from '../../../src/platform/db/errors';
import { get, post } from '../../../src/platform/http/routes';
import { buildServer } from '../../../src/platform/http/server';
import { openLog } from '../../../src/platform/log';
import { Metrics } from '../../../src/platform/metrics';
import { type County, openCounty, PLACES } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';
import { addToCounter, listEntries, makeCounter } from '../../support/toys';

const PLANTED = ['450328199001011234', '13878345678', '6217003320012345678'];

describeEachDatabase('The HTTP border', (open) => {
  let county: County;
  let app: Express;
  let maker: Actor;
  let adder: Actor;
  const logged: string[] = [];

  beforeAll(async () => {
    county = await openCounty(open);
    maker = county.actor({ permissions: ['toys.make', 'toys.read'] });
    adder = county.actor({ permissions: ['toys.add', 'toys.read'] });
    const authority: Authority = {
      bySession: async (token) =>
        token === 'maker-cookie' ? { actor: maker, sessionId: 's', csrfToken: 'csrf' } : null,
      byToken: async (token) => (token === 'adder-token-0001' ? adder : null),
      byId: async () => null,
    };
    const log = openLog('debug', { write: (line: string) => logged.push(line) });
    app = buildServer({
      platform: { ...county.platform, authority, log },
      metrics: new Metrics(),
      routes: [
        post('/counters', makeCounter),
        post('/counters/:name/additions', addToCounter, { status: 200 }),
        get('/entries', listEntries),
      ],
      version: 'test',
      secureCookies: false,
      trustedProxies: 0,
      requestsPerMinute: 10_000,
      readiness: async () => ({ database: true }),
    });
    await make('one').expect(201);
  });
  afterAll(() => county.close());

  let keys = 0;
  const nextKey = () => {
    keys += 1;
    return `http-key-${keys}`;
  };
  const make = (name: string, region = '450328100001') =>
    request(app)
      .post('/api/v1/counters')
      .set('Cookie', 'xinfu_session=maker-cookie')
      .set('X-CSRF-Token', 'csrf')
      .set('Idempotency-Key', nextKey())
      .send({ name, region });
  const add = (name = 'one') =>
    request(app)
      .post(`/api/v1/counters/${name}/additions`)
      .set('Authorization', 'Bearer adder-token-0001')
      .set('Idempotency-Key', nextKey());
  const state = () => county.snapshot('setting', 'idempotency');

  test('when an act is done, then the answer is JSON with the status of the route', async () => {
    const response = await add().send({ amount: '1.00' });
    expect([response.status, response.body]).toEqual([200, { value: 100 }]);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  const malformed: [string, () => request.Test, number, string, string?][] = [
    [
      'an unknown field',
      () => add().send({ amount: '1', extra: 1 }),
      400,
      'platform.invalid-input',
      'extra',
    ],
    ['a missing field', () => add().send({}), 400, 'platform.invalid-input', 'amount'],
    ['a wrong type', () => add().send({ amount: 1 }), 400, 'platform.invalid-input', 'amount'],
    [
      'three decimals',
      () => add().send({ amount: '1.001' }),
      400,
      'platform.invalid-input',
      'amount',
    ],
    [
      'a field twice',
      () => add().send({ amount: '1', name: 'x' }),
      400,
      'platform.invalid-input',
      'name',
    ],
    ['a list for the body', () => add().send([]), 400, 'platform.invalid-input'],
    ['broken JSON', () => add().type('json').send('{"amount":'), 400, 'platform.broken-json'],
    ['a form', () => add().type('form').send('amount=1'), 415, 'platform.wrong-content-type'],
    ['plain text', () => add().type('text').send('x'), 415, 'platform.wrong-content-type'],
    [
      'a body over 1 MB',
      () => add().send({ amount: 'x'.repeat(1_100_000) }),
      413,
      'platform.body-too-large',
    ],
    [
      'an unknown query',
      () => add().query({ force: '1' }).send({ amount: '1' }),
      400,
      'platform.invalid-input',
      'force',
    ],
    ['a broken escape', () => request(app).get('/api/v1/entries/%E0%A4%A'), 404, 'platform.absent'],
    ['no such route', () => request(app).get('/api/v1/nothing'), 404, 'platform.absent'],
    ['a wrong method', () => request(app).put('/api/v1/counters'), 404, 'platform.absent'],
    ['nobody', () => request(app).get('/api/v1/entries'), 401, 'platform.not-signed-in'],
    [
      'a dead cookie',
      () => request(app).get('/api/v1/entries').set('Cookie', 'xinfu_session=x'),
      401,
      'platform.not-signed-in',
    ],
    [
      'a wrong token',
      () => request(app).get('/api/v1/entries').set('Authorization', 'Bearer adder-token-0002'),
      401,
      'platform.not-signed-in',
    ],
    [
      'basic credentials',
      () => request(app).get('/api/v1/entries').set('Authorization', 'Basic eHg6eHg='),
      401,
      'platform.not-signed-in',
    ],
    ['no CSRF token', () => make('two').unset('X-CSRF-Token'), 403, 'platform.forged-request'],
    [
      'no key',
      () => add().unset('Idempotency-Key').send({ amount: '1' }),
      400,
      'platform.key-missing',
    ],
    [
      'a short key',
      () => add().set('Idempotency-Key', 'short').send({ amount: '1' }),
      400,
      'platform.key-missing',
    ],
    ['an absent record', () => add('none').send({ amount: '1' }), 404, 'platform.absent'],
    ['a place not covered', () => make('two', '450226100001'), 404, 'platform.absent'],
  ];

  test.each(malformed)('when the request has %s, then it gets its problem', async (...row) => {
    const [, send, status, code, field] = row;
    const before = await state();
    const response = await send();
    expect([response.status, response.body.code]).toEqual([status, code]);
    expect(response.type).toBe('application/problem+json');
    expect(response.body).toMatchObject({
      title: expect.stringMatching(/\p{Script=Han}/u),
      advice: expect.stringMatching(/\p{Script=Han}/u),
      instance: response.headers['x-request-id'],
    });
    if (field)
      expect(response.body.fields.map((entry: { field: string }) => entry.field)).toContain(field);
    expect(await state()).toBe(before);
  });

  test('when the same key comes again, then the answer says it is a replay; another body is 422', async () => {
    const first = await add().set('Idempotency-Key', 'same-key').send({ amount: '2' });
    const second = await add().set('Idempotency-Key', 'same-key').send({ amount: '2' });
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    const other = await add().set('Idempotency-Key', 'same-key').send({ amount: '3' });
    expect([other.status, other.body.code]).toEqual([422, 'platform.key-reused']);
  });

  test('when it is a dry run, then nothing is kept', async () => {
    const before = await county.snapshot('setting', 'idempotency', 'audit_entry');
    await add().query({ dryRun: 'true' }).send({ amount: '2' }).expect(200);
    expect(await county.snapshot('setting', 'idempotency', 'audit_entry')).toBe(before);
  });

  test('when a list is read, then it holds the actor’s own region only', async () => {
    const far = county.actor({
      permissions: ['toys.make', 'toys.read'],
      region: PLACES.otherCounty,
    });
    await county.do(far, makeCounter, { name: 'far', region: '450226100001' });
    const near = await request(app)
      .get('/api/v1/entries')
      .set('Authorization', 'Bearer adder-token-0001');
    expect(near.body.map((row: { region: string }) => row.region)).not.toContain('450226100001');
    const own = await county.ask(far, listEntries);
    expect(own).toContainEqual({ act: 'toys.make', region: '450226100001' });
    expect(new Set(own.map((row) => row.region))).toEqual(new Set(['450226100001']));
  });

  test('when the database is away, then it is 503 with Retry-After, and comes back by itself', async () => {
    const spy = jest
      .spyOn(county.platform.db, 'inTransaction')
      .mockRejectedValueOnce(new DatabaseAway('gone'));
    const away = await add().send({ amount: '1' });
    expect([away.status, away.body.code]).toEqual([503, 'platform.database-away']);
    expect(away.headers['retry-after']).toBe('5');
    spy.mockRestore();
    await add().send({ amount: '1' }).expect(200);
  });

  test('when something unknown breaks, then the answer holds an id and nothing else', async () => {
    const spy = jest
      .spyOn(county.platform.db, 'inTransaction')
      .mockRejectedValueOnce(new TypeError(`secret ${PLANTED[0]}`));
    const response = await add().send({ amount: '1' });
    expect([response.status, response.body.code]).toEqual([500, 'platform.unexpected']);
    expect(JSON.stringify(response.body)).not.toContain('secret');
    spy.mockRestore();
    await add().send({ amount: '1' }).expect(200);
  });

  test('when personal data is in bodies, addresses and errors, then the log holds none of it', async () => {
    for (const planted of PLANTED) {
      await add().send({ amount: '1', idNumber: planted.slice(0, 18) });
      await add().send({ amount: planted, idNumber: planted });
      await request(app)
        .get(`/api/v1/entries?act=${planted}`)
        .set('Authorization', 'Bearer adder-token-0001');
      await request(app).get(`/api/v1/${planted}/${planted}`);
      await request(app).get('/api/v1/entries').set('Authorization', `Bearer ${planted}${planted}`);
    }
    expect(logged.length).toBeGreaterThan(20);
    for (const planted of PLANTED) expect(logged.join('')).not.toContain(planted);
  });

  test('the description of the API is OpenAPI 3.1 with every route, and its page works offline', async () => {
    const { body } = await request(app).get('/api/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual([
      '/api/v1/counters',
      '/api/v1/counters/{name}/additions',
      '/api/v1/entries',
    ]);
    const { requestBody } = body.paths['/api/v1/counters/{name}/additions'].post;
    expect(requestBody.content['application/json'].schema).toMatchObject({
      required: ['amount'],
      additionalProperties: false,
    });
    const page = await request(app).get('/api/docs').expect(200);
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(file).toMatch(/^\/api\/docs\//);
      await request(app).get(file!).expect(200);
    }
  });

  test('health, readiness and metrics answer without signing in', async () => {
    await request(app).get('/healthz').expect(200, { status: 'alive' });
    await request(app).get('/readyz').expect(200);
    const metrics = await request(app).get('/metrics').expect(200);
    expect(metrics.text).toContain('xinfu_acts_total{act="toys.add",outcome="done"}');
    expect(metrics.text).toContain('route="/counters/:name/additions"');
  });
});
