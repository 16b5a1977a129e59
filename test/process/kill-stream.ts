/**
 * A stream of acts into a running service that is killed in the middle, again and again. The clients keep what was
 * acknowledged to them; in the end every acknowledged effect must be there exactly once, what was not acknowledged
 * at most once, and asking again with the same key must give the one effect and the same answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '../../migrations';
import { allEntities } from '../../src/app';
import { proveBooks } from '../../src/ledger';
import { verifyAudit } from '../../src/platform/audit/verify';
import { realClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { fieldCrypto } from '../../src/platform/crypto/field-crypto';
import { type Database, openDatabase } from '../../src/platform/db/database';
import { type Random, seededRandom } from '../../src/platform/ids';
import { Client } from './client';
import { COUNTY, type Office, settleOffice } from './office';
import { type RunningService, startService } from './running';

/** One write and what came of it. */
interface Order {
  key: string;
  who: 'banker' | 'company' | 'finance';
  path: string;
  body: Record<string, string>;
  /** A statement that counts its effects. */
  effects: string;
  /** The answer, once there was one. */
  answer: string | null;
}

/** What a run of kills came to. */
export interface KillReport {
  kills: number;
  /** Acknowledged before any repetition. */
  acknowledged: number;
  /** Sent and not answered when the service died. */
  unanswered: number;
  /** Everything that is wrong; empty when all is well. */
  faults: string[];
}

/** Writes under way at a time. */
const CLIENTS = 6;

class Stream {
  readonly orders: Order[] = [];
  private going = false;

  constructor(
    private readonly office: Office,
    private readonly clients: Record<string, Client>,
    private readonly random: Random,
  ) {}

  /** The next write: a repayment, money into the fund, or money into the county's account. */
  private next(): Order {
    const n = this.orders.length;
    const base = { key: `kill-order-${n}`, answer: null };
    const kind = Math.floor(this.random() * 3);
    const money = { county: COUNTY, source: 'COUNTY', document: `KILL-${n}`, amount: '1.00' };
    const { loanIds } = this.office;
    const loanId = loanIds[Math.floor(this.random() * loanIds.length)];
    const order: Order =
      kind === 0
        ? {
            ...{ ...base, who: 'banker', path: `/loans/${loanId}/repayments` },
            body: { amount: '1.00', paidOn: realClock().today(), bankReference: `KILL-${n}` },
            effects: `SELECT COUNT(*) AS n FROM loan_event WHERE natural_key = 'repayment/KILL-${n}'`,
          }
        : kind === 1
          ? {
              ...{ ...base, who: 'company', path: '/riskfund/contributions', body: money },
              effects: `SELECT COUNT(*) AS n FROM fund_movement WHERE document = 'KILL-${n}'`,
            }
          : {
              ...{ ...base, who: 'finance', path: '/subsidies/appropriations', body: money },
              effects: `SELECT COUNT(*) AS n FROM subsidy_appropriation WHERE document = 'KILL-${n}'`,
            };
    this.orders.push(order);
    return order;
  }

  /** Sends one order; false when the line broke. @throws Error on an answer that is neither done nor busy. */
  async send(order: Order): Promise<boolean> {
    const answer = await this.clients[order.who]!.post(order.path, order.body, order.key).catch(
      () => null,
    );
    if (!answer || answer.status === 503) return false;
    const told = JSON.stringify(answer.body);
    if (answer.status !== 201) throw new Error(`${order.path}: ${answer.status} ${told}`);
    if (order.answer !== null && order.answer !== told) {
      throw new Error(`${order.key} was answered twice, differently:\n${order.answer}\n${told}`);
    }
    order.answer = told;
    return true;
  }

  /** Sends order after order until it is stopped or the service is gone. */
  async run(): Promise<void> {
    this.going = true;
    const work = async () => {
      while (this.going && (await this.send(this.next()))) await sleep(this.random() * 5);
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
  }

  stop(): void {
    this.going = false;
  }

  get answered(): number {
    return this.orders.filter((order) => order.answer !== null).length;
  }
}

/** Kills the service after some more answers, at a random moment. */
async function killOnce(stream: Stream, service: RunningService, random: Random): Promise<void> {
  const enough = stream.answered + 5 + Math.floor(random() * 25);
  const running = stream.run();
  // What it throws is thrown below, when it is awaited; until then it is nobody's unhandled rejection.
  running.catch(() => undefined);
  const deadline = AbortSignal.timeout(60_000);
  while (stream.answered < enough && !deadline.aborted) await sleep(2);
  await sleep(random() * 20);
  await service.end('SIGKILL');
  stream.stop();
  await running;
  if (stream.answered < enough) throw new Error(`Too few answers: ${service.output()}`);
}

/**
 * Kills a service over a database so many times and looks what is left.
 * @param seed printed with the faults, so that a run can be repeated.
 */
export async function killAgainAndAgain(
  url: string,
  kills: number,
  seed: number,
): Promise<KillReport> {
  const random = seededRandom(seed);
  const office = await settleOffice(url, 3);
  const clients = Object.fromEntries(
    (['banker', 'company', 'finance'] as const).map((who) => [
      who,
      new Client('', office.logins[who], office.password),
    ]),
  );
  const stream = new Stream(office, clients, random);
  let service = await startService(url);
  const meet = () => {
    for (const client of Object.values(clients)) client.base = service.base;
  };
  meet();
  for (const client of Object.values(clients)) await client.signIn();
  for (let kill = 0; kill < kills; kill += 1) {
    await killOnce(stream, service, random);
    service = await startService(url);
    meet();
  }
  const acknowledged = stream.answered;
  const unanswered = stream.orders.length - acknowledged;
  const before = await inDatabase(url, (db) => effectFaults(db, stream.orders));
  // Everything is asked for again with its own key: what is done is answered as before, what is not is done.
  const faults = [...before];
  for (const order of stream.orders) {
    try {
      if (!(await stream.send(order))) faults.push(`${order.key} found no answer`);
    } catch (error) {
      faults.push(String(error));
    }
  }
  const { code } = await service.end('SIGTERM');
  if (code !== 0) faults.push(`The service ended with ${code}: ${service.output().slice(-2000)}`);
  faults.push(...(await inDatabase(url, (db) => finalFaults(db, stream.orders))));
  return {
    kills,
    acknowledged,
    unanswered,
    faults: faults.map((fault) => `seed ${seed}: ${fault}`),
  };
}

async function inDatabase<T>(url: string, look: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ url, entities: allEntities, migrations });
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

async function countOf(db: Database, sql: string): Promise<number> {
  return (await db.reader().one<{ n: number }>(sql))?.n ?? 0;
}

async function effectFaults(db: Database, orders: readonly Order[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { key, effects, answer } of orders) {
    const n = await countOf(db, effects);
    if (n > 1 || (answer !== null && n === 0)) {
      faults.push(`${key}: ${n} effects, ${answer === null ? 'not ' : ''}acknowledged`);
    }
  }
  return faults;
}

/** After all is repeated: one effect each, sums that fit, books and audit whole, an entry for every act. */
async function finalFaults(db: Database, orders: readonly Order[]): Promise<string[]> {
  const faults = await effectFaults(db, orders);
  const sum = (path: string) => orders.filter((order) => order.path === path).length * 100;
  const fund = await countOf(
    db,
    `SELECT balance_fen AS n FROM fund WHERE region_code = '${COUNTY}'`,
  );
  const account = await countOf(
    db,
    `SELECT balance_fen AS n FROM subsidy_account WHERE region_code = '${COUNTY}'`,
  );
  if (fund !== sum('/riskfund/contributions')) faults.push(`The fund holds ${fund}`);
  if (account !== sum('/subsidies/appropriations')) faults.push(`The account holds ${account}`);
  const books = await proveBooks(db.reader());
  if (!books.ok) faults.push(`The books: ${JSON.stringify(books.faults)}`);
  const { mac } = fieldCrypto(readConfig({}).keys);
  const audit = await verifyAudit(db.reader(), { mac });
  if (!audit.ok) faults.push(`The audit: ${JSON.stringify(audit.fault)}`);
  const entries = await countOf(
    db,
    `SELECT COUNT(*) AS n FROM audit_entry WHERE outcome = 'done' AND act IN
      ('loans.repay', 'riskfund.contribute', 'subsidies.appropriate')`,
  );
  if (entries !== orders.length) faults.push(`${entries} entries for ${orders.length} acts`);
  return faults;
}
