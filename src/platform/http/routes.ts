/**
 * Route tables: a module says method, path and act or query; `router.ts` makes an Express router of them. Nothing
 * can be mounted that is not an act or a query, so every route has a permission and a shape.
 */
import type { Act, AnyAct } from '../act';
import type { Query } from '../query';
import type { Platform } from '../work';

// biome-ignore lint/suspicious/noExplicitAny: a table of routes holds queries of every input and answer.
export type AnyQuery = Query<any, any>;

/** One line of a module's route table. Paths are relative to /api/v1, parameters written `:loanId`. */
export type Route = ActRoute | QueryRoute | DownloadRoute;

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
  /**
   * The body is a file of any type, not JSON; the act's other fields stand in the address's query. The act finds it
   * in its input as `file` (a `SpooledFile`), its content type as `type`.
   */
  takesFile?: boolean;
}

export interface QueryRoute {
  method: 'get';
  path: string;
  query: AnyQuery;
}

/** A file that is fetched: the act notes who fetched it and says what it is, then its content is sent. */
export interface DownloadRoute {
  method: 'get';
  path: string;
  act: AnyAct;
  /** The content, made when the act is done. */
  parts: (platform: Platform, answer: Download) => AsyncIterable<Buffer>;
}

/** What the act of a download answers. */
export interface Download {
  fileId: string;
  name: string;
  /** Media type. */
  type: string;
  bytes: number;
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

/** A write whose body is a file. */
// biome-ignore lint/suspicious/noExplicitAny: see AnyAct.
export function upload(path: string, act: Act<any, any, any>): ActRoute {
  return { method: 'post', path, act, status: 201, takesFile: true };
}

/** A file to fetch. */
export function download(
  path: string,
  // biome-ignore lint/suspicious/noExplicitAny: see AnyAct.
  act: Act<any, any, Download>,
  parts: DownloadRoute['parts'],
): DownloadRoute {
  return { method: 'get', path, act, parts };
}
