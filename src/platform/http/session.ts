/**
 * Who is calling: the session cookie of a browser, or the bearer token of a machine client. A browser's writes
 * must repeat the session's token in X-CSRF-Token, because cookies are sent by themselves; bearer tokens are not.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, RequestHandler, Response } from 'express';
import { type Actor, PUBLIC_ACTOR } from '../authority';
import { PlatformProblem } from '../problems';
import type { Platform } from '../work';

const COOKIE = 'xinfu_session';

/** What the handlers of a request know of its caller. */
export interface Caller {
  actor: Actor;
  /** The token a browser's writes must repeat; null for machine clients and for nobody. */
  csrfToken: string | null;
  /** The session's own token, for signing out; never logged. */
  sessionToken: string | null;
}

/** The caller that `identify` found. */
export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

const NOBODY: Caller = { actor: PUBLIC_ACTOR, csrfToken: null, sessionToken: null };

/**
 * Finds the caller. A wrong bearer token is refused; a dead cookie makes the caller nobody. A living session is
 * told its token again, so that a reloaded page can write; another site cannot read the header.
 */
export function identify(platform: Platform): RequestHandler {
  return async (request, response, next) => {
    const caller = await findCaller(platform, request);
    if (caller.csrfToken !== null) response.set('X-CSRF-Token', caller.csrfToken);
    response.locals.caller = caller;
    next();
  };
}

async function findCaller(platform: Platform, request: Request): Promise<Caller> {
  const { authority, clock } = platform;
  const bearer = /^Bearer ([\w.~+/-]{16,200})$/.exec(request.get('authorization') ?? '')?.[1];
  if (request.get('authorization') !== undefined) {
    const actor = bearer ? await authority.byToken(bearer, clock.now()) : null;
    if (!actor) throw PlatformProblem.notSignedIn({ detail: '令牌无效、已过期或已撤销' });
    return { actor, csrfToken: null, sessionToken: null };
  }
  const token = parseCookie(request.get('cookie') ?? '')[COOKIE];
  const signedIn = token ? await authority.bySession(token, clock.now()) : null;
  if (!signedIn) return NOBODY;
  return { actor: signedIn.actor, csrfToken: signedIn.csrfToken, sessionToken: token ?? null };
}

/** Refuses a browser's write that does not repeat the session's token. */
export function requireCsrfToken(request: Request, response: Response): void {
  const { csrfToken } = callerOf(response);
  if (csrfToken !== null && request.get('x-csrf-token') !== csrfToken) {
    throw PlatformProblem.forgedRequest();
  }
}

/** What an act's answer may do to the browser's cookie; `token` is taken out of the answer. */
export function setSessionCookie(response: Response, token: string | null, secure: boolean): void {
  const cookie = stringifySetCookie({
    name: COOKIE,
    value: token ?? '',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: token === null ? 0 : undefined,
  });
  response.append('Set-Cookie', cookie);
}
