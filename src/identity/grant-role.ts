/**
 * Granting a role. Laws (三员分立): the security administrator grants, and never to themself (the table refuses it
 * too); a person holds roles of one kind only (two foreign keys hold that); the role must exist in the person's
 * kind of body and at the level of the person's region.
 */
import { defineAct } from '../platform/act';
import { answer, idField, listOf, shape, textField, versionField } from '../platform/shape';
import { OrganisationStore } from './organisation.store';
import { P } from './problems';
import { requireRegion } from './region.queries';
import { requireFit } from './role';
import { RoleStore } from './role.store';
import { requireActive } from './user';
import { UserStore } from './user.store';

export const grantRole = defineAct({
  name: 'identity.grant-role',
  title: '授予岗位',
  permission: 'identity.manage-roles',
  input: shape<{ userId: string; role: string; version: number }>({
    userId: idField('用户编号'),
    role: textField(40, '岗位代码'),
    version: versionField(),
  }),
  answer: shape({
    userId: idField(),
    roles: listOf(answer.text()),
    version: answer.count('版本号'),
  }),
  locate: async (work, input) => {
    const user = await new UserStore(work).get(input.userId);
    return { region: user.regionCode, user };
  },
  duty: async (work, input) => {
    if (input.userId === work.actor.id) throw P.ownRole();
  },
  run: async (work, input, { user }) => {
    requireActive(user);
    const roles = new RoleStore(work);
    const role = await roles.get(input.role);
    const before = await roles.heldBy(user.id);
    if (before.includes(role.code)) throw P.roleHeld({ detail: role.name });
    const organisation = await new OrganisationStore(work).get(user.organisationId);
    const region = await requireRegion(work, user.regionCode);
    requireFit(role, {
      kind: user.kind,
      dutyKind: user.dutyKind,
      organisationKind: organisation.kind,
      regionLevel: region.level,
    });
    // The user's row owns the rule of one kind: two grants at the same moment cannot both commit.
    const after = await new UserStore(work).change(user, input.version, { dutyKind: role.kind });
    await roles.grant(user.id, role);
    const held = [...before, role.code].sort();
    work.record({
      subject: { kind: 'user', id: user.id },
      before: { roles: before },
      after: { roles: held },
    });
    return { userId: user.id, roles: held, version: after.version };
  },
});
