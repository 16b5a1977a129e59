/**
 * What can go wrong with a database, told apart once for both engines. Drivers speak in numbers and texts;
 * the rest of the service only ever sees the three types below and the two questions at the end.
 */
import { uniqueName } from './names';

/** The database is there but would not let us in time: patience with locks or the queue is at an end. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

/** There is no connection to the database, or it cannot store anything (disk full). */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/** The connection was lost during COMMIT: whether the work is stored is not known. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}

/** Thrown inside a transaction to have the whole function run again on a fresh snapshot. */
export class RunAgain extends Error {
  override readonly name = 'RunAgain';
}

/** The transaction handle was used after its end, after an error, or from inside another transaction. */
export class TransactionMisuse extends Error {
  override readonly name = 'TransactionMisuse';
}

interface DriverError extends Error {
  code?: string;
  errno?: number;
  sqlMessage?: string;
  sql?: string;
  fatal?: boolean;
}

/** Deadlock, lock timeout, snapshot changed (MariaDB), node not ready (Galera). */
const AGAIN = new Set([1213, 1205, 1020, 1047]);
/** Server going down, connection killed, gone, lost; too many connections is a matter of waiting too. */
const LOST = new Set([1053, 1077, 1079, 1927, 2006, 2013, 2055, 4031]);
const LOST_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
]);
const REFUSED_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  'EACCES',
]);
/** Too many connections; account or database refused; disk or table full. */
const UNABLE = new Set([1040, 1044, 1045, 1049, 1203, 1226, 1021, 1114]);
/** CHECK (MariaDB, MySQL), value too long, out of range, of the wrong type, not a date, NULL not allowed. */
const BAD_VALUE = new Set([4025, 3819, 1406, 1264, 1366, 1292, 1048, 1364, 1265]);

/**
 * An error of any realm. A native driver keeps the error class of whoever loaded it first, so `instanceof Error`
 * does not hold for its errors in another realm of the process (jest gives every test file one of its own).
 */
function isErrorLike(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** Errors of this layer have been judged already; their cause is for the log. */
const JUDGED = [DatabaseBusy, DatabaseAway, CommitUnknown, TransactionMisuse];

/** The driver's own error under the wrappers of TypeORM and of callers. */
export function driverError(error: unknown): DriverError | undefined {
  for (let at: unknown = error, depth = 0; isErrorLike(at) && depth < 8; depth += 1) {
    if (JUDGED.some((kind) => at instanceof kind)) return undefined;
    const wrapped = at as Error & { driverError?: unknown };
    if (isErrorLike(wrapped.driverError)) at = wrapped.driverError;
    else if ('code' in at || 'errno' in at || 'fatal' in at) return at as DriverError;
    else at = at.cause;
  }
  return undefined;
}

/** What an error means for the transaction it happened in. */
export type Trouble = 'again' | 'lost' | 'away' | 'other';

/** Tells what to do about an error: run the whole function again, reconnect, give up, or pass it on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof RunAgain) return 'again';
  const driver = driverError(error);
  if (!driver) return 'other';
  const { code = '', errno } = driver;
  if (code.startsWith('SQLITE_')) return sqliteTrouble(code);
  if (errno !== undefined && AGAIN.has(errno)) return 'again';
  if (errno !== undefined && LOST.has(errno)) return 'lost';
  if (LOST_CODES.has(code)) return 'lost';
  if (REFUSED_CODES.has(code) || (errno !== undefined && UNABLE.has(errno))) return 'away';
  // mysql2 marks whatever ends a connection; a statement on a closed one carries no code at all.
  return driver.fatal === true ? 'lost' : 'other';
}

function sqliteTrouble(code: string): Trouble {
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'again';
  const unable = /^SQLITE_(IOERR|CANTOPEN|FULL|READONLY|NOTADB|CORRUPT)/.test(code);
  return unable ? 'away' : 'other';
}

/** `table (a, b)` of a SQLite message such as `UNIQUE constraint failed: loan.a, loan.b`. */
function sqliteUnique(message: string): { table: string; columns: string[] } | undefined {
  const list = /UNIQUE constraint failed: (.+)$/.exec(message)?.[1];
  if (!list) return undefined;
  const pairs = list.split(', ').map((pair) => pair.split('.'));
  return { table: pairs[0]?.[0] ?? '', columns: pairs.map((pair) => pair[1] ?? '') };
}

function isSqliteUnique(error: DriverError, target: string | undefined): boolean {
  if (!/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)$/.test(error.code ?? '')) return false;
  const failed = sqliteUnique(error.message);
  if (target === undefined || !failed) return target === undefined;
  return target === failed.table || target === uniqueName(failed.table, failed.columns);
}

function isMysqlUnique(error: DriverError, target: string | undefined): boolean {
  if (error.errno !== 1062) return false;
  if (target === undefined) return true;
  const key = /for key '([^']+)'/.exec(error.sqlMessage ?? error.message)?.[1] ?? '';
  const [before, after] = key.split('.');
  const table = after === undefined ? tableOf(error.sql ?? '') : before;
  return target === table || target === (after ?? before);
}

function tableOf(sql: string): string | undefined {
  return /^\s*(?:INSERT(?:\s+IGNORE)?\s+INTO|UPDATE|REPLACE\s+INTO)\s+`?(\w+)/i.exec(sql)?.[1];
}

/**
 * Whether a unique or primary key refused the row. `target` narrows it to a table (`loan`) or to one unique
 * key by its name (`uq_loan_contract_no`, as `uniqueName` makes it).
 */
export function isUniqueViolation(error: unknown, target?: string): boolean {
  const driver = driverError(error);
  if (!driver) return false;
  return isSqliteUnique(driver, target) || isMysqlUnique(driver, target);
}

/** Whether the database refused the values themselves: CHECK, length, range, type, NULL where none may be. */
export function isCheckViolation(error: unknown): boolean {
  const driver = driverError(error);
  if (!driver) return false;
  const { code = '', errno } = driver;
  if (/^SQLITE_CONSTRAINT_(CHECK|NOTNULL|DATATYPE)$/.test(code)) return true;
  return errno !== undefined && BAD_VALUE.has(errno);
}

/** Whether a foreign key refused the change. */
export function isForeignKeyViolation(error: unknown): boolean {
  const driver = driverError(error);
  if (!driver) return false;
  const { code = '', errno } = driver;
  return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || errno === 1451 || errno === 1452;
}

/** Whether a table that is only ever added to refused an UPDATE or DELETE. */
export function isAppendOnlyViolation(error: unknown): boolean {
  const driver = driverError(error);
  return driver !== undefined && /append-only: \w+/.test(driver.sqlMessage ?? driver.message);
}
