/**
 * Problems: every way in which the system says no to an officer.
 *
 * A module lists its problems in one catalogue, so that a reader sees all of them in a minute. Rules and acts
 * throw problems; only `platform/http/problems.ts` knows which HTTP status each kind becomes. Nothing ever
 * recovers meaning from the text of a message.
 */

/** The nature of a refusal. `refused` = a rule of the trade is not met (or a step is out of order). */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'conflict'
  | 'stale'
  | 'refused'
  | 'mismatch'
  | 'tooMany'
  | 'unavailable';

/** One field of the input that is wrong: its path, the reason in Chinese, and the row where there are rows. */
export interface FieldProblem {
  field: string;
  reason: string;
  row?: number;
}

/** What a thrower may add: a sentence on this very case, the fields, further JSON members. */
export interface ProblemInfo {
  detail?: string;
  fields?: FieldProblem[];
  /** Further members of the answer, e.g. `currentVersion`. Plain JSON, no personal data. */
  extra?: Record<string, string | number | boolean | null | string[]>;
  /** Seconds after which another try makes sense (kinds `unavailable`, `tooMany`). */
  retryAfterSeconds?: number;
}

/** A refusal with a stable code (`loans.not-due`), a Chinese title and advice on what the officer can do. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    readonly kind: ProblemKind,
    readonly title: string,
    readonly advice: string,
    readonly info: ProblemInfo = {},
  ) {
    super(info.detail ? `${title}:${info.detail}` : title);
  }
}

/** What a catalogue says of one problem. `advice` tells the officer the remedy. */
export interface ProblemDefinition {
  kind: ProblemKind;
  title: string;
  advice: string;
}

type Catalogue<D> = { readonly [K in keyof D]: (info?: ProblemInfo) => Problem };

const definitions = new Map<string, ProblemDefinition>();

/**
 * Declares a module's problems. The code of `notDue` in `loans` is `loans.not-due`.
 * @throws Error when two catalogues declare the same code.
 */
export function catalogue<D extends Record<string, ProblemDefinition>>(
  module: string,
  entries: D,
): Catalogue<D> {
  const made: Record<string, (info?: ProblemInfo) => Problem> = {};
  for (const [name, definition] of Object.entries(entries)) {
    const code = `${module}.${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (definitions.has(code)) throw new Error(`Problem ${code} is declared twice`);
    definitions.set(code, definition);
    made[name] = (info) =>
      new Problem(code, definition.kind, definition.title, definition.advice, info);
  }
  return made as Catalogue<D>;
}

/** All declared problems by code, for the documentation of the API. */
export function allProblems(): ReadonlyMap<string, ProblemDefinition> {
  return definitions;
}

/** Refusals that belong to no subject: input, sign-in, permission, keys, versions, the database. */
export const PlatformProblem = catalogue('platform', {
  invalidInput: {
    kind: 'invalid',
    title: '提交的内容有误',
    advice: '请按所列字段逐项改正后重新提交。',
  },
  brokenJson: {
    kind: 'invalid',
    title: '请求正文不是有效的 JSON',
    advice: '请检查正文的格式(括号、引号、逗号)后重新提交。',
  },
  wrongContentType: {
    kind: 'invalid',
    title: '请求正文的类型不受支持',
    advice: '请以 application/json 提交。',
  },
  bodyTooLarge: {
    kind: 'invalid',
    title: '请求正文超过 1 MB',
    advice: '请减小正文或分批提交。',
  },
  notSignedIn: {
    kind: 'unauthenticated',
    title: '尚未登录或登录已失效',
    advice: '请重新登录。',
  },
  forgedRequest: {
    kind: 'forbidden',
    title: '请求缺少防伪标记',
    advice: '请刷新页面后重试；程序调用请带上登录时得到的 X-CSRF-Token。',
  },
  notPermitted: {
    kind: 'forbidden',
    title: '您的岗位没有办理此事的权限',
    advice: '请由有权限的岗位办理，或向安全管理员申请。',
  },
  mustChangePassword: {
    kind: 'forbidden',
    title: '首次登录须先修改密码',
    advice: '请先修改密码，再办理业务。',
  },
  absent: {
    kind: 'absent',
    title: '没有找到所指的记录',
    advice: '请核对编号；不在您辖区内的记录不会显示。',
  },
  stale: {
    kind: 'stale',
    title: '记录已被他人修改',
    advice: '请重新载入最新内容，核对后再提交。',
  },
  keyMissing: {
    kind: 'invalid',
    title: '缺少请求标识 Idempotency-Key',
    advice: '每次写入请带上 8–100 位的 Idempotency-Key,重试时用同一个。',
  },
  keyReused: {
    kind: 'mismatch',
    title: '同一请求标识用于了不同的内容',
    advice: '新的业务请换用新的 Idempotency-Key。',
  },
  tooMany: {
    kind: 'tooMany',
    title: '操作过于频繁',
    advice: '请稍后再试。',
  },
  databaseAway: {
    kind: 'unavailable',
    title: '数据库暂时不可用',
    advice: '系统正在自动恢复，请稍后重试；已提交的业务不会丢失。',
  },
  databaseBusy: {
    kind: 'unavailable',
    title: '系统繁忙',
    advice: '请稍后以同一请求标识重试，不会重复办理。',
  },
  unexpected: {
    kind: 'unavailable',
    title: '系统出现未预料的错误',
    advice: '请记下编号并联系管理员。',
  },
});
