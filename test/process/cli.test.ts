/** The operator's tool as it is run: a process, its lines, its exit code. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openService } from '../../src/app';
import { actorById, userByLogin } from '../../src/identity';
import { perform } from '../../src/platform/act';
import type { Actor } from '../../src/platform/authority';
import { realClock } from '../../src/platform/clock';
import { openLog } from '../../src/platform/log';
import { contribute } from '../../src/riskfund';
import { sqlitePlace } from '../support/databases';
import { COUNTY, settleOffice, testConfig } from './office';
import { type Ended, xinfu } from './running';

jest.setTimeout(180_000);

/** It stands in the body of one audit entry, as canonical JSON, and nowhere else in that form. */
const MARK = '"document":"MARK-0001"';
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const told = ({ code, output, errors }: Ended) => ({ code, text: output + errors });

describe('xinfu over a county', () => {
  const place = sqlitePlace();
  const file = place.url.slice('sqlite:'.length);
  const copy = `${file}.copy`;
  let marked: string;
  let after: string;

  beforeAll(async () => {
    const office = await settleOffice(place.url, 0);
    const service = await openService({
      config: testConfig(place.url),
      clock: realClock(),
      log: openLog('silent'),
    });
    const { platform } = service;
    const sql = platform.db.reader();
    const user = await userByLogin(sql, office.logins.company);
    const actor = (await actorById(sql, user!.id)) as Actor;
    const pay = async (document: string) => {
      const input = { county: COUNTY, source: 'COUNTY', document, amount: '100.00' };
      await perform(platform, contribute, { actor, input, requestId: document });
      const [last] = await sql.rows<{ id: string }>(
        'SELECT id FROM audit_entry ORDER BY id DESC LIMIT 1',
      );
      return last!.id;
    };
    await pay('BEFORE-0001');
    marked = await pay('MARK-0001');
    after = await pay('AFTER-0001');
    await service.close();
  });
  afterAll(() => place.remove());

  test('audit verify passes, and leaves the file as it is', async () => {
    const before = digest(file);
    const { code, text } = told(await xinfu(['audit', 'verify', '--database', place.url]));
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/审计记录完好/) });
    expect(text).toMatch(/链头 \/ head \d+:[0-9a-f]{64}/);
    expect(digest(file)).toBe(before);
  });

  test('when ONE BYTE of a copy is changed, then audit verify names that entry and exits 1', async () => {
    copyFileSync(file, copy);
    const bytes = readFileSync(copy);
    const at = bytes.indexOf(MARK);
    expect([at > 0, bytes.indexOf(MARK, at + 1)]).toEqual([true, -1]);
    bytes[at + MARK.length - 2]! += 1;
    writeFileSync(copy, bytes);
    const { code, text } = told(await xinfu(['audit', 'verify', '--database', `sqlite:${copy}`]));
    expect(code).toBe(1);
    expect(text).toMatch(/审计记录有误.*内容被改动/);
    expect(text).toContain(marked);
    expect(text).not.toContain(after);
    expect(told(await xinfu(['audit', 'verify', '--database', place.url])).code).toBe(0);
  });

  test('a head kept from before that does not stand any more is told', async () => {
    const kept = ['--head', `1:${'0'.repeat(64)}`];
    const found = told(await xinfu(['audit', 'verify', '--database', place.url, ...kept]));
    expect(found).toMatchObject({ code: 1, text: expect.stringMatching(/整体改写/) });
  });

  test('prove-books says that the books balance', async () => {
    const proof = told(await xinfu(['prove-books', '--database', place.url]));
    expect(proof).toMatchObject({ code: 0, text: expect.stringMatching(/分录 3 笔.*账目平衡/s) });
  });

  test('the night of a date is run, and said step by step', async () => {
    const ran = told(await xinfu(['night', '2026-09-20', '--database', place.url]));
    expect(ran).toMatchObject({ code: 0, text: expect.stringMatching(/2026-09-20 done/) });
    expect(ran.text).toMatch(/loans\.settle-interest done 0\/0/);
  });
});

describe('xinfu that is told something wrong', () => {
  const place = sqlitePlace();
  const file = place.url.slice('sqlite:'.length);
  afterEach(() => expect(existsSync(file)).toBe(false));

  test('audit verify of a file that is not there says so and makes none', async () => {
    const { code, text } = told(await xinfu(['audit', 'verify', '--database', place.url]));
    expect(code).toBe(2);
    expect(text).toMatch(/没有这个数据库文件/);
    expect(text).toContain(file);
  });

  test.each([
    ['a date that is none', ['night', '2018-02-30'], /日期应为真实存在的日历日/],
    ['a command that is none', ['setle'], /没有命令 setle/],
    ['an option that is none', ['night', '2018-06-20', '--force'], /--force/],
  ])('%s: says so and exits 2', async (_, args, words) => {
    const { code, text } = told(await xinfu(args, { DATABASE_URL: place.url }));
    expect({ code, text }).toMatchObject({ code: 2, text: expect.stringMatching(words) });
    expect(text).not.toMatch(/\n\s+at /);
  });
});

describe('xinfu that needs no database', () => {
  test('interest of 5万 at 4.75 % over a full quarter is 606.94', async () => {
    const vector = [
      '--principal',
      '50000',
      '--rate',
      '4.75',
      '--from',
      '2018-06-21',
      '--to',
      '2018-09-21',
    ];
    const place = sqlitePlace();
    const ended = await xinfu(['interest', ...vector], { DATABASE_URL: place.url });
    expect([ended.code, ended.output, ended.errors]).toEqual([0, '606.94\n', '']);
    expect(existsSync(place.url.slice('sqlite:'.length))).toBe(false);
  });
});
