/**
 * Who acts, and where they may. The platform asks this port; the module `identity` fills it (see `src/app.ts`).
 *
 * "Covers" decides every read and write: a person appointed for a region covers it and everything below it, and
 * a bank's people see the business of their own bank only. What is not covered is answered as if absent.
 */
import type { Instant } from './clock';

/** The kinds of body that take part. A bank's people are confined to their own bank's records. */
export type OrganisationKind =
  | 'poverty-office'
  | 'finance-bureau'
  | 'platform-company'
  | 'bank'
  | 'inspection'
  | 'village'
  | 'township'
  | 'administration';

/** Whoever performs an act or asks a query. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'machine' | 'system' | 'public';
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** 12-digit region code; the actor covers it and everything below. '000000000000' covers the country. */
  readonly region: string;
  /** The organisation; `rootId` is the bank itself where `id` is one of its branches. */
  readonly organisation: {
    readonly id: string;
    readonly rootId: string;
    readonly kind: OrganisationKind;
  } | null;
  /** True until the first password has been changed: nothing else is permitted. */
  readonly mustChangePassword: boolean;
}

/** Permission of acts and queries open to anybody, signed in or not (sign-in, public notices). */
export const PUBLIC = 'public';
/** Permission of acts and queries open to whoever is signed in, on their own account. */
export const SELF = 'self';

/** Where a record stands. `region` null: the record belongs to no place (one's own account). */
export interface Place {
  region: string | null;
  /** The bank a record belongs to, where it belongs to one. */
  org?: string | null;
}

export const NATIONAL = '000000000000';

/** The part of a 12-digit code that all places below share: `450328000000` → `450328`. National → ''. */
export function regionPrefix(code: string): string {
  if (code === NATIONAL) return '';
  for (const length of [2, 4, 6, 9]) {
    if (/^0+$/.test(code.slice(length))) return code.slice(0, length);
  }
  return code;
}

/** True when `outer` is `inner` or lies above it. Both are 12-digit codes. */
export function regionCovers(outer: string, inner: string): boolean {
  return inner.startsWith(regionPrefix(outer));
}

/** True when the actor may deal with a record at this place. Permission is a separate question. */
export function covers(actor: Actor, place: Place): boolean {
  if (actor.kind === 'system') return true;
  if (place.region !== null && !regionCovers(actor.region, place.region)) return false;
  if (place.org && actor.organisation?.kind === 'bank') {
    return actor.organisation.rootId === place.org;
  }
  return true;
}

/** A signed-in browser: its actor, and the token that its writes must repeat against forged requests. */
export interface SignedIn {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly csrfToken: string;
}

/** What the platform asks of `identity`. Tokens are passed in clear and never stored or logged so. */
export interface Authority {
  /** The actor of a session cookie, null when unknown, idle too long, or ended. Notes the time of use. */
  bySession(token: string, now: Instant): Promise<SignedIn | null>;
  /** The actor of a machine client's bearer token, null when unknown, expired or revoked. */
  byToken(token: string, now: Instant): Promise<Actor | null>;
  /** The actor that an account is now, null when it is disabled: long tasks act for whoever started them. */
  byId(id: string): Promise<Actor | null>;
}

/** Nobody in particular: a villager before the public notice, a person about to sign in. */
export const PUBLIC_ACTOR: Actor = {
  id: 'public',
  name: '公众',
  kind: 'public',
  roles: [],
  permissions: new Set(),
  region: NATIONAL,
  organisation: null,
  mustChangePassword: false,
};

/** The service itself, at night. It may do what a step declares, and every entry says it was the system. */
export const SYSTEM_ACTOR: Actor = {
  ...PUBLIC_ACTOR,
  id: 'system',
  name: '系统夜间任务',
  kind: 'system',
};

/** Whether the actor holds a permission. The first password bars everything but one's own account. */
export function permitted(actor: Actor, permission: string): boolean {
  if (permission === PUBLIC || actor.kind === 'system') return true;
  if (actor.kind === 'public') return false;
  if (permission === SELF) return true;
  return !actor.mustChangePassword && actor.permissions.has(permission);
}
