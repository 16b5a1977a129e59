/**
 * An office for the tests of identity: the real places and roles, the real security rules, the two administrators,
 * and the clock in the tests' hands.
 */
import { readFileSync } from 'node:fs';
import { Platform1767200000001 } from '../../migrations/1767200000001-platform';
import { Identity1767200000002 } from '../../migrations/1767200000002-identity';
import {
  actorById,
  authorityOf,
  type BootstrapAnswer,
  bootstrap,
  createUser,
  grantRole,
  loadReferenceRegions,
  loadRoles,
  registerOrganisation,
  type SecurityRules,
  signIn,
  useSecurityRules,
} from '../../src/identity';
import { perform } from '../../src/platform/act';
import {
  type Actor,
  type Authority,
  type OrganisationKind,
  PUBLIC_ACTOR,
} from '../../src/platform/authority';
import { Problem } from '../../src/platform/problems';
import { fromRoot } from '../../src/platform/root';
import { type County, openCounty } from '../support/county';
import type { OpenTest } from '../support/databases';

/** Places of the real tree. */
export const AT = {
  county: '450328000000',
  city: '450300000000',
  township: '450328100000',
  village: '450328100001',
  otherCounty: '450226000000',
  otherTownship: '450226100000',
} as const;

/** Every table of the module, for proving that a refusal changed nothing. */
export const TABLES = [
  'region',
  'organisation',
  'app_user',
  'password_history',
  'role',
  'role_permission',
  'user_role',
  'user_session',
  'machine_token',
] as const;

/** The rules of the reference file; a test may ask for others. */
export function fileRules(): SecurityRules {
  const text = readFileSync(fromRoot('reference', 'policy', 'identity.security.json'), 'utf8');
  return (JSON.parse(text) as { rows: { value: SecurityRules }[] }).rows[0]!.value;
}

export interface MadeUser {
  userId: string;
  login: string;
  password: string;
  version: number;
}

export interface Office extends County {
  authority: Authority;
  administrators: BootstrapAnswer;
  /** The system administrator (users) and the security administrator (roles), past their first password. */
  users: Actor;
  roles: Actor;
  /** Registers a body of a kind, once for each kind and place. */
  body(kind: OrganisationKind, region: string): Promise<string>;
  /** Makes a user by the system administrator; with a role, granted by the security administrator. */
  user(login: string, role: string | null, at?: string, kind?: OrganisationKind): Promise<MadeUser>;
  /** The actor a user is, as though the first password were changed. */
  actorOf(userId: string): Promise<Actor>;
  /** Signs in; the token and the forgery token of the new session. */
  enter(login: string, password: string): Promise<{ sessionToken: string; csrfToken: string }>;
  /** The code with which signing in is refused, and its whole problem. */
  refusedEntry(login: string, password: string): Promise<Problem>;
  /** Security rules in force from now on. */
  rules(rules: SecurityRules): void;
  count(table: string): Promise<number>;
}

/** Opens an office with both counties on file and its administrators. */
export async function openOffice(open: OpenTest, start = '2018-03-01'): Promise<Office> {
  const migrations = [Platform1767200000001, Identity1767200000002];
  const county = await openCounty(() => open({ migrations }), start);
  const { platform } = county;
  let inForce = fileRules();
  useSecurityRules(async () => inForce);
  await loadReferenceRegions(platform);
  await loadRoles(platform);
  const administrators = await bootstrap(platform, {
    systemAdministrator: { login: 'sysadmin', name: '韦系统' },
    securityAdministrator: { login: 'secadmin', name: '潘安全' },
    county: AT.county,
  });
  const sql = platform.db.reader();
  const actorOf = async (userId: string): Promise<Actor> => {
    const actor = await actorById(sql, userId);
    if (!actor) throw new Error(`No active user ${userId}`);
    return { ...actor, mustChangePassword: false };
  };
  const users = await actorOf(administrators.systemAdministrator.userId);
  const roles = await actorOf(administrators.securityAdministrator.userId);
  const body = bodiesOf(county, users);
  const enter = entranceOf(county);
  return {
    ...county,
    authority: authorityOf(platform.db),
    administrators,
    users,
    roles,
    body,
    actorOf,
    enter,
    user: async (login, role, region = AT.county, kind = 'poverty-office') => {
      const organisationId = await body(kind, region);
      const input = { login, name: '李测试', region, organisationId };
      const made = await county.do(users, createUser, input);
      let { version } = made;
      const { userId } = made;
      if (role) version = (await county.do(roles, grantRole, { userId, role, version })).version;
      return { userId, login, password: made.firstPassword ?? '', version };
    },
    refusedEntry: async (login, password) => {
      try {
        await enter(login, password);
      } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
      }
      throw new Error('The sign-in was expected to be refused, but it was done');
    },
    rules: (rules) => {
      inForce = rules;
    },
    count: async (table) =>
      (await sql.one<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))?.n ?? 0,
  };
}

/** Registers each kind of body once for each place. */
function bodiesOf(county: County, users: Actor): Office['body'] {
  const bodies = new Map<string, string>();
  return async (kind, region) => {
    const key = `${kind} ${region}`;
    const known = bodies.get(key);
    if (known) return known;
    const input = { name: `${kind}-${region}`, kind, region };
    const { organisationId } = await county.do(users, registerOrganisation, input);
    bodies.set(key, organisationId);
    return organisationId;
  };
}

/** The door: sign-ins as HTTP performs them, without an idempotency key. */
function entranceOf(county: County): Office['enter'] {
  let requests = 0;
  return async (login, password) => {
    requests += 1;
    const input = { login, password };
    const request = { actor: PUBLIC_ACTOR, input, requestId: `sign-in-${requests}` };
    const { answer } = await perform(county.platform, signIn, request);
    if (!answer) throw new Error('A sign-in that was done has an answer');
    return answer;
  };
}
