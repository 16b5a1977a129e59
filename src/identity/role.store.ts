/** Loading and saving roles, and who holds them. */
import {
  deleteRows,
  findRow,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import type { Work } from '../platform/work';
import { P } from './problems';
import type { DutyKind, RoleDefinition } from './role';
import { Role, RolePermission, UserRole } from './role.entity';

export class RoleStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem identity.role-unknown */
  async get(code: string): Promise<Role> {
    const role = await findRow(this.work.tx, Role, { code });
    if (!role) throw P.roleUnknown({ fields: [{ field: 'role', reason: `没有岗位 ${code}` }] });
    return role;
  }

  /** Gives a role its definition of the file, and exactly its permissions. */
  async define(definition: RoleDefinition): Promise<void> {
    const { tx } = this.work;
    const { code, permissions, ...changes } = definition;
    const old = await findRow(tx, Role, { code });
    if (old) await updateVersioned(tx, Role, old, changes);
    else await insertRow(tx, Role, { code, ...changes, version: 1 });
    await deleteRows(tx, RolePermission, { roleCode: code });
    const rows = permissions.map((permission) => ({ roleCode: code, permission }));
    await insertRows(tx, RolePermission, rows);
  }

  /** Takes every permission from roles that the file does not name any more; their holders keep a title only. */
  async emptyOthers(codes: readonly string[]): Promise<void> {
    const gone = (await listRows(this.work.tx, Role, {}))
      .map((role) => role.code)
      .filter((code) => !codes.includes(code));
    if (gone.length > 0) await deleteRows(this.work.tx, RolePermission, { roleCode: gone });
  }

  /** Codes of the roles a user holds. */
  async heldBy(userId: string): Promise<string[]> {
    const rows = await listRows(this.work.tx, UserRole, { userId });
    return rows.map((row) => row.roleCode);
  }

  async grant(userId: string, role: Role): Promise<void> {
    await insertRow(this.work.tx, UserRole, {
      userId,
      roleCode: role.code,
      dutyKind: role.kind,
      grantedBy: this.work.actor.id,
      grantedAt: this.work.now,
    });
  }

  /** Returns whether the user held it. */
  async revoke(userId: string, roleCode: string): Promise<boolean> {
    return (await deleteRows(this.work.tx, UserRole, { userId, roleCode })) > 0;
  }

  /**
   * Writes the rows that own the rule «one administrator of each kind is left», so that two administrators who
   * are removed at the same moment queue, and tells how many active users other than this one are of the kind.
   */
  async othersOfKind(kind: DutyKind, userId: string): Promise<number> {
    const { tx } = this.work;
    await tx.exec('UPDATE role SET version = version + 1 WHERE kind = :kind', { kind });
    const row = await tx.one<{ n: number }>(
      `SELECT COUNT(*) AS n FROM app_user
        WHERE duty_kind = :kind AND status = 'active' AND id <> :userId`,
      { kind, userId },
    );
    return row?.n ?? 0;
  }
}
