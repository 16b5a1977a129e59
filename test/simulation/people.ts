/**
 * The people of the simulated county: real accounts with real roles, in two townships, three villages, two banks and
 * the bodies of the county, and one officer of a neighbouring county who must never get anything done here.
 */
import { allRoutes, type Service } from '../../src/app';
import { actorById, bootstrap } from '../../src/identity';
import { type AnyAct, perform } from '../../src/platform/act';
import type { Actor, OrganisationKind } from '../../src/platform/authority';
import type { Answer } from './answer';

export const COUNTY = '450328000000';

/** Where what belongs to the county itself stands. */
export const COUNTY_PLACE = { region: COUNTY };

/** Real villages of Longsheng: two of one township, one of another. */
export const VILLAGES = ['450328100001', '450328100203', '450328101200'] as const;

export type Role =
  | 'village-worker'
  | 'township-officer'
  | 'county-officer'
  | 'county-approver'
  | 'bank-officer'
  | 'bank-approver'
  | 'finance-officer'
  | 'platform-company-officer'
  | 'discipline-inspector';

/** Somebody who tries things. */
export interface Person {
  readonly key: string;
  readonly role: Role;
  readonly body: OrganisationKind;
  /** Where appointed, 12 digits. */
  readonly region: string;
  /** The bank of a bank's person. */
  readonly bank: string | null;
  readonly actor: Actor;
}

export interface Cast {
  people: readonly Person[];
  banks: readonly [string, string];
}

/** Every act of the service by its name, as the routes mount them. */
export const ACTS: ReadonlyMap<string, AnyAct> = new Map(
  allRoutes.flatMap((route) => ('act' in route ? [[route.act.name, route.act] as const] : [])),
);

type Body = readonly [name: string, kind: OrganisationKind, region: string];

const BODIES = {
  village0: ['第一村民委员会', 'village', VILLAGES[0]],
  village1: ['第二村民委员会', 'village', VILLAGES[1]],
  village2: ['第三村民委员会', 'village', VILLAGES[2]],
  township0: ['龙胜镇人民政府', 'township', '450328100000'],
  township1: ['瓢里镇人民政府', 'township', '450328101000'],
  poverty: ['龙胜县扶贫办', 'poverty-office', COUNTY],
  finance: ['龙胜县财政局', 'finance-bureau', COUNTY],
  company: ['龙胜扶贫开发平台公司', 'platform-company', COUNTY],
  bank0: ['龙胜农村合作银行', 'bank', COUNTY],
  bank1: ['桂林银行龙胜支行', 'bank', COUNTY],
  discipline: ['龙胜县纪委监委', 'inspection', COUNTY],
  abroad: ['三江县扶贫办', 'poverty-office', '450226000000'],
} as const satisfies Record<string, Body>;

type BodyKey = keyof typeof BODIES;

/** How many of each role sit where. */
const SEATS: readonly (readonly [Role, BodyKey, number])[] = [
  ['village-worker', 'village0', 3],
  ['village-worker', 'village1', 3],
  ['village-worker', 'village2', 2],
  ['township-officer', 'township0', 2],
  ['township-officer', 'township1', 2],
  ['county-officer', 'poverty', 3],
  ['county-approver', 'poverty', 2],
  ['bank-officer', 'bank0', 2],
  ['bank-approver', 'bank0', 1],
  ['bank-officer', 'bank1', 2],
  ['bank-approver', 'bank1', 1],
  ['finance-officer', 'finance', 2],
  ['platform-company-officer', 'company', 1],
  ['discipline-inspector', 'discipline', 1],
  ['county-officer', 'abroad', 1],
];

/** Makes the bodies, the accounts and the roles, by acts. */
export async function settle({ platform }: Service): Promise<Cast> {
  const made = await bootstrap(platform, {
    county: COUNTY,
    systemAdministrator: { login: 'sysadmin', name: '系统管理员' },
    securityAdministrator: { login: 'secadmin', name: '安全管理员' },
  });
  const system = await entered(made.systemAdministrator.userId);
  const security = await entered(made.securityAdministrator.userId);
  // A neighbour's account is made by the system itself: no administrator of this county covers that one.
  const national: Actor = { ...system, region: '000000000000' };
  const act = async (actor: Actor, name: string, input: object) => {
    const found = ACTS.get(name) as AnyAct;
    const outcome = await perform(platform, found, { actor, input, requestId: 'settling' });
    return outcome.answer as Answer;
  };

  const ids = {} as Record<BodyKey, string>;
  for (const [key, [name, kind, region]] of Object.entries(BODIES)) {
    const body = await act(national, 'identity.register-organisation', { name, kind, region });
    ids[key as BodyKey] = body.organisationId;
  }
  const people: Person[] = [];
  for (const [role, at, count] of SEATS) {
    for (let nth = 1; nth <= count; nth += 1) people.push(await person(role, at, nth));
  }
  return { people, banks: [ids.bank0, ids.bank1] };

  async function person(role: Role, at: BodyKey, nth: number): Promise<Person> {
    const [, body, region] = BODIES[at];
    const key = `${role}.${at}.${nth}`;
    const login = `person${people.length + 1}`;
    const account = { login, name: key, region, organisationId: ids[at] };
    const { userId, version } = await act(national, 'identity.create-user', account);
    const grant = { userId, role, version };
    await act({ ...security, region: '000000000000' }, 'identity.grant-role', grant);
    const actor = await entered(userId);
    return { key, role, body, region, bank: body === 'bank' ? ids[at] : null, actor };
  }

  /** As sign-in would make the actor. First passwords are tried in the journeys and taken as changed here. */
  async function entered(userId: string): Promise<Actor> {
    const actor = (await actorById(platform.db.reader(), userId)) as Actor;
    return { ...actor, mustChangePassword: false };
  }
}
