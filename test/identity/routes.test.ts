/** Signing in over HTTP: the cookie, the forgery token, and what the browser must not get. */
import type { Express } from 'express';
import request from 'supertest';
import { identityRoutes } from '../../src/identity';
import { buildServer } from '../../src/platform/http/server';
import { Metrics } from '../../src/platform/metrics';
import { describeEachDatabase } from '../support/databases';
import { type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

const NEW = 'Longji-terrace-7';

describeEachDatabase('Signing in over HTTP', (open) => {
  let office: Office;
  let app: Express;
  let user: MadeUser;
  let users = 0;
  beforeAll(async () => {
    office = await openOffice(open);
    app = buildServer({
      platform: { ...office.platform, authority: office.authority },
      metrics: new Metrics(),
      routes: identityRoutes,
      version: 'test',
      secureCookies: true,
      trustedProxies: 0,
      requestsPerMinute: 10_000,
      readiness: async () => ({ database: true }),
    });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    users += 1;
    user = await office.user(`officer.${users}`, 'county-officer');
  });

  const call = (path: string, cookie = '', csrf = '') => {
    const made = request(app).post(`/api/v1${path}`);
    if (cookie) made.set('Cookie', cookie);
    if (csrf) made.set('X-CSRF-Token', csrf);
    return made;
  };
  const cookieOf = (response: request.Response) => {
    const [cookie = ''] = (response.headers['set-cookie'] ?? []) as unknown as string[];
    return cookie;
  };
  const enter = async (cookie = '', password = user.password) => {
    const response = await call('/session', cookie).send({ login: user.login, password });
    return {
      response,
      cookie: cookieOf(response).split(';')[0] ?? '',
      csrf: String(response.body.csrfToken),
    };
  };
  const me = (cookie: string) => request(app).get('/api/v1/session').set('Cookie', cookie);

  test('when one signs in, then the token is in the cookie alone, out of reach of scripts and other sites', async () => {
    const { response, cookie } = await enter();
    expect(response.status).toBe(200);
    expect(Object.keys(response.body).sort()).toEqual(['csrfToken', 'user']);
    expect(cookieOf(response)).toMatch(/; HttpOnly/);
    expect(cookieOf(response)).toMatch(/; SameSite=Strict/);
    expect(cookieOf(response)).toMatch(/; Secure/);
    expect(response.headers['cache-control']).toBe('no-store');
    const token = cookie.split('=')[1] ?? 'none';
    expect(JSON.stringify(response.body)).not.toContain(token);
    expect((await me(cookie)).body).toMatchObject({ login: user.login });
  });

  test('when signing in fails, then there is no cookie; when it is locked, then one is told when to come back', async () => {
    for (let time = 0; time < 4; time += 1) {
      const { response } = await enter('', 'wrong');
      expect([response.status, response.headers['set-cookie']]).toEqual([401, undefined]);
    }
    const { response } = await enter('', 'wrong');
    expect(response.status).toBe(429);
    expect(response.headers['retry-after']).toBe('900');
    expect(response.body).toMatchObject({ code: 'identity.sign-in-locked' });
  });

  test('when a write does not repeat the forgery token, then it is refused; a reloaded page is told it again', async () => {
    const { cookie, csrf } = await enter();
    expect((await call('/session/end', cookie).send({})).status).toBe(403);
    const reloaded = await me(cookie);
    expect(reloaded.headers['x-csrf-token']).toBe(csrf);
    expect((await call('/session/end', cookie, csrf).send({})).status).toBe(200);
    expect((await me(cookie)).status).toBe(401);
  });

  test('when one signs in again in the same browser, then the session before is dead', async () => {
    const first = await enter();
    const second = await enter(first.cookie);
    expect(second.response.status).toBe(200);
    expect(second.cookie).not.toBe(first.cookie);
    expect((await me(first.cookie)).status).toBe(401);
    expect((await me(second.cookie)).status).toBe(200);
  });

  test('a cookie or a header that somebody else made is no session', async () => {
    const { response } = await enter('xinfu_session=planted-by-somebody-planted-by-some');
    expect(response.status).toBe(200);
    expect((await me('xinfu_session=planted-by-somebody-planted-by-some')).status).toBe(401);
    const bearer = cookieOf(response).split(/[=;]/)[1] ?? '';
    const machine = request(app).get('/api/v1/session').set('Authorization', `Bearer ${bearer}`);
    expect((await machine).status).toBe(401);
  });

  test('when the first password is changed, then the new cookie works and the old one does not', async () => {
    const first = await enter();
    const input = { currentPassword: user.password, newPassword: NEW };
    expect((await call('/password', first.cookie).send(input)).status).toBe(403);
    const changed = await call('/password', first.cookie, first.csrf).send(input);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ user: { mustChangePassword: false } });
    expect(changed.body).not.toHaveProperty('sessionToken');
    expect((await me(first.cookie)).status).toBe(401);
    expect((await me(cookieOf(changed).split(';')[0] ?? '')).status).toBe(200);
  });

  test('before the first password is changed, the business is closed', async () => {
    const response = await call('/session').send({
      login: office.administrators.systemAdministrator.login,
      password: office.administrators.systemAdministrator.firstPassword,
    });
    const cookie = cookieOf(response).split(';')[0] ?? '';
    const list = await request(app).get('/api/v1/users').set('Cookie', cookie);
    expect([list.status, list.body.code]).toEqual([403, 'platform.must-change-password']);
    expect((await me(cookie)).status).toBe(200);
  });

  test('nobody without a session gets anything but the door', async () => {
    for (const route of identityRoutes) {
      if (route.path === '/session' && route.method === 'post') continue;
      const path = `/api/v1${route.path.replace(/:\w+/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV')}`;
      const response =
        route.method === 'get'
          ? await request(app).get(path)
          : await request(app).post(path).set('Idempotency-Key', 'anonymous-key').send({});
      expect([path, response.status]).toEqual([path, 401]);
    }
  });
});
