/** Reading roles: for screens, for sign-in, and for comparing the database with the file. */
import { canonical } from '../platform/crypto/canonical';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { defineQuery } from '../platform/query';
import { answer, codeField, listOf, shape } from '../platform/shape';
import { ORGANISATION_KINDS } from './organisation';
import { REGION_LEVELS } from './region';
import { DUTY_KINDS, type RoleDefinition } from './role';
import { Role, RolePermission } from './role.entity';

/** The roles as the database has them, by code; permissions in order. */
export async function rolesInForce(sql: Sql): Promise<RoleDefinition[]> {
  const roles = await listRows(sql, Role, {});
  const permissions = await listRows(sql, RolePermission, {});
  return roles.map(({ code, name, kind, organisationKinds, regionLevels }) => ({
    code,
    name,
    kind,
    organisationKinds,
    regionLevels,
    permissions: permissions.filter((row) => row.roleCode === code).map((row) => row.permission),
  }));
}

/** Whether the database gives exactly the file's roles, and no permission to any other. */
export async function rolesUpToDate(
  sql: Sql,
  definitions: readonly RoleDefinition[],
): Promise<boolean> {
  const inForce = (await rolesInForce(sql)).filter((role) => role.permissions.length > 0);
  const byCode = (roles: readonly RoleDefinition[]) =>
    roles
      .map((role) => canonical({ ...role, permissions: [...role.permissions].sort() }))
      .sort()
      .join();
  return byCode(inForce) === byCode(definitions);
}

/** One role that a user holds. */
export interface HeldRole {
  userId: string;
  code: string;
  name: string;
}

/** The roles of these users, by code. */
export async function rolesOf(sql: Sql, userIds: readonly string[]): Promise<HeldRole[]> {
  return sql.rows<HeldRole>(
    `SELECT h.user_id AS userId, r.code, r.name FROM user_role h JOIN role r ON r.code = h.role_code
      WHERE h.user_id IN (:userIds) ORDER BY h.user_id, r.code`,
    { userIds },
  );
}

/** The permissions that a user's roles give together. */
export async function permissionsOf(sql: Sql, userId: string): Promise<string[]> {
  const rows = await sql.rows<{ permission: string }>(
    `SELECT DISTINCT p.permission FROM user_role h
       JOIN role_permission p ON p.role_code = h.role_code
      WHERE h.user_id = :userId ORDER BY p.permission`,
    { userId },
  );
  return rows.map((row) => row.permission);
}

/** All roles with what they may do. They are the same everywhere. */
export const listRoles = defineQuery({
  name: 'identity.roles',
  title: '岗位列表',
  permission: 'identity.read',
  input: shape<object>({}),
  answer: shape({
    items: listOf(
      shape({
        code: answer.text('岗位代码'),
        name: answer.text('名称'),
        kind: codeField(DUTY_KINDS, '岗位类别'),
        organisationKinds: listOf(codeField(ORGANISATION_KINDS)),
        regionLevels: listOf(codeField(REGION_LEVELS)),
        permissions: listOf(answer.text()),
      }),
    ),
  }),
  run: async (read) => ({
    items: await rolesInForce(read.unscoped('roles are the same in every place')),
  }),
});
