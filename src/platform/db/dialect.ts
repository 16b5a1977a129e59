/**
 * The only file of the service that knows how SQL differs between SQLite and MySQL/MariaDB. Each tool
 * returns a piece of SQL text; its arguments are SQL texts too (a column, a `:parameter`, an expression).
 *
 * What needs no tool because both sides agree (the connections are set up so): `||`, `%`, `COALESCE`,
 * `INSTR`, `SUBSTR`, `LENGTH` of ASCII, `LIMIT :n OFFSET :m`, comparison and order of text by code point,
 * NULLs first, 0/1 for conditions, matched (not changed) rows as the count of an UPDATE.
 * What to avoid: `/`, LIKE (SQLite folds the case of ASCII letters, MySQL does not), UPDATE … JOIN,
 * a subquery over the very table that is updated, quoted identifiers.
 */

/** SQL pieces that differ between the two databases. */
export interface DialectTools {
  readonly name: 'sqlite' | 'mysql';
  /** Whole days from one date to another (negative when `to` is earlier). */
  daysBetween(fromSql: string, toSql: string): string;
  /** The date `n` days after a date, as YYYY-MM-DD. */
  addDays(dateSql: string, nSql: string): string;
  /** Integer division rounded half up, a negative half away from zero (as in money.ts); the divisor is positive. */
  divideHalfUp(numeratorSql: string, divisorSql: string): string;
  /** Integer division, truncated towards zero. */
  div(numeratorSql: string, divisorSql: string): string;
  /** Ending of a SELECT that queues for the rows it read; empty on SQLite, whose transactions queue anyway. */
  forUpdate(): '' | 'FOR UPDATE';
  /** Texts joined; NULL when any part is NULL. */
  concat(...parts: string[]): string;
  /**
   * An INSERT that leaves an existing row with the same unique `key` as it is. `exec` returns how many rows
   * were new. `source` is a SELECT (ending in a WHERE) and defaults to `VALUES (:column, …)`.
   */
  insertOrKeep(
    table: string,
    columns: readonly string[],
    key: readonly string[],
    source?: string,
  ): string;
  /**
   * An INSERT that adds its `sum` to that of an existing row with the same unique `key`. `source` is a SELECT of the
   * columns, ending in a WHERE.
   */
  insertOrAdd(
    table: string,
    columns: readonly string[],
    key: readonly string[],
    sum: string,
    source: string,
  ): string;
  /** The larger of the values; NULL when any is NULL. */
  greatest(...parts: string[]): string;
  /** The smaller of the values; NULL when any is NULL. */
  least(...parts: string[]): string;
  /** True when both are equal or both NULL. */
  same(leftSql: string, rightSql: string): string;
  /** A text read as a whole number. */
  asInteger(textSql: string): string;
  /** A result value (SUM, COUNT) as a safe integer; NULL becomes 0. @throws RangeError when it is none. */
  toInt(value: unknown): number;
}

/**
 * A number from the database as a safe integer. Both drivers pass here, so that a figure beyond 2^53 or a
 * fraction stops the work instead of being rounded.
 * @throws RangeError
 */
export function exactInteger(value: unknown, column: string): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new RangeError(
    `Column ${column} holds ${String(value)}, which is not a whole number within ±(2^53 - 1)`,
  );
}

function toInt(value: unknown): number {
  return value === null || value === undefined ? 0 : exactInteger(value, 'result');
}

/** Half away from zero: the sign is taken off, the rest is divided with half a divisor added, and put back. */
function halfUp(div: (a: string, b: string) => string, numerator: string, divisor: string): string {
  const rounded = div(`2 * ABS(${numerator}) + (${divisor})`, `2 * (${divisor})`);
  return `(CASE WHEN (${numerator}) < 0 THEN -1 ELSE 1 END * ${rounded})`;
}

function valuesOf(columns: readonly string[]): string {
  return `VALUES (${columns.map((column) => `:${column}`).join(', ')})`;
}

const sqliteDiv = (a: string, b: string) => `((${a}) / (${b}))`;
const mysqlDiv = (a: string, b: string) => `((${a}) DIV (${b}))`;

/** SQLite. Its `/` is an integer division because every bound number and every column is an integer. */
export const sqliteDialect: DialectTools = {
  name: 'sqlite',
  daysBetween: (from, to) => `CAST(julianday(${to}) - julianday(${from}) AS INTEGER)`,
  addDays: (date, n) => `date(${date}, (${n}) || ' days')`,
  divideHalfUp: (numerator, divisor) => halfUp(sqliteDiv, numerator, divisor),
  div: sqliteDiv,
  forUpdate: () => '',
  concat: (...parts) => `(${parts.join(' || ')})`,
  insertOrKeep: (table, columns, key, source) =>
    `INSERT INTO ${table} (${columns.join(', ')}) ${source ?? valuesOf(columns)} ` +
    `ON CONFLICT (${key.join(', ')}) DO NOTHING`,
  insertOrAdd: (table, columns, key, sum, source) =>
    `INSERT INTO ${table} (${columns.join(', ')}) ${source} ` +
    `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${sum} = ${table}.${sum} + excluded.${sum}`,
  greatest: (...parts) => `MAX(${parts.join(', ')})`,
  least: (...parts) => `MIN(${parts.join(', ')})`,
  same: (left, right) => `(${left} IS ${right})`,
  asInteger: (text) => `CAST(${text} AS INTEGER)`,
  toInt,
};

/**
 * MySQL, MariaDB, TiDB. `INSERT IGNORE` turns every error into a warning, so `exec` reads the warnings and
 * throws for any but the duplicate; ON DUPLICATE KEY UPDATE would count a kept row as one and would fire
 * the triggers that guard append-only tables.
 */
export const mysqlDialect: DialectTools = {
  name: 'mysql',
  daysBetween: (from, to) => `DATEDIFF(${to}, ${from})`,
  addDays: (date, n) => `DATE_ADD(CAST(${date} AS DATE), INTERVAL (${n}) DAY)`,
  divideHalfUp: (numerator, divisor) => halfUp(mysqlDiv, numerator, divisor),
  div: mysqlDiv,
  forUpdate: () => 'FOR UPDATE',
  concat: (...parts) => `CONCAT(${parts.join(', ')})`,
  insertOrKeep: (table, columns, _key, source) =>
    `INSERT IGNORE INTO ${table} (${columns.join(', ')}) ${source ?? valuesOf(columns)}`,
  insertOrAdd: (table, columns, _key, sum, source) =>
    `INSERT INTO ${table} (${columns.join(', ')}) ${source} ` +
    `ON DUPLICATE KEY UPDATE ${sum} = ${table}.${sum} + VALUES(${sum})`,
  greatest: (...parts) => `GREATEST(${parts.join(', ')})`,
  least: (...parts) => `LEAST(${parts.join(', ')})`,
  same: (left, right) => `(${left} <=> ${right})`,
  asInteger: (text) => `CAST(${text} AS SIGNED)`,
  toInt,
};
