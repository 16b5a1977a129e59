/**
 * The first two people of an empty service: a system administrator, who makes accounts, and a security
 * administrator, who grants roles. They are two from the first minute on; everybody else comes through them.
 */
import { defineAct, perform } from '../platform/act';
import { SYSTEM_ACTOR } from '../platform/authority';
import { answer, idField, Joi, regionField, shape } from '../platform/shape';
import type { Platform, Work } from '../platform/work';
import { type MadePassword, makePassword } from './create-user';
import { OrganisationStore } from './organisation.store';
import { P } from './problems';
import { requireRegion } from './region.queries';
import { RoleStore } from './role.store';
import { securityRules } from './security-rules';
import { loginField, nameField, publicUser } from './user';
import { countUsers } from './user.queries';
import { UserStore } from './user.store';

/** One of the two. */
export interface AdministratorInput {
  login: string;
  name: string;
}

/** Whom to set up, and for which county (12 digits). */
export interface BootstrapInput {
  systemAdministrator: AdministratorInput;
  securityAdministrator: AdministratorInput;
  county: string;
}

/** An account made, with the password that is told once and must be changed. */
export interface MadeAdministrator {
  userId: string;
  login: string;
  firstPassword: string;
}

/** Both accounts. */
export interface BootstrapAnswer {
  systemAdministrator: MadeAdministrator;
  securityAdministrator: MadeAdministrator;
}

type Seat = 'systemAdministrator' | 'securityAdministrator';

const ROLE_OF: Readonly<Record<Seat, string>> = {
  systemAdministrator: 'system-administrator',
  securityAdministrator: 'security-administrator',
};

const person = (description: string) =>
  Joi.object<AdministratorInput>({
    login: loginField().required(),
    name: nameField().required(),
  }).description(description);

const made = () =>
  shape({
    userId: idField(),
    login: answer.text('登录名'),
    firstPassword: answer.text('首次密码'),
  });

/** No role holds the permission and no route leads here: the service or the operator's tool does it, once. */
export const setUpCounty = defineAct({
  name: 'identity.bootstrap',
  title: '初始化管理员',
  permission: 'identity.set-up',
  privateAnswer: true,
  input: shape<BootstrapInput>({
    systemAdministrator: person('系统管理员'),
    securityAdministrator: person('安全管理员'),
    county: regionField('县级区划代码'),
  }),
  answer: shape({ systemAdministrator: made(), securityAdministrator: made() }),
  prepare: async (platform) => [await makePassword(platform), await makePassword(platform)],
  locate: async (work, input) => ({
    region: input.county,
    place: await requireRegion(work, input.county, 'county'),
  }),
  run: async (work, input, { place }, prepared): Promise<BootstrapAnswer> => {
    const [system, security] = prepared as [MadePassword, MadePassword];
    // Writing the roles' rows queues two services that start on one empty database.
    await new RoleStore(work).othersOfKind('system', '');
    if ((await countUsers(work.tx)) > 0) throw P.alreadySetUp();
    const id = work.newId();
    const organisation = await new OrganisationStore(work).add({
      id,
      name: `${place.name}信扶系统管理`,
      kind: 'administration',
      parentId: null,
      rootId: id,
      regionCode: place.code,
    });
    work.record({ subject: { kind: 'organisation', id }, after: organisation });
    const place12 = { region: place.code, organisationId: id };
    return {
      systemAdministrator: await seat(work, 'systemAdministrator', input, system, place12),
      securityAdministrator: await seat(work, 'securityAdministrator', input, security, place12),
    };
  },
});

/** Makes one of the two accounts and gives it its role. */
async function seat(
  work: Work,
  name: Seat,
  input: BootstrapInput,
  password: MadePassword,
  place: { region: string; organisationId: string },
): Promise<MadeAdministrator> {
  const rules = await securityRules(work.tx, place.region, work.today);
  const users = new UserStore(work);
  const roles = new RoleStore(work);
  const role = await roles.get(ROLE_OF[name]);
  const user = await users.add({
    id: work.newId(),
    login: input[name].login,
    name: input[name].name,
    kind: 'person',
    regionCode: place.region,
    organisationId: place.organisationId,
    passwordHash: password.hash,
    mustChangePassword: rules.password.changeAtFirstSignIn,
    passwordSetAt: work.now,
  });
  const after = await users.change(user, user.version, { dutyKind: role.kind });
  await roles.grant(user.id, role);
  work.record({
    subject: { kind: 'user', id: user.id },
    related: [{ kind: 'organisation', id: place.organisationId }],
    after: { ...publicUser(after), roles: [role.code] },
  });
  return { userId: user.id, login: user.login, firstPassword: password.password };
}

/**
 * Sets up the two administrators of an empty service. The places and roles must be loaded (`loadReferenceRegions`, `loadRoles`).
 * @throws Problem identity.already-set-up when there is any user
 */
export async function bootstrap(
  platform: Platform,
  input: BootstrapInput,
): Promise<BootstrapAnswer> {
  const request = { actor: SYSTEM_ACTOR, input, requestId: 'bootstrap' };
  return (await perform(platform, setUpCounty, request)).answer;
}
