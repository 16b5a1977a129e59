/**
 * The people of a county, over HTTP: two administrators make the accounts and grant the roles, everybody changes
 * the first password, and each request is what a browser would send.
 */
import request from 'supertest';
import { bootstrap } from '../../src/identity';
import type { OrganisationKind } from '../../src/platform/authority';
import type { OpenedService } from './service';

const COUNTY = '450328000000';
const PASSWORD = 'Longsheng-2018!';

/** Real places: Longsheng town and its first village, as on file. */
export const TOWN = {
  county: COUNTY,
  township: '450328100000',
  village: '450328100001',
} as const;

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads whatever JSON comes back.
  body: any;
}

/** One person with a browser. Signs in by itself, again after the clock has moved. */
export class Person {
  private cookie = '';
  private csrf = '';
  private keys = 0;
  private signingIn: Promise<Reply> | undefined;

  constructor(
    private readonly opened: OpenedService,
    readonly login: string,
    private password: string,
    readonly id: string,
  ) {}

  async signIn(): Promise<Reply> {
    const response = await request(this.opened.service.app)
      .post('/api/v1/session')
      .send({ login: this.login, password: this.password });
    this.keep(response);
    return response;
  }

  async changePassword(next: string): Promise<void> {
    await this.signIn();
    const response = await this.send('/password', {
      currentPassword: this.password,
      newPassword: next,
    });
    if (response.status !== 200) throw new Error(`${this.login}: ${JSON.stringify(response.body)}`);
    this.password = next;
    this.keep(response);
  }

  private keep(response: request.Response): void {
    const cookies = response.get('Set-Cookie') ?? [];
    if (response.status !== 200) return;
    this.cookie = String(cookies[0]).split(';')[0]!;
    this.csrf = response.body.csrfToken;
  }

  private send(path: string, body: object | Buffer, key?: string): request.Test {
    this.keys += 1;
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    return request(this.opened.service.app)
      .post(`/api/v1${path}`)
      .set('Cookie', this.cookie)
      .set('X-CSRF-Token', this.csrf)
      .set('Idempotency-Key', key ?? `${this.login}-key-${this.keys}`)
      .set('Content-Type', type)
      .send(body);
  }

  /** Writes, or sends a file; signs in again when the session has died in between. */
  async post(path: string, body: object | Buffer = {}, key?: string): Promise<Reply> {
    return this.signedIn(() => this.send(path, body, key));
  }

  /**
   * Asks, and once more after signing in when the session has died. A new session of a person ends the one before, so of
   * several requests at once one signs in and the others wait for it.
   */
  private async signedIn(ask: () => request.Test): Promise<Reply> {
    const used = this.cookie;
    const response = await ask();
    if (response.status !== 401) return response;
    if (this.cookie === used) {
      this.signingIn ??= this.signIn().finally(() => {
        this.signingIn = undefined;
      });
      await this.signingIn;
    }
    return ask();
  }

  /** Writes and expects it to be done. */
  async does(path: string, body: object | Buffer = {}): Promise<Reply['body']> {
    const reply = await this.post(path, body);
    if (reply.status >= 300) {
      throw new Error(`${this.login} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    return reply.body;
  }

  async get(path: string): Promise<Reply> {
    const read = () =>
      request(this.opened.service.app).get(`/api/v1${path}`).set('Cookie', this.cookie);
    return this.signedIn(read);
  }

  /** Reads and expects an answer. */
  async sees(path: string): Promise<Reply['body']> {
    const reply = await this.get(path);
    if (reply.status !== 200) {
      throw new Error(`${this.login} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    return reply.body;
  }
}

/** Who is needed: login → role and body. Village and township bodies stand at their own places. */
const PEOPLE: Record<string, { role: string; body: string }> = {
  villageWang: { role: 'village-worker', body: 'village' },
  villageLi: { role: 'village-worker', body: 'village' },
  villageQin: { role: 'village-worker', body: 'village' },
  appraiserShi: { role: 'village-appraiser', body: 'village' },
  townshipChen: { role: 'township-officer', body: 'township' },
  townshipMo: { role: 'township-officer', body: 'township' },
  countyWei: { role: 'county-officer', body: 'poverty' },
  countyHuang: { role: 'county-officer', body: 'poverty' },
  approverMeng: { role: 'county-approver', body: 'poverty' },
  approverLan: { role: 'county-approver', body: 'poverty' },
  lenderTan: { role: 'bank-officer', body: 'bank' },
  lenderSu: { role: 'bank-officer', body: 'bank' },
  deciderLiao: { role: 'bank-approver', body: 'bank' },
  deciderNong: { role: 'bank-approver', body: 'bank' },
  strangerBank: { role: 'bank-officer', body: 'otherBank' },
  financeYang: { role: 'finance-officer', body: 'finance' },
  financePan: { role: 'finance-officer', body: 'finance' },
  platformZhou: { role: 'platform-company-officer', body: 'platform' },
  inspectorBai: { role: 'discipline-inspector', body: 'inspection' },
};

const BODIES: Record<string, { name: string; kind: OrganisationKind; region: string }> = {
  village: { name: '村民委员会', kind: 'village', region: TOWN.village },
  township: { name: '龙胜镇人民政府', kind: 'township', region: TOWN.township },
  poverty: { name: '龙胜县扶贫办', kind: 'poverty-office', region: COUNTY },
  finance: { name: '龙胜县财政局', kind: 'finance-bureau', region: COUNTY },
  platform: { name: '龙胜县扶贫开发平台公司', kind: 'platform-company', region: COUNTY },
  bank: { name: '龙胜农村合作银行', kind: 'bank', region: COUNTY },
  otherBank: { name: '桂林银行龙胜支行', kind: 'bank', region: COUNTY },
  inspection: { name: '龙胜县纪委监委', kind: 'inspection', region: COUNTY },
};

export type PersonName = keyof typeof PEOPLE;

/** The county with its bodies and people. */
export interface Town {
  people: Record<string, Person>;
  bodies: Record<string, string>;
}

/** Makes two administrators, the bodies, and everybody's account and role. */
export async function settle(opened: OpenedService): Promise<Town> {
  const made = await bootstrap(opened.service.platform, {
    county: COUNTY,
    systemAdministrator: { login: 'sysadmin', name: '系统管理员' },
    securityAdministrator: { login: 'secadmin', name: '安全管理员' },
  });
  const admin = async ({ login, firstPassword, userId }: (typeof made)['systemAdministrator']) => {
    const person = new Person(opened, login, firstPassword, userId);
    await person.changePassword(PASSWORD);
    return person;
  };
  const system = await admin(made.systemAdministrator);
  const security = await admin(made.securityAdministrator);
  const bodies: Record<string, string> = {};
  for (const [name, body] of Object.entries(BODIES)) {
    bodies[name] = (await system.does('/organisations', body)).organisationId;
  }
  const people: Record<string, Person> = { system, security };
  for (const [login, { role, body }] of Object.entries(PEOPLE)) {
    const account = await system.does('/users', {
      login: login.toLowerCase(),
      name: login,
      region: BODIES[body]!.region,
      organisationId: bodies[body],
    });
    await security.does(`/users/${account.userId}/roles`, { role, version: account.version });
    const person = new Person(opened, login.toLowerCase(), account.firstPassword, account.userId);
    await person.changePassword(PASSWORD);
    people[login] = person;
  }
  return { people, bodies };
}
