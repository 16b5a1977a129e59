/**
 * Making a user. The system administrator makes accounts and grants nothing: a new user can do nothing until the
 * security administrator, another person, grants a role.
 */
import { defineAct } from '../platform/act';
import { NATIONAL, regionCovers } from '../platform/authority';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';
import type { Platform } from '../platform/work';
import { OrganisationStore } from './organisation.store';
import { firstPassword, hashPassword } from './password';
import { P } from './problems';
import { requireRegion } from './region.queries';
import { securityRules } from './security-rules';
import { loginField, nameField, publicUser } from './user';
import { USER_KINDS, type UserKind } from './user.entity';
import { UserStore } from './user.store';

/** A password made by the system, with its kept form. */
export interface MadePassword {
  password: string;
  hash: string;
}

/**
 * Makes a first password, before the transaction opens: the hash takes its time. Its length follows the national
 * rules; it is 16 at least, longer than any county's rule so far asks.
 */
export async function makePassword(platform: Platform): Promise<MadePassword> {
  const today = platform.clock.today();
  const rules = await securityRules(platform.db.reader(), NATIONAL, today);
  const password = firstPassword(rules.password.lengthMin);
  return { password, hash: await hashPassword(password) };
}

interface Input {
  login: string;
  name: string;
  kind: UserKind;
  region: string;
  organisationId: string;
}

/** Makes a person (with a first password, told once) or a program (which gets tokens, no password). */
export const createUser = defineAct({
  name: 'identity.create-user',
  title: '新建用户',
  permission: 'identity.manage-users',
  privateAnswer: true,
  input: shape<Input>({
    login: loginField(),
    name: nameField(),
    kind: codeField(USER_KINDS, '用户类别：人员或接口程序').default('person').optional(),
    region: regionField('辖区'),
    organisationId: idField('所属机构'),
  }),
  answer: shape({
    userId: idField(),
    login: answer.text('登录名'),
    firstPassword: answer.text('首次密码，仅此一次显示').allow(null),
    version: answer.count('版本号'),
  }),
  prepare: async (platform, input) => (input.kind === 'person' ? makePassword(platform) : null),
  locate: async (work, input) => ({
    region: input.region,
    place: await requireRegion(work, input.region),
  }),
  run: async (work, input, _at, prepared) => {
    const made = prepared as MadePassword | null;
    const organisation = await new OrganisationStore(work).nameable(input.organisationId);
    if (!regionCovers(organisation.regionCode, input.region)) {
      throw P.outsideOrganisation({ detail: organisation.name });
    }
    const rules = await securityRules(work.tx, input.region, work.today);
    const user = await new UserStore(work).add({
      id: work.newId(),
      login: input.login,
      name: input.name,
      kind: input.kind,
      regionCode: input.region,
      organisationId: organisation.id,
      passwordHash: made?.hash ?? null,
      mustChangePassword: made !== null && rules.password.changeAtFirstSignIn,
      passwordSetAt: made ? work.now : null,
    });
    work.record({
      subject: { kind: 'user', id: user.id },
      related: [{ kind: 'organisation', id: organisation.id }],
      after: publicUser(user),
    });
    return {
      userId: user.id,
      login: user.login,
      firstPassword: made?.password ?? null,
      version: user.version,
    };
  },
});
