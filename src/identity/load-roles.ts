/** Loading the roles of the repository into the database, where sign-in reads them; repeated at every start. */
import { defineAct } from '../platform/act';
import { NATIONAL } from '../platform/authority';
import { answer, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { readRoleFile } from './load-files';
import { type RoleDefinition, requireDeclared } from './role';
import { RoleStore } from './role.store';

/** Gives every role its definition. A role that is not among them loses its permissions. */
export async function defineRoles(
  work: Work,
  definitions: readonly RoleDefinition[],
): Promise<number> {
  const store = new RoleStore(work);
  for (const definition of definitions) await store.define(definition);
  await store.emptyOthers(definitions.map((definition) => definition.code));
  return definitions.length;
}

/** Loads reference/roles.json. No role holds the permission: the service does it at start. */
export const loadRolesOfFile = defineAct({
  name: 'identity.load-roles',
  title: '导入岗位定义',
  permission: 'identity.set-up',
  input: shape<object>({}),
  answer: shape({ roles: answer.count('岗位数') }),
  prepare: async () => readRoleFile(),
  locate: async () => ({ region: NATIONAL }),
  run: async (work, _input, _at, prepared) => {
    const definitions = prepared as RoleDefinition[];
    const roles = await defineRoles(work, definitions);
    work.record({ subject: { kind: 'role', id: 'all' }, after: definitions });
    return { roles };
  },
});

/**
 * Refuses to start when a role of the file names a permission that no mounted act or query declares.
 * @param declaredPermissions those of all acts and queries of the service
 * @throws CheckFailed naming role and permission
 */
export function checkRoles(declaredPermissions: Iterable<string>): void {
  requireDeclared(readRoleFile(), new Set(declaredPermissions));
}
