/**
 * One connection to a SQLite file, with its prepared statements.
 *
 * Laws:
 * - WAL, so that readers never wait for the writer; `synchronous = FULL`, because a committed repayment must
 *   survive a power cut (NORMAL may lose the newest commits).
 * - Whole numbers are bound as 64-bit integers. better-sqlite3 binds every JavaScript number as a float,
 *   which would turn a division into a fraction and 5 in a text into '5.0'.
 * - No busy waiting: the driver would block the whole process. Who meets a lock waits outside, asynchronously.
 */
import Sqlite from 'better-sqlite3';
import { exactInteger } from './dialect';
import type { Row } from './engine';
import { guardParam } from './params';

/** Statements kept prepared per connection. */
const MOST_STATEMENTS = 500;
/** Opening may have to wait for a recovery after a crash; this once the driver may wait itself. */
const OPENING_WAIT_MS = 5000;

/** Whether a connection may write. */
export type Access = 'write' | 'read';

/**
 * What SQLite said, as an error of our own: the driver's class belongs to whichever realm of the process loaded
 * the native code first (jest gives every test file one), so it cannot be relied on. Holds no values.
 */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure';

  constructor(
    message: string,
    readonly code: string,
    readonly sql: string,
  ) {
    super(message);
  }
}

function ownError(error: unknown, sql: string): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const ofDriver = typeof code === 'string' && code.startsWith('SQLITE_');
  return ofDriver ? new SqliteFailure(String(message), code, sql) : error;
}

export class SqliteConnection {
  readonly raw: Sqlite.Database;
  private readonly statements = new Map<string, Sqlite.Statement>();

  /** Opens the file; the writer creates it. @throws the driver's error. */
  constructor(path: string, access: Access) {
    this.raw = new Sqlite(path, { timeout: OPENING_WAIT_MS, fileMustExist: access === 'read' });
    this.raw.pragma('journal_mode = WAL');
    this.raw.pragma('synchronous = FULL');
    this.raw.pragma('foreign_keys = ON');
    // INSERT OR REPLACE deletes; only so do the triggers of append-only tables see it.
    this.raw.pragma('recursive_triggers = ON');
    this.raw.pragma('temp_store = MEMORY');
    if (access === 'read') this.raw.pragma('query_only = ON');
    this.raw.pragma('busy_timeout = 0');
  }

  /** The statement of a text, prepared once. */
  private statement(sql: string): Sqlite.Statement {
    let found = this.statements.get(sql);
    if (found) {
      // Moved to the end: the first of the map is then the one unused for longest.
      this.statements.delete(sql);
    } else {
      found = this.raw.prepare(sql);
    }
    this.statements.set(sql, found);
    if (this.statements.size > MOST_STATEMENTS) {
      this.statements.delete(this.statements.keys().next().value as string);
    }
    return found;
  }

  /** Runs a text of either kind: its rows, or what it changed. @throws SqliteFailure */
  run(sql: string, values: readonly unknown[]): { rows: Row[] } | { changed: Sqlite.RunResult } {
    const bound = bindable(values);
    try {
      const statement = this.statement(sql);
      if (statement.reader) return { rows: statement.all(...bound) as Row[] };
      return { changed: statement.run(...bound) };
    } catch (error) {
      throw ownError(error, sql);
    }
  }

  /** All rows of a reading text, their numbers exact. @throws SqliteFailure, RangeError */
  rows(sql: string, values: readonly unknown[]): Row[] {
    const done = this.run(sql, values);
    if (!('rows' in done)) throw new Error(`This text returns no rows, use exec: ${sql}`);
    return exactRows(done.rows);
  }

  /** Runs a writing text and returns the number of matched rows. @throws SqliteFailure */
  exec(sql: string, values: readonly unknown[]): number {
    const done = this.run(sql, values);
    if (!('changed' in done)) throw new Error(`This text returns rows, use rows: ${sql}`);
    return done.changed.changes;
  }

  /** Runs a writing text for each of these rows. @throws SqliteFailure */
  execEach(sql: string, rows: readonly (readonly unknown[])[]): void {
    try {
      const statement = this.statement(sql);
      for (const row of rows) statement.run(bindable(row));
    } catch (error) {
      throw ownError(error, sql);
    }
  }

  close(): void {
    this.statements.clear();
    this.raw.close();
  }
}

/** Values as the driver shall bind them. @throws TypeError for a Date, an object, a float, undefined. */
export function bindable(values: readonly unknown[]): (string | bigint | null)[] {
  const bound = new Array<string | bigint | null>(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at];
    if (typeof value === 'string') {
      bound[at] = value;
      continue;
    }
    guardParam(value, `number ${at + 1}`);
    bound[at] = typeof value === 'number' ? BigInt(value) : value;
  }
  return bound;
}

function exactRows(rows: Row[]): Row[] {
  for (const row of rows) {
    for (const column in row) {
      if (typeof row[column] === 'number') exactInteger(row[column], column);
    }
  }
  return rows;
}
