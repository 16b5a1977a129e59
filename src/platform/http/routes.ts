/**
 * Route tables: a module says method, path and act or query; this file makes Express routers of them. Nothing
 * can be mounted that is not an act or a query, so every route has a permission and a shape.
 */
import { type Request, type Response, Router } from 'express';
import { type Act, type AnyAct, perform } from '../act';
import { PUBLIC } from '../authority';
import type { Metrics } from '../metrics';
import { PlatformProblem } from '../problems';
import { ask, type Query } from '../query';
import type { Platform } from '../work';
import { callerOf, requireCsrfToken, setSessionCookie } from './session';

// biome-ignore lint/suspicious/noExplicitAny: a table of routes holds queries of every input and answer.
export type AnyQuery = Query<any, any>;

/** One line of a module's route table. Paths are relative to /api/v1, parameters written `:loanId`. */
export type Route = ActRoute | QueryRoute;

export interface ActRoute {
  method: 'post';
  path: string;
  act: AnyAct;
  /** 201 for acts that make a record, else 200. */
  status: 200 | 201;
  /**
   * The answer's `sessionToken` becomes the cookie ('open') or the cookie is cleared ('close'). The token that
   * the browser has, if any, goes into the input, so that the act can end that session.
   */
  session?: 'open' | 'close';
}

export interface QueryRoute {
  method: 'get';
  path: string;
  query: AnyQuery;
}

/** A write. */
export function post(
  path: string,
  // biome-ignore lint/suspicious/noExplicitAny: see AnyAct.
  act: Act<any, any, any>,
  options: Partial<Pick<ActRoute, 'status' | 'session'>> = {},
): ActRoute {
  return { method: 'post', path, act, status: 201, ...options };
}

/** A read. */
export function get(path: string, query: AnyQuery): QueryRoute {
  return { method: 'get', path, query };
}

/** What the handlers need besides the platform. */
export interface HttpContext {
  platform: Platform;
  metrics: Metrics;
  secureCookies: boolean;
}

/** Turns route tables into one router. @throws Error when two routes share method and path. */
export function routerOf(context: HttpContext, routes: readonly Route[]): Router {
  const router = Router();
  const seen = new Set<string>();
  for (const route of routes) {
    const name = `${route.method} ${route.path.replace(/:\w+/g, ':')}`;
    if (seen.has(name)) throw new Error(`The route ${name} is declared twice`);
    seen.add(name);
    if (route.method === 'get') {
      router.get(route.path, (request, response) => handleQuery(context, route, request, response));
    } else {
      router.post(route.path, (request, response) => handleAct(context, route, request, response));
    }
  }
  return router;
}

async function handleQuery(
  { platform }: HttpContext,
  route: QueryRoute,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals.route = route.path;
  const input = merged(request.query, request.params);
  response.json(await ask(platform, route.query, callerOf(response).actor, input));
}

async function handleAct(
  context: HttpContext,
  route: ActRoute,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals.route = route.path;
  // What is open to anybody uses no right of the session, so there is nothing to forge; and whoever lost the
  // session's token in a reload must still be able to sign in again.
  if (route.act.permission !== PUBLIC) requireCsrfToken(request, response);
  const { actor, sessionToken } = callerOf(response);
  const key = keyOf(request, route);
  const input = merged(bodyOf(request), request.params);
  if (route.session && sessionToken !== null) input.sessionToken = sessionToken;
  const { answer, replayed } = await observed(context, route.act, () =>
    perform(context.platform, route.act, {
      actor,
      input,
      key,
      requestId: String(response.locals.requestId),
      dryRun: dryRunOf(request),
    }),
  );
  if (replayed) response.set('Idempotent-Replayed', 'true');
  if (route.session === 'close') setSessionCookie(response, null, context.secureCookies);
  if (route.session === 'open') {
    const { sessionToken: opened, ...rest } = answer as { sessionToken: string };
    setSessionCookie(response, opened, context.secureCookies);
    response.status(route.status).json(rest);
    return;
  }
  response.status(route.status).json(answer);
}

async function observed<T extends { replayed: boolean }>(
  { metrics }: HttpContext,
  act: AnyAct,
  run: () => Promise<T>,
): Promise<T> {
  try {
    const outcome = await run();
    metrics.acts.inc({ act: act.name, outcome: outcome.replayed ? 'replayed' : 'done' });
    return outcome;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
    metrics.acts.inc({ act: act.name, outcome: code });
    throw error;
  }
}

/** Path parameters join the other fields; a field given in both places would be ambiguous and is refused. */
function merged(fields: object, params: object): Record<string, unknown> {
  const both = Object.keys(params).filter((name) => name in fields);
  if (both.length > 0) {
    throw PlatformProblem.invalidInput({
      fields: both.map((field) => ({ field, reason: '已在地址中给出，正文或查询中不得重复' })),
    });
  }
  return { ...fields, ...params };
}

function bodyOf(request: Request): object {
  const body: unknown = request.body;
  if (body === undefined) return {};
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw PlatformProblem.invalidInput({ fields: [{ field: '(正文)', reason: '须为 JSON 对象' }] });
  }
  return body;
}

/** Every write of a person or machine carries a key; signing in and out need none. */
function keyOf(request: Request, route: ActRoute): string | undefined {
  const key = request.get('idempotency-key');
  if (route.session) return undefined;
  if (key === undefined) throw PlatformProblem.keyMissing();
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw PlatformProblem.keyMissing({ detail: 'Idempotency-Key 须为 8–100 位可见 ASCII 字符' });
  }
  return key;
}

/** `?dryRun=true` is the only field a write takes from the address's query. */
function dryRunOf(request: Request): boolean {
  const { dryRun, ...others } = request.query;
  const unknown = Object.keys(others);
  if (unknown.length > 0 || (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false')) {
    const field = unknown[0] ?? 'dryRun';
    throw PlatformProblem.invalidInput({
      fields: [{ field, reason: '写入只接受查询参数 dryRun=true' }],
    });
  }
  return dryRun === 'true';
}
