/**
 * The one map from problems to HTTP (RFC 9457, application/problem+json). Whatever is not a problem of ours is
 * answered with an id and nothing else; what it was stands in the log under that id.
 */
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Log } from '../log';
import { PlatformProblem, Problem, type ProblemKind } from '../problems';

const STATUS: Record<ProblemKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  stale: 409,
  refused: 409,
  mismatch: 422,
  tooMany: 429,
  unavailable: 503,
};

/** Of invalid input, what is too long to be taken. */
const TOO_LARGE = new Set(['platform.body-too-large', 'platform.file-too-large']);

/** The HTTP status of a kind of problem, for the description of the API. */
export function statusOf(kind: ProblemKind): number {
  return STATUS[kind];
}

/** The JSON body of a problem. `instance` is the request's id, by which the log is searched. */
export function problemBody(problem: Problem, status: number, instance: string) {
  const { detail, fields, extra } = problem.info;
  return {
    type: `urn:xinfu:problem:${problem.code}`,
    title: problem.title,
    status,
    code: problem.code,
    detail,
    advice: problem.advice,
    fields,
    instance,
    ...extra,
  };
}

/**
 * Sends a problem. Whatever is absent gets one and the same answer, or the difference would tell that a record of
 * another county exists.
 */
export function sendProblem(response: Response, thrown: Problem, status = STATUS[thrown.kind]) {
  const problem = thrown.kind === 'absent' ? PlatformProblem.absent() : thrown;
  const requestId = String(response.locals.requestId ?? '');
  const { retryAfterSeconds } = problem.info;
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, status, requestId)));
}

interface BodyParserError {
  type?: string;
  status?: number;
}

/** Translates what the layers below throw. Null: unknown, nothing about it may be told. */
export function translate(error: unknown): { problem: Problem; status?: number } | null {
  if (error instanceof Problem) {
    return TOO_LARGE.has(error.code) ? { problem: error, status: 413 } : { problem: error };
  }
  if (!(error instanceof Error)) return null;
  if (error.name === 'DatabaseAway' || error.name === 'CommitUnknown') {
    return { problem: PlatformProblem.databaseAway({ retryAfterSeconds: 5 }) };
  }
  if (error.name === 'DatabaseBusy') {
    return { problem: PlatformProblem.databaseBusy({ retryAfterSeconds: 2 }) };
  }
  const { type, status } = error as BodyParserError;
  if (type === 'entity.too.large') return translate(PlatformProblem.bodyTooLarge());
  if (type === 'entity.parse.failed') return { problem: PlatformProblem.brokenJson() };
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return { problem: PlatformProblem.wrongContentType(), status: 415 };
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return { problem: PlatformProblem.invalidInput({ detail: '请求格式不正确' }) };
  }
  return null;
}

/** The last handler: every error of a request ends here, none ends the process. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error, _request: Request, response: Response, _next) => {
    const known = translate(error);
    if (!known || known.problem.kind === 'unavailable') {
      log.error({ requestId: response.locals.requestId, err: error }, 'request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (known) return sendProblem(response, known.problem, known.status);
    const detail = `编号 ${response.locals.requestId}`;
    sendProblem(response, PlatformProblem.unexpected({ detail }), 500);
  };
}
