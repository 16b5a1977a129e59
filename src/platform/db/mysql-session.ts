/**
 * Statements on one connection to MySQL or MariaDB.
 *
 * Values are written into the text as literals by the driver's own escaping (the guard lets only text, safe
 * integers and null come here). Server-side prepared statements would send every number as a float: `LIMIT ?`
 * fails on MySQL 8, and integer arithmetic becomes inexact.
 */
import type { FieldPacket, PoolConnection, QueryError, ResultSetHeader } from 'mysql2';
import { escape as escapeText } from 'mysql2';
import type { QueryRunner } from 'typeorm';
import { exactInteger } from './dialect';
import type { Row, Session } from './engine';
import { troubleOf } from './errors';
import { type Bound, guardParam } from './params';
import type { Param } from './sql';
import type { Leave } from './turnstile';

/** A statement without a sign of life for so long is given up, and its connection with it. In milliseconds. */
const STATEMENT_TIMEOUT_MS = 120_000;
/** Rows of one INSERT at most, and characters (the server's packet is 16 MB or more). */
const ROWS_AT_ONCE = 1000;
const CHARACTERS_AT_ONCE = 2_000_000;
/** Types of the protocol that may carry more than a safe integer, or a fraction. */
const NUMERIC = new Set([4, 5, 8, 246]);
const DUPLICATE = 1062;

function literal(value: Param): string {
  return typeof value === 'number' ? String(value) : escapeText(value);
}

function textOf(bound: Bound): string {
  let text = bound.pieces[0] as string;
  bound.values.forEach((value, index) => {
    text += literal(value) + (bound.pieces[index + 1] as string);
  });
  return text;
}

const shownText = (bound: Bound): string => bound.pieces.join('?');

interface Answer {
  rows: Row[] | ResultSetHeader;
  fields: FieldPacket[];
}

/**
 * Gives up work on a connection that shows no sign of life, and the connection with it. The driver's own
 * timeout would go on running after a lost connection and keep the process from ending.
 */
export async function withinTime<T>(connection: PoolConnection, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      connection.destroy();
      reject(
        Object.assign(new Error(`No answer within ${STATEMENT_TIMEOUT_MS} ms`), {
          code: 'PROTOCOL_SEQUENCE_TIMEOUT',
        }),
      );
    }, STATEMENT_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends a text. An error carries `shown`, the text without its values, which may be personal data. */
function send(connection: PoolConnection, sql: string, shown = sql): Promise<Answer> {
  const answer = new Promise<Answer>((resolve, reject) => {
    connection.query(sql, (error: QueryError | null, rows: unknown, fields: FieldPacket[]) =>
      error
        ? reject(Object.assign(error, { sql: shown }))
        : resolve({ rows: rows as Row[], fields }),
    );
  });
  return withinTime(connection, answer);
}

/** Runs a reading text; numbers come back exact. */
export async function readRows(connection: PoolConnection, bound: Bound): Promise<Row[]> {
  const shown = shownText(bound);
  const { rows, fields } = await send(connection, textOf(bound), shown);
  if (!Array.isArray(rows)) throw new Error(`This text returns no rows, use exec: ${shown}`);
  const numeric = fields.filter((field) => NUMERIC.has(field.columnType ?? -1));
  for (const { name } of numeric) {
    for (const row of rows) {
      if (row[name] !== null) row[name] = exactInteger(row[name], name);
    }
  }
  return rows;
}

/** A warning that an INSERT IGNORE swallowed, as the error it would have been. */
class Swallowed extends Error {
  constructor(
    readonly errno: number,
    readonly sqlMessage: string,
    readonly sql: string,
  ) {
    super(sqlMessage);
  }
}

/** INSERT IGNORE shall overlook duplicates and nothing else. @throws Swallowed */
async function refuseOtherWarnings(connection: PoolConnection, sql: string, count: number) {
  const { rows } = await send(connection, 'SHOW WARNINGS');
  const warnings = rows as unknown as { Code: number; Message: string }[];
  const other = warnings.find((warning) => warning.Code !== DUPLICATE);
  if (other) throw new Swallowed(other.Code, other.Message, sql);
  if (warnings.length < count) {
    throw new Error(`${count} warnings are too many to look through; cut it into chunks: ${sql}`);
  }
}

async function write(connection: PoolConnection, sql: string, shown: string): Promise<number> {
  const { rows } = await send(connection, sql, shown);
  if (Array.isArray(rows)) throw new Error(`This text returns rows, use rows: ${shown}`);
  if (rows.warningStatus > 0 && /^\s*INSERT\s+IGNORE\b/i.test(shown)) {
    await refuseOtherWarnings(connection, shown, rows.warningStatus);
  }
  return rows.affectedRows;
}

export class MysqlSession implements Session {
  private dead = false;

  constructor(
    readonly runner: QueryRunner,
    private readonly connection: PoolConnection,
    private readonly leave: Leave,
  ) {}

  rows(bound: Bound): Promise<Row[]> {
    return readRows(this.connection, bound);
  }

  exec(bound: Bound): Promise<number> {
    return write(this.connection, textOf(bound), shownText(bound));
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void> {
    const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    let tuples: string[] = [];
    let characters = 0;
    const flush = async () => {
      if (tuples.length > 0) await write(this.connection, head + tuples.join(', '), head);
      tuples = [];
      characters = 0;
    };
    for (const row of rows) {
      const tuple = `(${row.map((value, index) => guarded(value, columns[index])).join(', ')})`;
      if (tuples.length >= ROWS_AT_ONCE || characters + tuple.length > CHARACTERS_AT_ONCE) {
        await flush();
      }
      tuples.push(tuple);
      characters += tuple.length;
    }
    await flush();
  }

  async commit(): Promise<void> {
    try {
      await send(this.connection, 'COMMIT');
    } catch (error) {
      // Whatever the server meant, this connection may still hold the transaction's fate.
      this.dead = troubleOf(error) !== 'again';
      throw error;
    }
  }

  async rollback(): Promise<void> {
    if (this.dead) return;
    try {
      await send(this.connection, 'ROLLBACK');
    } catch {
      this.dead = true;
    }
  }

  async release(): Promise<void> {
    try {
      if (this.dead) this.connection.destroy();
      await this.runner.release();
    } finally {
      this.leave();
    }
  }
}

function guarded(value: Param, column: string | undefined): string {
  guardParam(value, column ?? 'beyond the columns');
  return literal(value);
}
