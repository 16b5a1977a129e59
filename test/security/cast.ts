/**
 * One person for every role of reference/roles.json in two counties, signed in as in life: people with a password
 * of their own and a browser, a bank's system with a token.
 */
import { readFileSync } from 'node:fs';
import request from 'supertest';
import { createUser, grantRole, issueToken, registerOrganisation } from '../../src/identity';
import { type AnyAct, perform } from '../../src/platform/act';
import { type OrganisationKind, SYSTEM_ACTOR } from '../../src/platform/authority';
import { fromRoot } from '../../src/platform/root';
import type { OpenedService } from '../journeys/service';
import { Person, type Reply, type Town } from '../journeys/town';

/** What the tests need of a role. */
export interface RoleFile {
  code: string;
  kind: string;
  organisationKinds: OrganisationKind[];
  permissions: string[];
}

/** The roles as they ship. */
export const ROLES = JSON.parse(
  readFileSync(fromRoot('reference', 'roles.json'), 'utf8'),
) as RoleFile[];

/** Whoever can call the API. */
export interface Caller {
  get(path: string): Promise<Reply>;
  post(path: string, body?: object, key?: string): Promise<Reply>;
}

/** The neighbouring county of the reference files, a township and a village of it. */
export const FAR = {
  county: '450226000000',
  township: '450226100000',
  village: '450226100003',
} as const;

/** Who holds a role in the town of the journeys; machines and administrators are added here. */
const OWN: Readonly<Record<string, string>> = {
  'village-worker': 'villageWang',
  'village-appraiser': 'appraiserShi',
  'township-officer': 'townshipChen',
  'county-officer': 'countyWei',
  'county-approver': 'approverMeng',
  'bank-officer': 'lenderTan',
  'bank-approver': 'deciderLiao',
  'finance-officer': 'financeYang',
  'platform-company-officer': 'platformZhou',
  'discipline-inspector': 'inspectorBai',
  'system-administrator': 'system',
  'security-administrator': 'security',
};

/** A program with a bearer token. */
class Machine implements Caller {
  private keys = 0;

  constructor(
    private readonly opened: OpenedService,
    private readonly token: string,
    readonly tokenId: string,
  ) {}

  async get(path: string): Promise<Reply> {
    return request(this.opened.service.app)
      .get(`/api/v1${path}`)
      .set('Authorization', `Bearer ${this.token}`);
  }

  async post(path: string, body: object = {}, key?: string): Promise<Reply> {
    this.keys += 1;
    return request(this.opened.service.app)
      .post(`/api/v1${path}`)
      .set('Authorization', `Bearer ${this.token}`)
      .set('Idempotency-Key', key ?? `machine-key-${this.keys}`)
      .send(body);
  }
}

/** Nobody: no cookie, no token. */
export function nobody(opened: OpenedService): Caller {
  const at = (path: string) => `/api/v1${path}`;
  return {
    get: async (path) => request(opened.service.app).get(at(path)),
    post: async (path, body = {}) =>
      request(opened.service.app).post(at(path)).set('Idempotency-Key', 'nobody-key-1').send(body),
  };
}

/** The people of both counties by role, and the id of the bank's token. */
export interface Cast {
  own: Record<string, Caller>;
  far: Record<string, Caller>;
  tokenId: string;
}

/** The system does what the administrators of another county would: the service has administrators for one. */
function systemDoes(opened: OpenedService) {
  let requests = 0;
  // biome-ignore lint/suspicious/noExplicitAny: answers of several acts, each with its own fields.
  return async (act: AnyAct, input: object): Promise<any> => {
    requests += 1;
    const requestId = `cast-${requests}`;
    return (await perform(opened.service.platform, act, { actor: SYSTEM_ACTOR, input, requestId }))
      .answer;
  };
}

async function machineOf(
  opened: OpenedService,
  place: { region: string; organisationId: string; login: string },
): Promise<Machine> {
  const does = systemDoes(opened);
  const user = await does(createUser, { ...place, name: '核心系统', kind: 'machine' });
  await does(grantRole, { userId: user.userId, role: 'bank-system', version: user.version });
  const made = await does(issueToken, {
    userId: user.userId,
    purpose: '还款对接',
    expiresOn: '2019-09-30',
  });
  return new Machine(opened, made.token, made.tokenId);
}

const placeOf = (kind: OrganisationKind): string =>
  kind === 'village' ? FAR.village : kind === 'township' ? FAR.township : FAR.county;

async function settleFar(opened: OpenedService): Promise<Record<string, Caller>> {
  const does = systemDoes(opened);
  const bodies = new Map<OrganisationKind, string>();
  const people: Record<string, Caller> = {};
  for (const { code, kind, organisationKinds } of ROLES) {
    const body = organisationKinds[0]!;
    const region = placeOf(body);
    if (!bodies.has(body)) {
      const made = await does(registerOrganisation, { name: `三江${body}`, kind: body, region });
      bodies.set(body, made.organisationId);
    }
    const place = { region, organisationId: bodies.get(body)!, login: `far.${code}` };
    if (kind === 'machine') {
      people[code] = await machineOf(opened, place);
      continue;
    }
    const user = await does(createUser, { ...place, name: `三江${code}`.slice(0, 20) });
    await does(grantRole, { userId: user.userId, role: code, version: user.version });
    const person = new Person(opened, place.login, user.firstPassword, user.userId);
    await person.changePassword('Sanjiang-2018!');
    people[code] = person;
  }
  return people;
}

/** Makes everybody who is not there yet. To be called on a day within the token's term. */
export async function gather(opened: OpenedService, town: Town): Promise<Cast> {
  const own: Record<string, Caller> = {};
  for (const [role, name] of Object.entries(OWN)) own[role] = town.people[name]!;
  const bank = { region: '450328000000', organisationId: town.bodies.bank!, login: 'bank.system' };
  const machine = await machineOf(opened, bank);
  own['bank-system'] = machine;
  return { own, far: await settleFar(opened), tokenId: machine.tokenId };
}
