/**
 * Pages: HTML made on the server of the answer of a query or an act, readable without a script. Two kinds: pages for
 * anybody at the root, where no session is looked at (so a forged form has nobody's rights to use), and pages for
 * whoever is signed in, under the API. None is kept by a cache or listed by a search engine.
 */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { type AnyAct, perform } from '../act';
import { PUBLIC_ACTOR } from '../authority';
import type { SpooledFile } from '../files/spool';
import type { Html } from '../html';
import { randomToken } from '../ids';
import { PlatformProblem, Problem } from '../problems';
import { ask } from '../query';
import type { Platform } from '../work';
import { receiveForm } from './form';
import { statusOf, translate } from './problems';
import { merged } from './request';
import type { AnyQuery } from './routes';
import { callerOf } from './session';

/** What a page knows besides the answer. */
export interface PageAt {
  /** Scheme and host by which the page was asked for, e.g. `https://xinfu.example.cn`. */
  origin: string;
  /** A fresh key: a form that is sent twice is done once. */
  newKey(): string;
}

/** A page to look at. Without a query it is always the same. */
export interface ViewPage {
  method: 'get';
  path: string;
  query?: AnyQuery;
  // biome-ignore lint/suspicious/noExplicitAny: a table of pages holds queries of every answer.
  render(answer: any, at: PageAt): Html;
}

/** A form that is sent: to an act, or to a query whose input must not stand in an address. */
export interface FormPage {
  method: 'post';
  path: string;
  does: AnyAct | AnyQuery;
  /** Done with the file of the form, when there is one and the act is done. A refusal does not undo the act. */
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  withFile?: { act: AnyAct; input(answer: any): object };
  /** `refused`: what was said to the file, null when nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  render(answer: any, at: PageAt, refused: Problem | null): Html;
}

export type Page = ViewPage | FormPage;

/** A module's pages. */
export interface Pages {
  /** Paths from the root, open to anybody. */
  open: readonly Page[];
  /** Paths under /api/v1, for whoever is signed in. */
  signedIn: readonly ViewPage[];
  /** What is shown instead of an open page; whatever is absent looks the same. */
  refusal(problem: Problem): Html;
}

/** A field that people do not see and programs fill in. */
export const TRAP = 'website';

/** Guards of the service against floods, per instance; no rules of the trade. */
const LOOKS_PER_MINUTE = 120;
const WRITES_PER_ADDRESS = 10;
const WRITES_PER_RECORD = 30;
const WRITES_WINDOW_MS = 10 * 60_000;

const addressOf = (request: Request) => ipKeyGenerator(request.ip ?? '');
/** The notice or objection that is written about; '' where the address names none. */
const recordOf = ({ params }: Request) => String(params.noticeId ?? params.id ?? '');

function limiter(windowMs: number, limit: number, keyOf: (request: Request) => string) {
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    skip: (request) => keyOf(request) === '',
    handler: (_request, _response, next) => {
      next(PlatformProblem.tooMany({ retryAfterSeconds: Math.ceil(windowMs / 1000) }));
    },
  });
}

/** What anybody may write without signing in, so many times from one address and about one record. */
export function publicWriteLimits(): RequestHandler[] {
  return [
    limiter(WRITES_WINDOW_MS, WRITES_PER_ADDRESS, addressOf),
    limiter(WRITES_WINDOW_MS, WRITES_PER_RECORD, recordOf),
  ];
}

/** The pages for anybody. They answer every problem with a page. */
export function openPages(
  platform: Platform,
  { open, refusal }: Pages,
  writeLimits: RequestHandler[],
): Router {
  const router = Router();
  const looks = limiter(60_000, LOOKS_PER_MINUTE, addressOf);
  for (const page of open) {
    const handle: RequestHandler = async (request, response) => {
      response.locals.route = page.path;
      unlisted(response);
      try {
        const shown =
          page.method === 'get'
            ? await viewed(platform, page, request, PUBLIC_ACTOR)
            : await sent(platform, page, request, response);
        response.type('html').send(shown.text);
      } catch (error) {
        sendRefusal(platform, refusal, error, response);
      }
    };
    const refuse = (error: unknown, _request: Request, response: Response, _next: unknown) => {
      response.locals.route = page.path;
      sendRefusal(platform, refusal, error, response);
    };
    if (page.method === 'get') router.get(page.path, looks, handle, refuse);
    else router.post(page.path, ...writeLimits, handle, refuse);
  }
  return router;
}

/** The pages under the API; their problems are told like those of every address there. */
export function signedInPages(platform: Platform, { signedIn }: Pages): Router {
  const router = Router();
  for (const page of signedIn) {
    router.get(page.path, async (request, response) => {
      response.locals.route = page.path;
      unlisted(response);
      const shown = await viewed(platform, page, request, callerOf(response).actor);
      response.type('html').send(shown.text);
    });
  }
  return router;
}

function unlisted(response: Response): void {
  response.set({ 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Cache-Control': 'no-store' });
}

function pageAt(request: Request): PageAt {
  return {
    origin: `${request.protocol}://${request.get('host') ?? ''}`,
    newKey: () => randomToken(16),
  };
}

async function viewed(
  platform: Platform,
  page: ViewPage,
  request: Request,
  actor: Parameters<typeof ask>[2],
): Promise<Html> {
  const input = merged(request.query, request.params);
  const answer = page.query ? await ask(platform, page.query, actor, input) : null;
  return page.render(answer, pageAt(request));
}

async function sent(
  platform: Platform,
  page: FormPage,
  request: Request,
  response: Response,
): Promise<Html> {
  // A browser says where a form came from; whoever says nothing has no session that could be abused.
  if (request.get('sec-fetch-site') === 'cross-site') throw PlatformProblem.forgedRequest();
  const { fields, file } = await receiveForm(request);
  try {
    const { key, [TRAP]: trap, ...rest } = fields;
    if (trap !== undefined) {
      throw PlatformProblem.invalidInput({ detail: '请不要填写隐藏的栏目' });
    }
    const input = merged(rest, request.params);
    const { does } = page;
    if (does.kind === 'query') {
      return page.render(await ask(platform, does, PUBLIC_ACTOR, input), pageAt(request), null);
    }
    const requestId = String(response.locals.requestId);
    const by = { actor: PUBLIC_ACTOR, requestId };
    const { answer } = await perform(platform, does, { ...by, input, key: keyOf(key) });
    const refused = file ? await alsoFile(platform, page, by, answer, file) : null;
    return page.render(answer, pageAt(request), refused);
  } finally {
    await file?.close();
  }
}

/** The key that the form was made with; a form without one is sent by a program. */
function keyOf(key: string | undefined): string {
  if (key === undefined || !/^[\w-]{16,100}$/.test(key)) throw PlatformProblem.keyMissing();
  return key;
}

async function alsoFile(
  platform: Platform,
  { withFile }: FormPage,
  by: { actor: typeof PUBLIC_ACTOR; requestId: string },
  answer: unknown,
  file: SpooledFile,
): Promise<Problem | null> {
  if (!withFile) return null;
  try {
    await perform(platform, withFile.act, { ...by, input: { ...withFile.input(answer), file } });
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Whatever is absent gets one and the same page, or the difference would tell that there was something. */
function sendRefusal(
  platform: Platform,
  refusal: Pages['refusal'],
  error: unknown,
  response: Response,
): void {
  const known = translate(error)?.problem;
  if (!known || known.kind === 'unavailable') {
    platform.log.error({ requestId: response.locals.requestId, err: error }, 'page failed');
  }
  const problem =
    known ?? PlatformProblem.unexpected({ detail: `编号 ${response.locals.requestId}` });
  const told = problem.kind === 'absent' ? PlatformProblem.absent() : problem;
  const { retryAfterSeconds } = told.info;
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  unlisted(response);
  const status = known ? statusOf(told.kind) : 500;
  response.status(status).type('html').send(refusal(told).text);
}
