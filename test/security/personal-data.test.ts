/**
 * Personal data at rest and in the log: numbers of identity cards, phones and accounts, passwords, tokens and what
 * people told in confidence are planted into a county's story, through right and wrong inputs and failing acts; then
 * the whole database is read as text, and the log, and none of it stands there in clear. On both databases.
 */
import request from 'supertest';
import { openService } from '../../src/app';
import { steppingClock } from '../../src/platform/clock';
import { openLog } from '../../src/platform/log';
import { type OpenedService } from '../journeys/service';
import { idNumber } from '../journeys/steps';
import { type Person, settle, TOWN, type Town } from '../journeys/town';
import { testConfig } from '../process/office';
import {
  columnsOf,
  describeMariaDb,
  mysqlPlace,
  sqlitePlace,
  type TestPlace,
} from '../support/databases';
import { OBJECTION, tellStory } from './story';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);
jest.setTimeout(120_000);

/** The people of the story and those planted here. */
const IDS = ['123', '801', '803', '805', '807'].map((sequence) => idNumber('19800315', sequence));
const PHONES = [
  '13878345678',
  '13977311111',
  '13977322222',
  '13977333333',
  OBJECTION.complainantPhone,
];
const ACCOUNTS = ['6214831234567890', '6214830000000017', '6214839999999999'];
const SECRETS = [OBJECTION.content, OBJECTION.complainantName, '13999912345'];
const WRONG_PASSWORD = 'Wrong-password-planted-1';

const household = (n: number, members: object[]) => ({
  code: `450328100001-9${String(n).padStart(3, '0')}`,
  regionCode: TOWN.village,
  members,
  status: { status: 'REGISTERED_POOR', fromOn: '2014-01-01', source: '2014年建档立卡名册' },
});

const member = (n: number, relation: string) => ({
  name: `覃某${n}`,
  relation,
  idNumber: IDS[n],
  phone: PHONES[n],
  ...(n <= 2 ? { account: ACCOUNTS[n] } : {}),
});

/** The ways in which a number is written; a database or a log that holds any of them has told it. */
function spellings(value: string): string[] {
  const wide = value.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [value, value.toLowerCase(), wide, base64, Buffer.from(value).toString('hex')];
}

interface Opened extends OpenedService {
  logged: string[];
}

async function openLogged(place: TestPlace): Promise<Opened> {
  const logged: string[] = [];
  const clock = steppingClock('2018-05-07');
  const log = openLog('debug', { write: (line: string) => logged.push(line) });
  const config = testConfig(place.url);
  const service = await openService({ config, clock, log, requestsPerMinute: 100_000 });
  const close = async () => {
    await service.close();
    await place.remove();
  };
  return { service, clock, url: place.url, close, logged };
}

function atRest(newPlace: () => TestPlace): void {
  let opened: Opened;
  let town: Town;
  let receiptCode: string;
  const told: Record<string, string> = {};

  beforeAll(async () => {
    opened = await openLogged(newPlace());
    town = await settle(opened);
    const facts = await tellStory(opened, town);
    receiptCode = facts.receiptCode;
    await plant(town.people.villageWang!);
    await look(town, facts.members[0]);
    await signInWrongly();
    await opened.service.seal();
  });
  afterAll(() => opened.close());

  /** Right, wrong in a field, wrong as a whole, and refused after it was read. */
  async function plant(worker: Person): Promise<void> {
    const status = async (body: object, path = '/households') =>
      (await worker.post(path, body)).status;
    expect(await status(household(1, [member(1, 'HEAD')]))).toBe(201);
    expect(
      await status(household(2, [member(2, 'HEAD'), { ...member(3, 'SPOUSE'), colour: 'red' }])),
    ).toBe(400);
    expect(
      await status(household(3, [{ ...member(4, 'HEAD'), idNumber: `${IDS[4]!.slice(0, 17)}W` }])),
    ).toBe(400);
    expect(
      await status({ ...household(4, [member(4, 'HEAD')]), code: `${IDS[4]!.slice(0, 4)}~` }),
    ).toBe(400);
    // The person belongs to another household already: the act fails in the middle of its run.
    expect(await status(household(5, [member(4, 'HEAD'), member(1, 'SPOUSE')]))).toBe(409);
    expect(await status({ idNumber: IDS[1] }, '/households/find-by-id-number')).toBe(200);
    expect(await status({ idNumber: IDS[3] }, '/households/find-by-id-number')).toBe(200);
    await worker.get(`/households?name=${IDS[3]}`);
    await worker.get(`/households/${IDS[3]}`);
    await worker.post(`/members/${PHONES[3]}/reveal`, { reason: '核对' });
    const refused = await town.people.lenderTan!.post(
      '/households',
      household(6, [member(3, 'HEAD')]),
    );
    expect(refused.status).toBe(403);
  }

  /** An answer that shows the numbers is kept for its key, sealed. */
  async function look({ people }: Town, memberId: string): Promise<void> {
    const seen = await people.countyWei!.does(`/members/${memberId}/reveal`, {
      reason: '核对代偿资料',
    });
    expect(JSON.stringify(seen)).toContain(PHONES[0]);
  }

  async function signInWrongly(): Promise<void> {
    const { app } = opened.service;
    const send = (body: object) => request(app).post('/api/v1/session').send(body);
    expect((await send({ login: 'villagewang', password: WRONG_PASSWORD })).status).toBe(401);
    expect((await send({ login: PHONES[3], password: WRONG_PASSWORD })).status).toBe(401);
    const right = await send({ login: 'villageli', password: 'Longsheng-2018!' });
    const [cookie] = right.get('Set-Cookie') ?? [];
    told.session = /xinfu_session=([^;]+)/.exec(String(cookie))![1]!;
    told.csrf = right.body.csrfToken;
    await request(app).get('/api/v1/session').set('Authorization', `Bearer ${told.session}`);
  }

  async function dump(): Promise<Map<string, string>> {
    const { db } = opened.service.platform;
    const tables = new Map<string, string>();
    for (const table of Object.keys(await columnsOf(db))) {
      const rows = await db.reader().rows(`SELECT * FROM ${table}`);
      tables.set(table, rows.map((row) => JSON.stringify(row)).join('\n'));
    }
    return tables;
  }

  /** Which planted values stand where. */
  async function found(values: readonly string[]): Promise<string[]> {
    const tables = await dump();
    const places: [string, string][] = [...tables, ['the log', opened.logged.join('\n')]];
    return places.flatMap(([name, text]) =>
      values.flatMap((value) =>
        spellings(value)
          .filter((spelling) => text.includes(spelling))
          .map((spelling) => `${name}: ${spelling}`),
      ),
    );
  }

  test('the story left its traces: names stand in the register, the log has a line for every request', async () => {
    const tables = await dump();
    expect(tables.get('household_member')).toContain('覃某1');
    expect(tables.size).toBeGreaterThan(40);
    expect(opened.logged.filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(
      100,
    );
  });

  test.each([
    ['identity numbers', IDS],
    ['phones', PHONES],
    ['accounts', ACCOUNTS],
    ['what was told in confidence', SECRETS],
    ['passwords', ['Longsheng-2018!', WRONG_PASSWORD]],
  ])('no table and no line of the log holds %s', async (_, values) => {
    expect(await found(values)).toEqual([]);
  });

  test('no table and no line of the log holds a session, its token or a receipt code', async () => {
    expect(Object.values(told).every((value) => value.length > 20)).toBe(true);
    expect(await found([...Object.values(told), receiptCode])).toEqual([]);
  });

  test('only what may be shown is stored unsealed: the masked forms', async () => {
    const [row] = await opened.service.platform.db
      .reader()
      .rows<Record<string, string>>(`SELECT * FROM household_member WHERE name = '覃某1'`);
    const text = JSON.stringify(row);
    // Neither the birth date nor the running number of the card, nor the middle of the phone.
    expect(text).not.toMatch(/19800315|800315801/);
    expect(text).not.toContain(PHONES[1]!.slice(3, 9));
  });

  test('two ciphertexts that change places are found when they are opened', async () => {
    const { platform } = opened.service;
    const columns = (await columnsOf(platform.db)).household_member!;
    const sealed = columns.find((name) => /id_number.*(sealed|cipher)|id_number$/.test(name))!;
    const members = await platform.db
      .reader()
      .rows<{ id: string; text: string }>(
        `SELECT id, ${sealed} AS text FROM household_member ORDER BY id LIMIT 2`,
      );
    const [one, two] = members as [(typeof members)[0], (typeof members)[0]];
    const put = (id: string, text: string) =>
      platform.db.inTransaction((tx) =>
        tx.exec(`UPDATE household_member SET ${sealed} = :text WHERE id = :id`, { id, text }),
      );
    await put(one.id, two.text);
    await put(two.id, one.text);
    const reason = { reason: '核对身份' };
    for (const { id } of [one, two]) {
      const answer = await town.people.countyWei!.post(`/members/${id}/reveal`, reason);
      expect(answer.status).toBe(500);
      expect(JSON.stringify(answer.body)).not.toMatch(/\d{17}/);
    }
    await put(one.id, one.text);
    await put(two.id, two.text);
    expect((await town.people.countyWei!.post(`/members/${one.id}/reveal`, reason)).status).toBe(
      200,
    );
  });
}

describe('Personal data at rest (SQLite)', () => atRest(sqlitePlace));
describeMariaDb('Personal data at rest', () => atRest(() => mysqlPlace() as TestPlace));
