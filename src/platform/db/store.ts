/**
 * What stores are made of: load rows of an entity, insert them, and change them under their version.
 *
 * Laws:
 * - A change names the version it saw: `UPDATE … WHERE id AND version`, and exactly one row must match.
 *   Otherwise somebody else was faster and the whole act is refused as stale. (TypeORM's `save()` would
 *   overwrite the other's work and set the version back.)
 * - `touch` writes the owner row of a rule that spans several rows. Reading it with a lock is not enough: on
 *   Galera a lock that is not followed by a write of that row guards nothing.
 */
import { PlatformProblem } from '../problems';
import { isUniqueViolation, RunAgain } from './errors';
import type { Param, Params, Sql, Tx } from './sql';
import { columnOf, type EntityClass, tableMap, toColumn, toEntity } from './table-map';

/** Conditions by property, all of which must hold: a value, null (IS NULL) or a list (IN). */
export type Where<T> = {
  [K in keyof T]?: T[K] | readonly T[K][] | null;
};

/** Order by property, in the order of the keys. */
export type Order<T> = { [K in keyof T]?: 'asc' | 'desc' };

/** A row whose changes are guarded by a version. */
export interface Versioned {
  version: number;
}

/** The properties of a row without its methods. */
export type Fields<T> = {
  // biome-ignore lint/suspicious/noExplicitAny: any method, whatever it takes.
  [K in keyof T as T[K] extends (...args: any[]) => any ? never : K]: T[K];
};

function conditions<T extends object>(
  entity: EntityClass<T>,
  where: Where<T>,
): { text: string; params: Params } {
  const map = tableMap(entity);
  const params: Params = {};
  const parts = Object.entries(where).map(([property, value]) => {
    const column = columnOf(map, property);
    if (value === undefined) throw new Error(`The condition ${map.table}.${property} is undefined`);
    if (value === null) return `${column.name} IS NULL`;
    const name = `w_${column.name}`;
    if (Array.isArray(value)) {
      params[name] = value.map((item) => toColumn(column, item) as string | number);
      return `${column.name} IN (:${name})`;
    }
    params[name] = toColumn(column, value);
    return `${column.name} = :${name}`;
  });
  return { text: parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`, params };
}

/** Inserts one row. Properties that are absent become NULL. */
export async function insertRow<T extends object>(
  tx: Tx,
  entity: EntityClass<T>,
  row: Fields<T>,
): Promise<void> {
  await insertRows(tx, entity, [row]);
}

/** Inserts rows of one table, in the given order. */
export async function insertRows<T extends object>(
  tx: Tx,
  entity: EntityClass<T>,
  rows: readonly Fields<T>[],
): Promise<void> {
  const map = tableMap(entity);
  const columns = map.columns.map((column) => column.name);
  const values = rows.map((row) =>
    map.columns.map((column) =>
      toColumn(column, (row as Record<string, unknown>)[column.property]),
    ),
  );
  await tx.insertMany(map.table, columns, values);
}

/**
 * Inserts a row unless one with the same `key` properties is there. Returns whether it was inserted. Fit for
 * append-only tables; when another transaction inserts it at the same moment, the whole function runs again.
 */
export async function insertIfAbsent<T extends object>(
  tx: Tx,
  entity: EntityClass<T>,
  row: Fields<T>,
  key: readonly (keyof Fields<T> & string)[],
): Promise<boolean> {
  const values = row as Record<string, unknown>;
  const where = Object.fromEntries(key.map((property) => [property, values[property]]));
  if ((await countRows(tx, entity, where as Where<T>)) > 0) return false;
  try {
    await insertRow(tx, entity, row);
    return true;
  } catch (error) {
    if (isUniqueViolation(error, tableMap(entity).table)) {
      throw new RunAgain('Another transaction inserted the same row', { cause: error });
    }
    throw error;
  }
}

/** The only row that matches, or null. @throws Error when several match. */
export async function findRow<T extends object>(
  sql: Sql,
  entity: EntityClass<T>,
  where: Where<T>,
): Promise<T | null> {
  const map = tableMap(entity);
  const { text, params } = conditions(entity, where);
  const row = await sql.one(`SELECT ${map.columnList} FROM ${map.table}${text}`, params);
  return row ? toEntity(entity, map, row) : null;
}

/** All rows that match, ordered by primary key where no order is given. `limit` rows at most. */
export async function listRows<T extends object>(
  sql: Sql,
  entity: EntityClass<T>,
  where: Where<T>,
  order?: Order<T>,
  limit?: number,
): Promise<T[]> {
  const map = tableMap(entity);
  const { text, params } = conditions(entity, where);
  const by = order
    ? Object.entries(order).map(
        ([property, direction]) =>
          `${columnOf(map, property).name} ${direction === 'desc' ? 'DESC' : 'ASC'}`,
      )
    : map.keys.map((column) => column.name);
  const last = limit === undefined ? '' : ' LIMIT :row_limit';
  const all: Params = limit === undefined ? params : { ...params, row_limit: limit };
  const rows = await sql.rows(
    `SELECT ${map.columnList} FROM ${map.table}${text} ORDER BY ${by.join(', ')}${last}`,
    all,
  );
  return rows.map((row) => toEntity(entity, map, row));
}

/** How many rows match. */
export async function countRows<T extends object>(
  sql: Sql,
  entity: EntityClass<T>,
  where: Where<T>,
): Promise<number> {
  const { text, params } = conditions(entity, where);
  const row = await sql.one<{ n: number }>(
    `SELECT COUNT(*) AS n FROM ${tableMap(entity).table}${text}`,
    params,
  );
  return row?.n ?? 0;
}

/** Deletes the rows that match and returns how many. At least one condition is required. */
export async function deleteRows<T extends object>(
  tx: Tx,
  entity: EntityClass<T>,
  where: Where<T>,
): Promise<number> {
  const { text, params } = conditions(entity, where);
  if (text === '') throw new Error(`Deleting all of ${tableMap(entity).table} is not offered`);
  return tx.exec(`DELETE FROM ${tableMap(entity).table}${text}`, params);
}

/**
 * Changes a row that is still as it was loaded and returns it as it is now, its version one higher.
 * @throws Problem platform.stale when somebody else changed or removed it meanwhile.
 */
export async function updateVersioned<T extends Versioned>(
  tx: Tx,
  entity: EntityClass<T>,
  row: T,
  changes: Partial<Omit<Fields<T>, 'version'>>,
): Promise<T> {
  const map = tableMap(entity);
  const params: Params = { seen_version: row.version };
  const sets = Object.entries(changes).map(([property, value]) => {
    const column = columnOf(map, property);
    if (column.key || property === 'version') {
      throw new Error(`${map.table}.${property} cannot be changed`);
    }
    params[`s_${column.name}`] = toColumn(column, value);
    return `${column.name} = :s_${column.name}`;
  });
  const keys = map.keys.map((column) => {
    params[`k_${column.name}`] = toColumn(
      column,
      (row as Record<string, unknown>)[column.property],
    );
    return `${column.name} = :k_${column.name}`;
  });
  const matched = await tx.exec(
    `UPDATE ${map.table} SET ${[...sets, 'version = version + 1'].join(', ')}
      WHERE ${keys.join(' AND ')} AND version = :seen_version`,
    params,
  );
  if (matched !== 1) throw await stale(tx, map.table, keys, params, row.version);
  const next = Object.assign(Object.create(Object.getPrototypeOf(row)) as T, row, changes);
  next.version = row.version + 1;
  return next;
}

/** Writes the owner row of a rule that spans rows, so that two such transactions cannot both commit. */
export function touch<T extends Versioned>(tx: Tx, entity: EntityClass<T>, row: T): Promise<T> {
  return updateVersioned(tx, entity, row, {});
}

async function stale(
  tx: Tx,
  table: string,
  keys: string[],
  params: Params,
  seen: number,
): Promise<Error> {
  const where = keys.join(' AND ');
  const now = await tx.one<{ version: number }>(
    `SELECT version FROM ${table} WHERE ${where}`,
    Object.fromEntries(Object.entries(params).filter(([name]) => name.startsWith('k_'))) as Record<
      string,
      Param
    >,
  );
  const extra = { seenVersion: seen, currentVersion: now?.version ?? null };
  return PlatformProblem.stale({
    detail: now ? `载入时为第 ${seen} 版，现为第 ${now.version} 版` : '该记录已不存在',
    extra,
  });
}
