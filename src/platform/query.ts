/**
 * Queries: the one way in which screens read. Each screen has one query; its SQL names, by `{scope:…}`, the
 * column that holds the region (and the bank), and the reader puts the actor's limits there. A statement
 * without that mark is refused, so no route can forget it.
 */
import { type Actor, permitted, regionPrefix } from './authority';
import { check } from './check';
import type { Clock, Instant } from './clock';
import type { BusinessDate } from './dates';
import type { Params, Sql } from './db/database';
import { PlatformProblem } from './problems';
import { Joi, parse } from './shape';
import type { Platform } from './work';

/** What a query reads through: always within the actor's region and, for a bank's people, their bank. */
export interface Reader {
  readonly actor: Actor;
  readonly now: Instant;
  readonly today: BusinessDate;
  readonly dialect: Sql['dialect'];
  /** Rows of a statement that contains `{scope:<region column>[,<bank column>]}`. */
  rows<T extends object>(sql: string, params?: Params): Promise<T[]>;
  /** The only row, or null. */
  one<T extends object>(sql: string, params?: Params): Promise<T | null>;
  /** Reading without limits, for what belongs to no place (policy rows, one's own account). Say why. */
  unscoped(reason: string): Sql;
}

/** A query as its module declares it. */
export interface Query<I, R> {
  readonly kind: 'query';
  readonly name: string;
  readonly title: string;
  readonly permission: string;
  readonly input: Joi.ObjectSchema<I>;
  readonly answer: Joi.Schema;
  readonly run: (read: Reader, input: I) => Promise<R>;
}

/** Declares a query. */
export function defineQuery<I, R>(spec: Omit<Query<I, R>, 'kind'>): Query<I, R> {
  return { kind: 'query', ...spec };
}

const SCOPE = /\{scope:([a-z0-9_.]+)(?:,([a-z0-9_.]+))?\}/gi;

/** The text after `prefix` in the order of codes: '450328' → '450329'. */
function following(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

/** Puts the actor's limits into a statement. A range, not LIKE: both databases then use the index. */
function scoped(actor: Actor, sql: string, params: Params): [string, Params] {
  let marks = 0;
  const added: Params = {};
  const prefix = regionPrefix(actor.region);
  const text = sql.replace(SCOPE, (_, region: string, org?: string) => {
    marks += 1;
    const parts: string[] = [];
    if (prefix !== '') {
      parts.push(`${region} >= :scopeFrom AND ${region} < :scopeTo`);
      added.scopeFrom = prefix;
      added.scopeTo = following(prefix);
    }
    if (org && actor.organisation?.kind === 'bank') {
      parts.push(`${org} = :scopeOrg`);
      added.scopeOrg = actor.organisation.rootId;
    }
    return parts.length === 0 ? '1 = 1' : `(${parts.join(' AND ')})`;
  });
  check(marks > 0, 'A query of a screen must name its {scope:…} or read unscoped with a reason');
  return [text, { ...params, ...added }];
}

/** Builds the reader of one actor over a connection or an open transaction. */
export function openReader(sql: Sql, actor: Actor, clock: Pick<Clock, 'now' | 'today'>): Reader {
  return {
    actor,
    now: clock.now(),
    today: clock.today(),
    dialect: sql.dialect,
    rows: (text, params = {}) => sql.rows(...scoped(actor, text, params)),
    one: (text, params = {}) => sql.one(...scoped(actor, text, params)),
    unscoped: (reason) => {
      check(reason.length > 0, 'Reading unscoped needs a reason');
      return sql;
    },
  };
}

/**
 * Answers a query for an actor.
 * @throws Problem platform.not-permitted, platform.invalid-input, or one of the module's.
 */
export async function ask<I, R>(
  platform: Platform,
  query: Query<I, R>,
  actor: Actor,
  input: unknown,
): Promise<R> {
  requirePermission(actor, query.permission);
  const parsed = parse(query.input, input, true);
  const answer = await query.run(openReader(platform.db.reader(), actor, platform.clock), parsed);
  if (platform.checkAnswers) checkAnswer(query, answer);
  return answer;
}

/** @throws Problem platform.not-signed-in, must-change-password or not-permitted. */
export function requirePermission(actor: Actor, permission: string): void {
  if (permitted(actor, permission)) return;
  if (actor.kind === 'public') throw PlatformProblem.notSignedIn();
  if (actor.mustChangePassword) throw PlatformProblem.mustChangePassword();
  throw PlatformProblem.notPermitted({ detail: `需要权限 ${permission}` });
}

/** In tests and development: an answer that is not of its declared shape is a defect of ours. */
export function checkAnswer(declared: { name: string; answer: Joi.Schema }, answer: unknown): void {
  const { error } = declared.answer.validate(answer, { convert: false, abortEarly: false });
  check(!error, `The answer of ${declared.name} is not of its shape: ${error?.message}`);
}

/** One page of a long list. `next` is the mark to pass as `after` for the following page, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Input fields of every paged list. */
export const pageFields = {
  after: Joi.string().max(400).base64({ urlSafe: true, paddingRequired: false }).optional(),
  size: Joi.number().integer().min(1).max(200).default(20).optional(),
};

/** The answer's shape of a paged list. */
export function pageOf(item: Joi.Schema): Joi.ObjectSchema {
  return Joi.object({
    items: Joi.array().items(item).required(),
    next: Joi.string().allow(null).required(),
  });
}

/** How a list is ordered: unique in its last column, so that no row is skipped or shown twice. */
export interface PageOrder {
  /** SQL columns with the name under which the row carries them. */
  keys: readonly { sql: string; field: string }[];
  direction: 'asc' | 'desc';
}

/**
 * Reads one page by keyset: page 50,000 costs what page 1 costs. The statement contains `{after}` where the
 * condition goes and no ORDER BY or LIMIT of its own.
 * @throws Problem platform.invalid-input when the mark is not one of ours.
 */
export async function readPage<T extends object>(
  read: Reader,
  sql: string,
  params: Params,
  order: PageOrder,
  input: { after?: string; size?: number },
): Promise<Page<T>> {
  const size = input.size ?? 20;
  const [condition, marks] = afterCondition(order, input.after);
  const by = order.keys.map((key) => `${key.sql} ${order.direction}`).join(', ');
  const rows = await read.rows<T>(
    `${sql.replace('{after}', condition)} ORDER BY ${by} LIMIT ${size + 1}`,
    { ...params, ...marks },
  );
  const items = rows.slice(0, size);
  const last = items[items.length - 1] as Record<string, unknown> | undefined;
  const more = rows.length > size && last !== undefined;
  const next = more ? JSON.stringify(order.keys.map((key) => last[key.field])) : null;
  return { items, next: next === null ? null : Buffer.from(next).toString('base64url') };
}

function afterCondition(order: PageOrder, after: string | undefined): [string, Params] {
  if (after === undefined) return ['1 = 1', {}];
  const values = readMark(after, order.keys.length);
  const marks: Params = Object.fromEntries(values.map((value, index) => [`after${index}`, value]));
  const compare = order.direction === 'asc' ? '>' : '<';
  const alternatives = order.keys.map((key, index) => {
    const equal = order.keys.slice(0, index).map((other, at) => `${other.sql} = :after${at}`);
    return `(${[...equal, `${key.sql} ${compare} :after${index}`].join(' AND ')})`;
  });
  const [first] = order.keys;
  // Said once more for SQLite, which does not begin in the middle of an index for an OR.
  const bound = order.keys.length > 1 ? `${first?.sql} ${compare}= :after0 AND ` : '';
  return [`(${bound}(${alternatives.join(' OR ')}))`, marks];
}

function readMark(after: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    const plain = (value: unknown) => typeof value === 'string' || Number.isSafeInteger(value);
    if (Array.isArray(values) && values.length === length && values.every(plain)) return values;
  } catch {
    // Falls through to the refusal below: a mark that cannot be read is not one of ours.
  }
  throw PlatformProblem.invalidInput({
    fields: [{ field: 'after', reason: '翻页标记无效，请从第一页开始' }],
  });
}
