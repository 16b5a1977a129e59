/**
 * A settlement night over some loans, killed and resumed until it is done, and what it leaves: the result tables as
 * text, without what differs from run to run by its nature (ids made on the way, instants, fencing tokens).
 */

import { migrations } from '../../migrations';
import { allEntities } from '../../src/app';
import { proveBooks } from '../../src/ledger';
import { type Database, openDatabase, type Param } from '../../src/platform/db/database';
import { lent, openBook } from '../loans/book';
import { columnsOf } from '../support/databases';
import type { NightOrder } from './night-child';
import { run } from './running';

/** The settlement day whose night is run: the end of the first, broken, period of the loans. */
export const NIGHT = '2018-06-20';

/** Where a run dies. */
export type Death = NonNullable<NightOrder['die']>;

const open = (url: string) => openDatabase({ url, entities: allEntities, migrations });

/** Opens a database for a look and closes it again. */
export async function look<T>(url: string, see: (db: Database) => Promise<T>): Promise<T> {
  const db = await open(url);
  try {
    return await see(db);
  } finally {
    await db.close();
  }
}

/** Loans of several amounts, made by the acts, paid out on different days of the period. */
export async function lendMany(url: string, count: number): Promise<void> {
  const book = await openBook(async () => {
    const db = await open(url);
    await db.migrate();
    return db;
  }, '2018-05-02');
  for (let n = 0; n < count; n += 1) {
    if (n % 5 === 4) book.clock.stepDays(1);
    await lent(book, { amount: `${10_000 + 613 * n}.00`, termMonths: 12, rate: '4.35' });
  }
  await book.close();
}

/** Copies every row of one database into another, empty one; the order of foreign keys does not matter. */
export async function copyRows(from: string, to: string): Promise<void> {
  const source = await open(from);
  const target = await open(to);
  try {
    await target.migrate();
    const off =
      target.dialect.name === 'sqlite' ? 'PRAGMA foreign_keys = OFF' : 'SET FOREIGN_KEY_CHECKS = 0';
    const on =
      target.dialect.name === 'sqlite' ? 'PRAGMA foreign_keys = ON' : 'SET FOREIGN_KEY_CHECKS = 1';
    const runner = target.dataSource.createQueryRunner();
    await runner.query(off);
    for (const [table, columns] of Object.entries(await columnsOf(source))) {
      if (table === 'migrations') continue;
      await runner.query(`DELETE FROM ${table}`);
      const rows = await source.reader().rows<Record<string, Param>>(`SELECT * FROM ${table}`);
      for (let at = 0; at < rows.length; at += 200) {
        const piece = rows.slice(at, at + 200);
        const marks = piece.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
        const values = piece.flatMap((row) => columns.map((column) => row[column] ?? null));
        await runner.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${marks}`, values);
      }
    }
    await runner.query(on);
    await runner.release();
  } finally {
    await source.close();
    await target.close();
  }
}

/** Runs the night in a process; `minute` moves its clock on, so that a dead holder's lease has ended. */
export async function runNight(url: string, minute: number, die: Death | null) {
  const at = `${NIGHT}T23:${String(minute).padStart(2, '0')}:00+08:00`;
  const order: NightOrder = { url, date: NIGHT, at, die };
  return run('test/process/night-child.ts', [JSON.stringify(order)], {}).ended;
}

/**
 * Columns that no two runs share: ids made on the way, moments, tokens, who held the run; and the digest over an
 * entry's id and moment, which `proveBooks` checks instead.
 */
const OWN = new Set([
  ...['id', 'entry_id', 'origin_id', 'recorded_at', 'posted_at', 'started_at', 'finished_at'],
  ...['token', 'holder', 'lease_until', 'attempts', 'content_digest'],
]);

/** How many entries were sealed when the audit was verified is a matter of the hour, not of the night. */
const RUNS = `SELECT step, business_date, state, checkpoint, failed_count,
    CASE WHEN step = 'inspection.verify-audit' THEN NULL ELSE done_count END AS done_count,
    CASE WHEN step = 'inspection.verify-audit' THEN NULL ELSE note END AS note
  FROM job_run`;

/** What a settlement night writes. A loan's id was there before and stays in the text. */
const RESULTS: readonly (readonly [string, string])[] = [
  ['loan', 'SELECT id AS loan_id, l.* FROM loan l'],
  ...['loan_event', 'loan_interest', 'ledger_entry', 'ledger_balance', 'job_failure'].map(
    (table) => [table, `SELECT * FROM ${table}`] as const,
  ),
  ['job_run', RUNS],
  [
    'ledger_line',
    'SELECT e.entry_key AS entry_key, l.* FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id',
  ],
];

/** The tables that a settlement night writes, as lines in a fixed order, and the faults of the books, if any. */
export function resultOf(url: string): Promise<string[]> {
  return look(url, async (db) => {
    const sql = db.reader();
    const all: string[] = [];
    for (const [name, text] of RESULTS) {
      const rows = await sql.rows<Record<string, Param>>(text);
      const lines = rows.map((row) => {
        const kept = Object.keys(row).filter((column) => !OWN.has(column));
        return `${name} ${JSON.stringify(kept.sort().map((column) => [column, row[column]]))}`;
      });
      all.push(...lines.sort());
    }
    const { faults } = await proveBooks(sql);
    return [...all, ...faults.map((fault) => `fault ${JSON.stringify(fault)}`)];
  });
}

/** The lines that stand in one of two results only. */
export function difference(one: readonly string[], other: readonly string[]): string[] {
  const [left, right] = [new Set(one), new Set(other)];
  return [
    ...one.filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ];
}
