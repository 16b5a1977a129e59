/**
 * A repayment through HTTP (who calls, permission, shape, key, loan, event, ledger entry with two lines, audit,
 * answer) against Express with a ledger-like transaction and nothing else, both at eight connections.
 */
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openService, type Service } from '../src/app';
import { realClock } from '../src/platform/clock';
import { openLog } from '../src/platform/log';
import { settleOffice, testConfig } from '../test/process/office';
import type { Bench, Case, Side } from './harness';
import { type Bare, type Kind, newPlace, openBare, type Place } from './places';

const CONNECTIONS = 8;
/** As many loans as connections: repayments of one loan wait for each other, in ours and in the floor. */
const LOANS = CONNECTIONS;

/** Listens on a port of its own; `close` ends its connections too. */
async function listening(handler: Parameters<typeof createServer>[1]) {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, close };
}

interface Answer {
  status: number;
  cookie: string;
  text: string;
}

/** A client that keeps its connections. */
function clientOf(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { port, path, agent, method: 'POST' };
      const type = { 'Content-Type': 'application/json' };
      const sent = request({ ...options, headers: { ...type, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const cookie = String(response.headers['set-cookie']?.[0]).split(';')[0]!;
          resolve({ status: response.statusCode ?? 0, cookie, text });
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  return { post, close: () => agent.destroy() };
}

/** So many requests, as many at a time as there are connections. */
function requests(what: string, one: () => Promise<Answer>): Side {
  const run = async (count: number) => {
    let left = count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const { status, text } = await one();
        if (status !== 201) throw new Error(`${what}: ${status} ${text}`);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  };
  return { what, run };
}

const TABLES = [
  'CREATE TABLE balance (account VARCHAR(20) PRIMARY KEY, fen BIGINT NOT NULL)',
  'CREATE TABLE entry (id BIGINT PRIMARY KEY, memo VARCHAR(200) NOT NULL)',
  'CREATE TABLE line (entry_id BIGINT, line_no INT, fen BIGINT, PRIMARY KEY (entry_id, line_no))',
  ...Array.from({ length: LOANS }, (_, n) => `INSERT INTO balance VALUES ('loan ${n}', 0)`),
];

/** Balance, entry, two lines, commit. */
function ledgerWrite(bare: Bare, id: number): Promise<void> {
  return bare.transaction([
    ['UPDATE balance SET fen = fen + ? WHERE account = ?', [100, `loan ${id % LOANS}`]],
    ['INSERT INTO entry VALUES (?, ?)', [id, '合同 LS-2018 还款,流水 BENCH']],
    ['INSERT INTO line VALUES (?, 1, ?), (?, 2, ?)', [id, 100, id, -100]],
  ]);
}

async function openFloor(place: Place) {
  const bare = await openBare(place, TABLES);
  const app = express();
  let entries = 0;
  app.post('/', express.json(), async (_request, response) => {
    entries += 1;
    await ledgerWrite(bare, entries);
    response.status(201).json({ id: entries });
  });
  const server = await listening(app);
  const client = clientOf(server.port);
  const side = requests('Express', () => client.post('/', { amount: '1.00' }));
  const close = async () => {
    client.close();
    await server.close();
    await bare.close();
  };
  return { side, close };
}

/** The log is written nowhere and answers are not checked against their shapes, as in production. */
async function openOursAt(place: Place) {
  const config = testConfig(place.url);
  const office = await settleOffice(place.url, LOANS);
  const clock = realClock();
  const log = openLog('warn');
  const service: Service = await openService({ config, clock, log, requestsPerMinute: 10_000_000 });
  Object.assign(service.platform, { checkAnswers: false });
  const server = await listening(service.app);
  const client = clientOf(server.port);
  const { logins, password, loanIds } = office;
  const signIn = await client.post('/api/v1/session', { login: logins.banker, password });
  const headers = { Cookie: signIn.cookie, 'X-CSRF-Token': JSON.parse(signIn.text).csrfToken };
  let sent = 0;
  const side = requests('repayment', () => {
    sent += 1;
    const body = { amount: '1.00', paidOn: clock.today(), bankReference: `BENCH-${sent}` };
    const key = { 'Idempotency-Key': `bench-key-${sent}` };
    const path = `/api/v1/loans/${loanIds[sent % LOANS]}/repayments`;
    return client.post(path, body, { ...headers, ...key });
  });
  const close = async () => {
    client.close();
    await server.close();
    await service.close();
  };
  return { side, close };
}

async function open(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const floor = await openFloor(place);
  const ours = await openOursAt(place);
  return {
    floor: floor.side,
    ours: ours.side,
    close: async () => {
      await floor.close();
      await ours.close();
      await place.remove();
    },
  };
}

/** Goal P7: at least half the floor's throughput, so a ratio of at most 2. */
export const httpCases = (kind: Kind): readonly Case[] => [
  {
    name: `${kind}: a repayment over HTTP against Express with a ledger transaction`,
    count: 120,
    open: () => open(kind),
  },
];
