/** What a request says: its fields, its key, whether it is only a trial. */
import type { Request } from 'express';
import { PlatformProblem } from '../problems';
import type { ActRoute } from './routes';

/** Path parameters join the other fields; a field given in both places would be ambiguous and is refused. */
export function merged(fields: object, params: object): Record<string, unknown> {
  const both = Object.keys(params).filter((name) => name in fields);
  if (both.length > 0) {
    throw PlatformProblem.invalidInput({
      fields: both.map((field) => ({ field, reason: '已在地址中给出，正文或查询中不得重复' })),
    });
  }
  return { ...fields, ...params };
}

/** The fields of a JSON body; none where there is no body. */
export function bodyOf(request: Request): object {
  const body: unknown = request.body;
  if (body === undefined) return {};
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw PlatformProblem.invalidInput({ fields: [{ field: '(正文)', reason: '须为 JSON 对象' }] });
  }
  return body;
}

/** Every write of a person or machine carries a key; signing in and out need none. */
export function keyOf(request: Request, route: ActRoute): string | undefined {
  const key = request.get('idempotency-key');
  if (route.session) return undefined;
  if (key === undefined) throw PlatformProblem.keyMissing();
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw PlatformProblem.keyMissing({ detail: 'Idempotency-Key 须为 8–100 位可见 ASCII 字符' });
  }
  return key;
}

/** `?dryRun=true` is the only field a write with a JSON body takes from the address's query. */
export function dryRunOf(request: Request, { takesFile }: ActRoute): boolean {
  const { dryRun, ...others } = request.query;
  const unknown = takesFile ? [] : Object.keys(others);
  if (unknown.length > 0 || (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false')) {
    const field = unknown[0] ?? 'dryRun';
    throw PlatformProblem.invalidInput({
      fields: [{ field, reason: '写入只接受查询参数 dryRun=true' }],
    });
  }
  return dryRun === 'true';
}
