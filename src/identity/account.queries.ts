/**
 * Who a caller is: what sign-in answers, what «me» shows, and the actor that the platform's pipeline judges by.
 * Roles and permissions are read each time, so that a change of roles acts at once.
 */
import type { Actor, OrganisationKind } from '../platform/authority';
import type { Instant } from '../platform/clock';
import type { Sql } from '../platform/db/database';
import { findRow } from '../platform/db/store';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import { ORGANISATION_KINDS } from './organisation';
import type { RegionLevel } from './region';
import { regionShape } from './region.queries';
import { permissionsOf, rolesOf } from './role.queries';
import { alive, tokenGood, tokenHash } from './session';
import { MachineToken, UserSession } from './session.entity';
import { User } from './user.entity';

/** One's own account, as sign-in and «me» answer it. */
export interface Account {
  id: string;
  login: string;
  name: string;
  /** Codes of the roles, and their Chinese names in the same order. */
  roles: string[];
  roleNames: string[];
  permissions: string[];
  region: { code: string; name: string; level: RegionLevel };
  organisation: { id: string; name: string; kind: OrganisationKind; rootId: string };
  mustChangePassword: boolean;
}

/** The shape of an account in answers. */
export const accountShape = () =>
  shape({
    id: idField(),
    login: answer.text('登录名'),
    name: answer.text('姓名'),
    roles: listOf(answer.text()),
    roleNames: listOf(answer.text()),
    permissions: listOf(answer.text()),
    region: regionShape(),
    organisation: shape({
      id: idField(),
      name: answer.text('机构名称'),
      kind: codeField(ORGANISATION_KINDS, '机构类别'),
      rootId: idField('总机构'),
    }),
    mustChangePassword: answer.flag('须先修改密码'),
  });

interface AccountRow {
  id: string;
  login: string;
  name: string;
  kind: 'person' | 'machine';
  mustChange: number;
  regionCode: string;
  regionName: string;
  regionLevel: RegionLevel;
  orgId: string;
  orgName: string;
  orgKind: OrganisationKind;
  orgRoot: string;
}

function activeUser(sql: Sql, userId: string): Promise<AccountRow | null> {
  return sql.one<AccountRow>(
    `SELECT u.id, u.login, u.name, u.kind, u.must_change_password AS mustChange,
            r.code AS regionCode, r.name AS regionName, r.level AS regionLevel,
            o.id AS orgId, o.name AS orgName, o.kind AS orgKind, o.root_id AS orgRoot
       FROM app_user u
       JOIN region r ON r.code = u.region_code
       JOIN organisation o ON o.id = u.organisation_id
      WHERE u.id = :userId AND u.status = 'active'`,
    { userId },
  );
}

/** The account of an active user, null when there is none. */
export async function accountOf(sql: Sql, userId: string): Promise<Account | null> {
  const row = await activeUser(sql, userId);
  if (!row) return null;
  const roles = await rolesOf(sql, [userId]);
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    roles: roles.map((role) => role.code),
    roleNames: roles.map((role) => role.name),
    permissions: await permissionsOf(sql, userId),
    region: { code: row.regionCode, name: row.regionName, level: row.regionLevel },
    organisation: { id: row.orgId, name: row.orgName, kind: row.orgKind, rootId: row.orgRoot },
    mustChangePassword: row.mustChange === 1,
  };
}

/** The actor that an active user is, null when there is none. */
export async function actorById(sql: Sql, userId: string): Promise<Actor | null> {
  const row = await activeUser(sql, userId);
  if (!row) return null;
  const roles = await rolesOf(sql, [userId]);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    roles: roles.map((role) => role.code),
    permissions: new Set(await permissionsOf(sql, userId)),
    region: row.regionCode,
    organisation: { id: row.orgId, rootId: row.orgRoot, kind: row.orgKind },
    mustChangePassword: row.mustChange === 1,
  };
}

/** The living session of a token, null when there is none. */
export async function sessionOf(
  sql: Sql,
  token: string,
  now: Instant,
): Promise<UserSession | null> {
  const session = await findRow(sql, UserSession, { tokenHash: tokenHash(token) });
  return session && alive(session, now) ? session : null;
}

/** The machine client of a good token, null when there is none. */
export async function tokenHolder(sql: Sql, token: string, now: Instant): Promise<Actor | null> {
  const kept = await findRow(sql, MachineToken, { tokenHash: tokenHash(token) });
  if (!kept || !tokenGood(kept, now)) return null;
  const actor = await actorById(sql, kept.userId);
  return actor?.kind === 'machine' ? actor : null;
}

/** The user of a login, null when there is none. */
export function userByLogin(sql: Sql, login: string): Promise<User | null> {
  return findRow(sql, User, { login });
}

/** The user's last passwords, the present one first, as many as the rules compare. */
export async function formerHashes(sql: Sql, userId: string, count: number): Promise<string[]> {
  const rows = await sql.rows<{ hash: string }>(
    `SELECT password_hash AS hash FROM password_history
      WHERE user_id = :userId ORDER BY id DESC LIMIT :count`,
    { userId, count },
  );
  return rows.map((row) => row.hash);
}
