/** The pages over HTTP: what a villager sees and sends with a telephone and no script, and the sheet for the printer. */
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { noticesPages } from '../../src/notices/notices.pages';
import { noticesRoutes } from '../../src/notices/notices.routes';
import { OPEN_OBJECTIONS_MAX } from '../../src/notices/objection';
import { openSheet } from '../../src/notices/open-notice';
import { oneNotice } from '../../src/notices/screens.queries';
import type { Actor, Authority } from '../../src/platform/authority';
import { buildServer } from '../../src/platform/http/server';
import { openLog } from '../../src/platform/log';
import { Metrics } from '../../src/platform/metrics';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, COUNTY, openBoards, opening, postAll, TABLES } from './board';
import { jpeg } from './pictures';

describeEachDatabase('The pages of notices', (open) => {
  let county: County;
  let app: Express;
  let officer: Actor;
  const logged: string[] = [];

  beforeAll(async () => {
    county = await openBoards(open);
    officer = county.actor({ permissions: ['notices.read'], region: COUNTY });
  });
  /** A server of its own for each test, because the guards against floods remember addresses. */
  beforeEach(() => {
    county.clock.set('2018-03-01');
    const authority: Authority = {
      bySession: async () => ({ actor: officer, sessionId: 's', csrfToken: 'csrf' }),
      byToken: async (token) => (token === 'officer-token-0001' ? officer : null),
      byId: async () => null,
    };
    const log = openLog('debug', { write: (line: string) => logged.push(line) });
    app = buildServer({
      platform: { ...county.platform, authority, log },
      metrics: new Metrics(),
      routes: noticesRoutes,
      pages: noticesPages,
      version: 'test',
      secureCookies: false,
      trustedProxies: 1,
      requestsPerMinute: 10_000,
      readiness: async () => ({ database: true }),
    });
  });

  const look = (noticeId: string) => request(app).get(`/notice/${noticeId}`);
  const keyIn = (page: Response) => /name="key" value="([\w-]+)"/.exec(page.text)?.[1] as string;
  const itemIn = (page: Response) => /<option value="(\w{26})"/.exec(page.text)?.[1] as string;
  const codeIn = (page: Response) => /class="code">([2-9A-Z-]{24})</.exec(page.text)?.[1] as string;

  async function running() {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    return { noticeId, by, page: await look(noticeId).expect(200) };
  }

  /** Fills in and sends the form. */
  function send(noticeId: string, page: Response, changes: Record<string, string> = {}) {
    const fields = {
      key: keyIn(page),
      itemId: itemIn(page),
      level: 'village',
      content: '该户已在县城购房\r\n<b>请核查</b>',
      complainantName: '',
      complainantPhone: '',
      website: '',
      ...changes,
    };
    const post = request(app).post(`/notice/${noticeId}/objections`);
    for (const [name, value] of Object.entries(fields)) post.field(name, value);
    return post;
  }

  test('When anybody looks, then the page is masked, unlisted, kept nowhere and needs no script', async () => {
    const { page } = await running();
    expect(page.headers).toMatchObject({
      'x-robots-tag': expect.stringContaining('noindex'),
      'cache-control': 'no-store',
      'content-type': expect.stringContaining('text/html'),
    });
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(page.text).toContain('韦大明');
    expect(page.text).toContain('2018年3月6日（含）');
    expect(page.text).toContain('lang="en"');
    expect(page.text).toContain('width=device-width');
    expect(page.text).not.toMatch(/<script|450328197806150013|13807731234/);
    expect(page.text.length).toBeLessThan(10_000);
  });

  test('When the days are over, it never was or its id is nonsense, then one and the same page says so', async () => {
    const { noticeId } = await running();
    county.clock.set('2018-03-06T23:59:59+08:00');
    await look(noticeId).expect(200);
    county.clock.set('2018-03-07T00:00:00+08:00');
    const gone = await look(noticeId).expect(404);
    const never = await look(county.platform.newId()).expect(404);
    expect(gone.text).toBe(never.text);
    expect(gone.text).not.toContain('韦大明');
    expect(gone.headers['x-robots-tag']).toContain('noindex');
    await look('nonsense').expect(400);
    await request(app).get('/notice').expect(404);
    await request(app).get('/notice/').expect(404);
  });

  test('When a villager objects, then the code is shown once and leads to the answer', async () => {
    const { noticeId, by, page } = await running();
    const receipt = await send(noticeId, page).expect(200);
    const code = codeIn(receipt);
    expect(receipt.headers['cache-control']).toBe('no-store');
    expect(receipt.text).toContain('2018年3月8日');
    const follow = () => request(app).post('/notice/receipt').type('form');
    const standing = await follow()
      .send({ receiptCode: ` ${code.toLowerCase()} ` })
      .expect(200);
    expect(standing.text).toContain('正在核查');
    await follow().send({ receiptCode: '2222-2222-2222-2222-2222' }).expect(404);
    await follow().send({ receiptCode: 'x' }).expect(400);
    await request(app).get('/notice/receipt').expect(200);
    expect((await county.ask(by.county, oneNotice, { noticeId })).openObjections).toBe(1);
    expect(logged.join('\n')).not.toContain(code);
    expect(logged.join('\n')).not.toContain('购房');
  });

  test('When the form is sent twice, then it is one objection with one code', async () => {
    const { noticeId, by, page } = await running();
    const first = await send(noticeId, page).expect(200);
    const again = await send(noticeId, page).expect(200);
    expect(codeIn(again)).toBe(codeIn(first));
    expect((await county.ask(by.county, oneNotice, { noticeId })).openObjections).toBe(1);
  });

  test('When a photo comes with it, then it is kept bare; no photo is told and undoes nothing', async () => {
    const { noticeId, by, page } = await running();
    const sent = await send(noticeId, page).attach('photo', jpeg(), 'IMG_2018.jpg').expect(200);
    expect(sent.text).not.toContain('照片没有收下');
    const other = await look(noticeId);
    const refused = await send(noticeId, other)
      .attach('photo', Buffer.from('%PDF-1.7'), 'photo.jpg')
      .expect(200);
    expect(refused.text).toContain('照片没有收下');
    expect(codeIn(refused)).toBeDefined();
    const third = await look(noticeId);
    await send(noticeId, third).attach('photo', Buffer.alloc(0), '').expect(200);
    expect((await county.ask(by.county, oneNotice, { noticeId })).openObjections).toBe(3);
    const kept = await county.snapshot('objection_evidence', 'stored_file');
    expect(kept).toContain('objection-evidence');
    expect(kept).not.toContain('IMG_2018');
  });

  test('When a program, another site, a huge or an incomplete form is sent, then nothing is kept', async () => {
    const { noticeId, page } = await running();
    const before = await county.snapshot(...TABLES);
    await send(noticeId, page, { website: 'http://spam.example' }).expect(400);
    await send(noticeId, page, { key: '' }).expect(400);
    await send(noticeId, page, { content: '' }).expect(400);
    await send(noticeId, page, { level: 'province' }).expect(400);
    await send(noticeId, page, { content: '字'.repeat(20_000) }).expect(400);
    await send(noticeId, page).set('Sec-Fetch-Site', 'cross-site').expect(403);
    const plain = request(app).post(`/notice/${noticeId}/objections`);
    await plain.set('Content-Type', 'application/json').send('{"content":"x"}').expect(400);
    const broken = request(app).post(`/notice/${noticeId}/objections`);
    await broken
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nbad')
      .expect(400);
    expect(await county.snapshot(...TABLES)).toBe(before);
  });

  test('When one address sends too much, or one notice gets too much, then they wait', async () => {
    const { noticeId, page } = await running();
    const from = (address: string) =>
      send(noticeId, page, { content: '' }).set('X-Forwarded-For', address);
    for (let n = 0; n < 10; n += 1) await from('203.0.113.1').expect(400);
    const waiting = await from('203.0.113.1').expect(429);
    expect(waiting.headers['retry-after']).toBe('600');
    expect(waiting.text).toContain('操作过于频繁');
    for (let n = 0; n < 20; n += 1) await from(`203.0.114.${n}`).expect(400);
    await from('203.0.115.1').expect(429);
    // The same guard stands before the API.
    await request(app)
      .post(`/api/v1/public/notices/${noticeId}/objections`)
      .set('X-Forwarded-For', '203.0.113.1')
      .send({})
      .expect(429);
    expect(OPEN_OBJECTIONS_MAX).toBeLessThan(30);
  });

  test('When a text holds markup, then it is shown as text', async () => {
    const { noticeId } = await aNotice(county, {
      title: '城关村<script>alert(1)</script>公示',
      publicItems: { borrowerName: '<img src=x onerror=alert(1)>"\'' },
    });
    await postAll(county, noticeId);
    const page = await look(noticeId).expect(200);
    expect(page.text).not.toMatch(/<script|<img/);
    expect(page.text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
  });

  test('While objections are still taken after the last day, the list is gone and the numbers stay', async () => {
    const { noticeId } = await running();
    // As under a rule with three days after the end.
    await county.system((work) =>
      work.tx.exec("UPDATE notice SET objections_until = '2018-03-09' WHERE id = :id", {
        id: noticeId,
      }),
    );
    county.clock.set('2018-03-09T23:59:59+08:00');
    const page = await look(noticeId).expect(200);
    expect(page.text).not.toContain('韦大明');
    expect(page.text).toContain('第 1 项');
    await send(noticeId, page).expect(200);
    county.clock.set('2018-03-10');
    await look(noticeId).expect(404);
    await send(noticeId, page, { key: 'another-key-0123456789' }).expect(409);
  });

  test('The sheet for the printer is for whoever is signed in, with code, rule, phone and place for the seal', async () => {
    const sheet = opening();
    const people = ['韦大明', '阿卜杜拉·买买提', '石𠮷有'];
    const { noticeId } = await county.system((work) =>
      openSheet(
        work,
        sheet,
        people.map((borrowerName, n) => ({
          subject: { kind: 'application', id: `${sheet.subject.id}-${n}` },
          publicItems: { borrowerName, amount: '50000.00 元', phone: '13807731234' },
        })),
      ),
    );
    const poster = (query: string, token: string | null) => {
      const get = request(app).get(`/api/v1/notices/${noticeId}/poster${query}`);
      return token === null ? get : get.set('Authorization', `Bearer ${token}`);
    };
    await poster('', null).expect(401);
    const a4 = await poster('', 'officer-token-0001').expect(200);
    expect(a4.headers['cache-control']).toBe('no-store');
    for (const part of ['size:A4', '盖章处', '12317', '公示 5 日', '<svg', ...people]) {
      expect(a4.text).toContain(part);
    }
    expect(a4.text).not.toMatch(/13807731234|138\*/);
    const a3 = await poster('?paper=A3', 'officer-token-0001').expect(200);
    expect(a3.text).toContain('size:A3');
    await poster('?paper=A0', 'officer-token-0001').expect(400);
  });
});
