/** Users: what their fields may be, and the rules that several acts share. */
import { Joi, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { P } from './problems';
import { RoleStore } from './role.store';
import type { User } from './user.entity';

/** A login as it is given out. */
export function loginField(): Joi.StringSchema {
  return Joi.string()
    .pattern(/^[a-z][a-z0-9._-]{2,31}$/, '以小写字母开头的 3–32 位小写字母、数字、. _ -')
    .description('登录名');
}

/** A person's or a program's name. Staff names stand in every audit entry, so they are not hidden there. */
export const nameField = (): Joi.StringSchema => textField(40, '姓名(或接口程序名称)');

/** The one spelling of a login that is typed: capitals and full-width letters do not matter. */
export function spelledLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** What the audit digests of a user: everything but the password. */
export function publicUser(user: User): object {
  const { passwordHash: _hidden, ...rest } = user;
  return rest;
}

/** @throws Problem identity.user-disabled */
export function requireActive(user: User): void {
  if (user.status !== 'active') throw P.userDisabled({ detail: `${user.name}(${user.login})` });
}

/**
 * Refuses to take away the last administrator of users or of roles: nobody could then set one up again.
 * @throws Problem identity.last-administrator
 */
export async function keepAnAdministrator(work: Work, user: User): Promise<void> {
  if (user.dutyKind !== 'system' && user.dutyKind !== 'security') return;
  if (user.status !== 'active') return;
  if ((await new RoleStore(work).othersOfKind(user.dutyKind, user.id)) === 0) {
    throw P.lastAdministrator();
  }
}
