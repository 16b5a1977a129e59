/**
 * Makes an Express router of route tables: what stands in the request goes into the act or the query, what comes out
 * is answered.
 */
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { type AnyAct, perform } from '../act';
import { PUBLIC, permitted } from '../authority';
import type { Metrics } from '../metrics';
import { PlatformProblem } from '../problems';
import { ask } from '../query';
import type { Platform } from '../work';
import { sendProblem } from './problems';
import { bodyOf, dryRunOf, keyOf, merged } from './request';
import type { ActRoute, Download, DownloadRoute, QueryRoute, Route } from './routes';
import { callerOf, requireCsrfToken, setSessionCookie } from './session';
import { receiveFile, sendFile } from './transfer';

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
    const handle: RequestHandler = (request, response) =>
      handleRoute(context, route, request, response);
    if (route.method === 'get') router.get(route.path, handle);
    else if (route.takesFile) router.post(route.path, handle);
    else router.post(route.path, requireJson, json({ limit: '1mb' }), handle);
  }
  return router;
}

/** The body of a write is JSON or nothing; other types are told so, not ignored. */
const requireJson: RequestHandler = (request, response, next) => {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length')) > 0;
  if (hasBody && !request.is('application/json')) {
    sendProblem(response, PlatformProblem.wrongContentType(), 415);
    return;
  }
  next();
};

function handleRoute(
  context: HttpContext,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals.route = route.path;
  if ('query' in route) return handleQuery(context, route, request, response);
  if ('parts' in route) return handleDownload(context, route, request, response);
  return route.takesFile
    ? handleUpload(context, route, request, response)
    : handleAct(context, route, request, response);
}

async function handleQuery(
  { platform }: HttpContext,
  route: QueryRoute,
  request: Request,
  response: Response,
): Promise<void> {
  const input = merged(request.query, request.params);
  response.json(await ask(platform, route.query, callerOf(response).actor, input));
}

async function handleAct(
  context: HttpContext,
  route: ActRoute,
  request: Request,
  response: Response,
): Promise<void> {
  // What is open to anybody uses no right of the session, so there is nothing to forge; and whoever lost the
  // session's token in a reload must still be able to sign in again.
  if (route.act.permission !== PUBLIC) requireCsrfToken(request, response);
  await performWrite(context, route, request, response, merged(bodyOf(request), request.params));
}

/** Who may not upload is refused before a byte of the file is taken. */
async function handleUpload(
  context: HttpContext,
  route: ActRoute,
  request: Request,
  response: Response,
): Promise<void> {
  requireCsrfToken(request, response);
  const { dryRun, ...query } = request.query;
  const fields = merged(query, request.params);
  if (!permitted(callerOf(response).actor, route.act.permission)) {
    await performWrite(context, route, request, response, fields);
    return;
  }
  keyOf(request, route);
  const file = await receiveFile(request);
  try {
    const type = request.get('content-type') ?? 'application/octet-stream';
    await performWrite(context, route, request, response, merged(fields, { file, type }));
  } finally {
    await file.close();
  }
}

/** Performs an act under the request's key and answers as the route says. */
async function performWrite(
  context: HttpContext,
  route: ActRoute,
  request: Request,
  response: Response,
  input: Record<string, unknown>,
): Promise<void> {
  const { actor, sessionToken } = callerOf(response);
  const key = keyOf(request, route);
  if (route.session && sessionToken !== null) input.sessionToken = sessionToken;
  const { answer, replayed } = await observed(context, route.act, () =>
    perform(context.platform, route.act, {
      actor,
      input,
      key,
      requestId: String(response.locals.requestId),
      dryRun: dryRunOf(request, route),
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

/** Fetching is noted in the audit each time, so it is an act without a key. */
async function handleDownload(
  context: HttpContext,
  route: DownloadRoute,
  request: Request,
  response: Response,
): Promise<void> {
  const { answer } = await observed(context, route.act, () =>
    perform(context.platform, route.act, {
      actor: callerOf(response).actor,
      input: merged(request.query, request.params),
      requestId: String(response.locals.requestId),
    }),
  );
  const file = answer as Download;
  await sendFile(response, file, route.parts(context.platform, file));
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
