/**
 * Named parameters: turns `WHERE id = :id AND state IN (:states)` into pieces of SQL with values between
 * them, once per text. Text literals, comments, `::` and `12:30` are left alone. Because one text serves two
 * databases, whatever the two read differently is refused here: quoted identifiers (text on MySQL),
 * a backslash in a literal (an escape on MySQL only) and a bare `?`.
 */
import type { Param, Params } from './sql';

/** A text with its values in order; `pieces` has one element more than `values`. */
export interface Bound {
  pieces: readonly string[];
  values: readonly Param[];
  /** The text reads and cannot write. */
  reads: boolean;
}

interface Compiled {
  pieces: string[];
  names: string[];
  distinct: Set<string>;
  reads: boolean;
}

/** SQLite binds at most 32,766 values; a longer list must be cut into chunks on both databases. */
const MOST_VALUES = 32_000;
/** Texts kept compiled. The service has some hundreds; texts made for one list length come and go. */
const MOST_TEXTS = 2000;
/** A list that matches nothing, for IN as well as for NOT IN. */
const EMPTY_LIST = 'SELECT NULL FROM (SELECT 1 AS one_row) no_row WHERE 1 = 0';

const TOKEN = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|::|["`?]|'|:[A-Za-z_]\w*/g;
const READS = /^[\s(]*(?:SELECT|WITH|EXPLAIN|SHOW)\b/i;
const WRITES = /\b(?:INSERT|UPDATE|DELETE|REPLACE)\s+(?:INTO|IGNORE|OR|FROM|\w+\s+SET)\b/i;

const texts = new Map<string, Compiled>();

function compile(sql: string): Compiled {
  const pieces: string[] = [];
  const names: string[] = [];
  let from = 0;
  let bare = '';
  let bareFrom = 0;
  for (const match of sql.matchAll(TOKEN)) {
    const token = match[0];
    bare += `${sql.slice(bareFrom, match.index)} `;
    bareFrom = match.index + token.length;
    refuseUnportable(token, sql);
    // `12:30` and `a:b` outside quotes are no parameters.
    if (!/^:\w/.test(token) || /\w/.test(sql[match.index - 1] ?? '')) continue;
    pieces.push(sql.slice(from, match.index));
    names.push(token.slice(1));
    from = match.index + token.length;
  }
  pieces.push(sql.slice(from));
  bare += sql.slice(bareFrom);
  return {
    pieces,
    names,
    distinct: new Set(names),
    reads: READS.test(bare) && !WRITES.test(bare),
  };
}

function refuseUnportable(token: string, sql: string): void {
  const say = (what: string) => new Error(`${what} in: ${sql}`);
  if (token === "'") throw say('A text literal is not closed');
  if (token === '?') throw say('Parameters are named (:name), found a bare ?');
  if (token === '"' || token === '`') throw say('Identifiers are not quoted, found a quoted one');
  if (token.startsWith("'") && token.includes('\\')) {
    throw say('A backslash in a text literal means different things to the two databases; bind it');
  }
}

function compiled(sql: string): Compiled {
  let found = texts.get(sql);
  if (!found) {
    found = compile(sql);
    const oldest = texts.size >= MOST_TEXTS ? texts.keys().next().value : undefined;
    if (oldest !== undefined) texts.delete(oldest);
    texts.set(sql, found);
  }
  return found;
}

/** Refuses what a driver would bind wrongly or silently as NULL. @throws TypeError naming the parameter. */
export function guardParam(value: unknown, name: string): asserts value is Param {
  if (value === null || typeof value === 'string') return;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return;
  const kind = value instanceof Date ? 'a Date' : Array.isArray(value) ? 'an array' : typeof value;
  const shown = typeof value === 'number' ? `the number ${value}` : kind;
  throw new TypeError(`Parameter ${name} must be text, a safe integer or null, but is ${shown}`);
}

/**
 * Binds parameters to a text.
 * @throws Error when a parameter is missing, unused or of a wrong type, or when there are too many values.
 */
export function bind(sql: string, params: Params = {}): Bound {
  const { pieces, names, distinct, reads } = compiled(sql);
  for (const name of Object.keys(params)) {
    if (!distinct.has(name)) throw new Error(`Parameter ${name} is not used in: ${sql}`);
  }
  const out: string[] = [pieces[0] as string];
  const values: Param[] = [];
  names.forEach((name, index) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new Error(`Parameter ${name} is missing for: ${sql}`);
    const list = Array.isArray(value) ? value : [value];
    if (list.length === 0) out[out.length - 1] += EMPTY_LIST;
    list.forEach((item, at) => {
      guardParam(item, name);
      if (at > 0) out.push(', ');
      values.push(item);
    });
    if (list.length === 0) out[out.length - 1] += pieces[index + 1] as string;
    else out.push(pieces[index + 1] as string);
  });
  if (values.length > MOST_VALUES) {
    throw new Error(
      `${values.length} values are too many for one statement (${MOST_VALUES}): ${sql}`,
    );
  }
  return { pieces: out, values, reads };
}
