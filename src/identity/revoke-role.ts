/** Taking a role away. It acts at the holder's next request; with the last role goes the kind, so another may follow. */
import { defineAct } from '../platform/act';
import { answer, idField, listOf, shape, textField, versionField } from '../platform/shape';
import { P } from './problems';
import { RoleStore } from './role.store';
import { keepAnAdministrator } from './user';
import { UserStore } from './user.store';

export const revokeRole = defineAct({
  name: 'identity.revoke-role',
  title: '收回岗位',
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
    const roles = new RoleStore(work);
    const before = await roles.heldBy(user.id);
    if (!(await roles.revoke(user.id, input.role))) throw P.roleNotHeld({ detail: input.role });
    const held = before.filter((code) => code !== input.role);
    if (held.length === 0) await keepAnAdministrator(work, user);
    const changes = held.length === 0 ? { dutyKind: null } : {};
    const after = await new UserStore(work).change(user, input.version, changes);
    work.record({
      subject: { kind: 'user', id: user.id },
      before: { roles: before },
      after: { roles: held },
    });
    return { userId: user.id, roles: held, version: after.version };
  },
});
