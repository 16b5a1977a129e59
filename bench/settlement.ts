/**
 * The quarterly settlement of a whole book of 100,000 loans (or `--loans 100000,300000,1000000`): interest computed,
 * rows of interest and events, an entry with two lines for each loan, balances, loans and audit, against the same rows
 * by a chunked INSERT … SELECT with a checkpoint. Prints seconds, the most memory that the process held, and, from the
 * second size on, the exponent by which time grows with the book (1 is proportional).
 */
import { settleInterestStep } from '../src/loans';
import { businessDate } from '../src/platform/dates';
import { NightRunner } from '../src/platform/jobs/runner';
import { type LoanPlan, lend, openLending } from '../test/subsidies/lending';
import type { County } from '../test/support/county';
import { withoutTriggers } from '../test/support/triggers';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openOurs } from './places';

/** Loans to a transaction, in the step as in the floor. */
const CHUNK = 5000;
const MEMORY = 1024 * 1024 * 1024;
const PAID_OUT = '2018-06-21';
const SETTLED = '2018-09-20';
const PLAN: LoanPlan = { disbursedOn: PAID_OUT, termMonths: 36 };
const COPIED = [
  ...['loan', 'loan_interest', 'loan_event', 'ledger_entry', 'ledger_line', 'ledger_balance'],
  ...['audit_subject', 'job_run'],
];

/** Seconds of the sizes measured so far, by kind of database. */
const measured = new Map<Kind, { loans: number; seconds: number }[]>();

/** A county with so many running loans paid out on one day, made from one by doubling. Nobody proves their books. */
async function openBook(kind: Kind, place: ReturnType<typeof newPlace>, loans: number) {
  const county = await openLending(() => openOurs(place), PAID_OUT);
  const { db } = county.platform;
  if (kind === 'mariadb') {
    await db.dataSource.query(`SET GLOBAL innodb_buffer_pool_size = ${MEMORY}`);
  }
  const first = await lend(county, PLAN);
  const columns = Object.keys((await db.reader().one('SELECT * FROM loan')) ?? {});
  const numbered = (number: string) =>
    kind === 'sqlite' ? `printf('%026d', ${number})` : `LPAD(${number}, 26, '0')`;
  const copies = (number: string, where: string) => {
    const own: Record<string, string> = { principal_fen: `1000000 + (${number}) % 400 * 10000` };
    own.outstanding_fen = own.principal_fen!;
    for (const name of ['id', 'number', 'application_id', 'household_id', 'running_key']) {
      own[name] = numbered(number);
    }
    const values = columns.map((name) => own[name] ?? name);
    return `INSERT INTO loan (${columns.join(', ')}) SELECT ${values.join(', ')} FROM loan WHERE ${where}`;
  };
  const sql = [copies('1', `id = '${first.id}'`)];
  for (let made = 1; made < loans - 1; made *= 2) {
    const number = kind === 'sqlite' ? 'CAST(id AS INTEGER)' : 'CAST(id AS UNSIGNED)';
    const few = Math.min(made, loans - 1 - made);
    sql.push(copies(`${number} + ${made}`, `id <= ${numbered(String(few))}`));
  }
  await withoutTriggers(db, sql);
  return county;
}

async function open(kind: Kind, loans: number): Promise<Bench> {
  const place = newPlace(kind);
  const opened = await openBook(kind, place, loans);
  const county = { ...opened, platform: { ...opened.platform, checkAnswers: false } };
  for (const table of COPIED) {
    for (const sql of await copyOf(county, kind, table)) {
      await county.platform.db.dataSource.query(sql);
    }
  }
  await withoutTriggers(county.platform.db, ['INSERT INTO bare_loan SELECT * FROM loan']);
  return {
    ours: { what: 'settled loan', run: (count) => settleAll(county, kind, count) },
    floor: { what: 'copied rows', run: () => copyAll(county) },
    close: async () => {
      await county.close();
      await place.remove();
    },
  };
}

async function settleAll(county: County, kind: Kind, loans: number): Promise<void> {
  const options = { holder: 'bench', chunkSize: CHUNK };
  const runner = new NightRunner(county.platform, [settleInterestStep], options);
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const looking = setInterval(look, 20);
  const started = performance.now();
  const { steps } = await runner.runNight(businessDate(SETTLED));
  const seconds = (performance.now() - started) / 1000;
  clearInterval(looking);
  look();
  const [step] = steps;
  if (step?.done !== loans || step.note !== null) throw new Error(JSON.stringify(steps));
  console.log(
    `${kind}: ${loans} loans settled in ${seconds.toFixed(1)} s: ${Math.round(loans / seconds)} a second, ${megabytes(before)} MB before, ${megabytes(most)} MB at most${growth(kind, loans, seconds)}`,
  );
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

/** How time grows from the smallest size measured to this one. */
function growth(kind: Kind, loans: number, seconds: number): string {
  const [least, ...more] = measured.get(kind) ?? [];
  measured.set(kind, [...(least ? [least, ...more] : []), { loans, seconds }]);
  if (!least || least.loans >= loans) return '';
  const exponent = Math.log(seconds / least.seconds) / Math.log(loans / least.loans);
  return `, exponent ${exponent.toFixed(2)} from ${least.loans}`;
}

/** Copies what the step wrote into tables of the same form, a transaction for as many loans as ours. */
async function copyAll(county: County): Promise<void> {
  const sql = county.platform.db.reader();
  const entries = await sql.rows<{ id: string }>(
    `SELECT id FROM ledger_entry WHERE subject_kind = 'settlement' ORDER BY id`,
  );
  const audits = await sql.rows<{ id: string }>(
    `SELECT id FROM audit_entry WHERE act = 'loans.settle-interest' ORDER BY id`,
  );
  await county.platform.db.dataSource.query('INSERT INTO bare_job_run SELECT * FROM job_run');
  for (let from = '', at = 0; at < entries.length; at += 1) {
    const last = await sql.one<{ id: string }>(
      `SELECT MAX(x.id) AS id FROM (SELECT id FROM loan WHERE id > :from ORDER BY id LIMIT ${CHUNK}) x`,
      { from },
    );
    const range = { from, until: last!.id };
    await copyChunk(county, range, entries[at]!.id, audits[at]!.id);
    from = range.until;
  }
}

function copyChunk(
  county: County,
  range: { from: string; until: string },
  entry: string,
  audit: string,
): Promise<void> {
  const between = (column: string) => `${column} > :from AND ${column} <= :until`;
  return county.system(async ({ tx }) => {
    const copy = (table: string, where: string, params: Record<string, string>) =>
      tx.exec(`INSERT INTO bare_${table} SELECT * FROM ${table} WHERE ${where}`, params);
    await copy('loan_interest', between('loan_id'), range);
    await copy('loan_event', `kind = 'settlement' AND ${between('loan_id')}`, range);
    await copy('ledger_entry', 'id = :entry', { entry });
    await copy('ledger_line', 'entry_id = :entry', { entry });
    const account = `account = 'INTEREST_RECEIVABLE' AND ${between('sub')}`;
    await copy('ledger_balance', account, range);
    await copy('audit_subject', 'entry_id = :audit', { audit });
    await tx.exec(
      `UPDATE bare_loan SET booked_until = :next, last_booking_on = :on, version = version + 1,
              interest_due_fen = interest_due_fen +
                (SELECT SUM(i.amount_fen) FROM bare_loan_interest i WHERE i.loan_id = bare_loan.id)
        WHERE ${between('id')}`,
      { ...range, on: SETTLED, next: '2018-09-21' },
    );
    await tx.exec(`UPDATE bare_job_run SET checkpoint = :until WHERE business_date = :on`, {
      until: range.until,
      on: SETTLED,
    });
  });
}

/** The statements that make an empty table of the same form, indexes included. */
async function copyOf(county: County, kind: Kind, table: string): Promise<string[]> {
  if (kind === 'mariadb') return [`CREATE TABLE bare_${table} LIKE ${table}`];
  const rows: { sql: string }[] = await county.platform.db.dataSource.query(
    `SELECT sql FROM sqlite_schema WHERE tbl_name = '${table}' AND type IN ('table', 'index')
        AND sql IS NOT NULL ORDER BY type DESC`,
  );
  return rows.map(({ sql }) =>
    sql
      .replace(/^CREATE TABLE (\w+|"\w+")/, `CREATE TABLE bare_${table}`)
      .replace(/^CREATE (UNIQUE )?INDEX (\w+) ON (\w+)/, 'CREATE $1INDEX bare_$2 ON bare_$3'),
  );
}

/** One case for each size. */
export const settlementCases = (kind: Kind, sizes: readonly number[]): readonly Case[] =>
  sizes.map((loans) => ({
    name: `${kind}: settlement of ${loans} loans`,
    ...{ count: loans, once: true, open: () => open(kind, loans) },
  }));
