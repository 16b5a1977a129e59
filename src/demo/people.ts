/**
 * The demonstration's people: invented officers of real bodies, at least one for each role, made as in life — two
 * administrators make the accounts and grant the roles, and everybody changes the first password.
 */
import { bootstrap } from '../identity';
import type { Actor, OrganisationKind } from '../platform/authority';
import { DEMO_PLACES } from './places';
import type { Stage } from './stage';

/** Known to everybody who can read this; production refuses to start with the demonstration. */
export const DEMO_PASSWORD = 'Xinfu-demo-2026';

interface DemoBody {
  name: string;
  kind: OrganisationKind;
  region: string;
}

const { county, township, village } = DEMO_PLACES;

const BODIES: Record<string, DemoBody> = {
  village: { name: '龙胜镇都坪村民委员会(演示)', kind: 'village', region: village },
  township: { name: '龙胜镇人民政府(演示)', kind: 'township', region: township },
  poverty: { name: '龙胜各族自治县扶贫办(演示)', kind: 'poverty-office', region: county },
  finance: { name: '龙胜各族自治县财政局(演示)', kind: 'finance-bureau', region: county },
  company: { name: '龙胜扶贫开发平台公司(演示)', kind: 'platform-company', region: county },
  bank: { name: '龙胜农村商业银行(演示)', kind: 'bank', region: county },
  inspection: { name: '龙胜各族自治县纪委监委(演示)', kind: 'inspection', region: county },
};

/** One account: login, name, role and body. `shown` accounts stand in the table at start, one per role. */
interface DemoPerson {
  name: string;
  role: string;
  body: keyof typeof BODIES;
  title: string;
  shown: boolean;
}

const PEOPLE: Record<string, DemoPerson> = {
  village: {
    name: '潘小云',
    role: 'village-worker',
    body: 'village',
    title: '村级协办员',
    shown: true,
  },
  village2: {
    name: '粟大山',
    role: 'village-worker',
    body: 'village',
    title: '村级协办员',
    shown: false,
  },
  village3: {
    name: '蒙秀英',
    role: 'village-worker',
    body: 'village',
    title: '村级协办员',
    shown: false,
  },
  appraiser: {
    name: '石桂兰',
    role: 'village-appraiser',
    body: 'village',
    title: '评议员',
    shown: true,
  },
  township: {
    name: '吴志强',
    role: 'township-officer',
    body: 'township',
    title: '乡镇经办',
    shown: true,
  },
  township2: {
    name: '石玉兰',
    role: 'township-officer',
    body: 'township',
    title: '乡镇经办',
    shown: false,
  },
  county: { name: '韦国华', role: 'county-officer', body: 'poverty', title: '县经办', shown: true },
  county2: {
    name: '黄丽芳',
    role: 'county-officer',
    body: 'poverty',
    title: '县经办',
    shown: false,
  },
  approver: {
    name: '李建平',
    role: 'county-approver',
    body: 'poverty',
    title: '县审批',
    shown: true,
  },
  bank: { name: '谭小军', role: 'bank-officer', body: 'bank', title: '信贷员', shown: true },
  bank2: { name: '苏晓梅', role: 'bank-officer', body: 'bank', title: '信贷员', shown: false },
  banker: { name: '廖永福', role: 'bank-approver', body: 'bank', title: '银行审批', shown: true },
  banker2: { name: '农小燕', role: 'bank-approver', body: 'bank', title: '银行审批', shown: false },
  finance: {
    name: '杨秀珍',
    role: 'finance-officer',
    body: 'finance',
    title: '财政经办',
    shown: true,
  },
  company: {
    name: '周明辉',
    role: 'platform-company-officer',
    body: 'company',
    title: '平台公司经办',
    shown: true,
  },
  inspector: {
    name: '白正刚',
    role: 'discipline-inspector',
    body: 'inspection',
    title: '纪检监察员',
    shown: true,
  },
};

const ADMINISTRATORS = [
  ['sysadmin', '系统管理员'],
  ['secadmin', '安全管理员'],
] as const;

/** The table of accounts that is printed at start. */
export function accountsTable(): string {
  const shown = Object.entries(PEOPLE).filter(([, person]) => person.shown);
  const rows = [
    ...shown.map(([login, person]) => [login, person.title, person.role]),
    ...ADMINISTRATORS.map(([login, title]) => [
      login,
      title,
      title === '系统管理员' ? 'system-administrator' : 'security-administrator',
    ]),
  ];
  const lines = rows.map(
    ([login, title, role]) => `  ${login!.padEnd(12)}${role!.padEnd(28)}${title}`,
  );
  return [
    '',
    `演示账号 / demonstration accounts(密码 / password: ${DEMO_PASSWORD})`,
    ...lines,
    '',
    '',
  ].join('\n');
}

/** The actors of the demonstration, by login, as sign-in would make them. */
export type Cast = Record<string, Actor>;

/** Makes bodies and accounts. Returns the cast and the id of the bank. */
export async function settlePeople(stage: Stage): Promise<{ cast: Cast; bankId: string }> {
  const { platform } = stage;
  const [system, security] = await administrators(stage);
  const ids: Record<string, string> = {};
  for (const [key, body] of Object.entries(BODIES)) {
    const made = await stage.act<{ organisationId: string }>(
      system,
      'identity.register-organisation',
      body,
    );
    ids[key] = made.organisationId;
  }
  const cast: Cast = {};
  for (const [login, person] of Object.entries(PEOPLE)) {
    const made = await stage.act<{ userId: string; firstPassword: string; version: number }>(
      system,
      'identity.create-user',
      {
        login,
        name: person.name,
        region: BODIES[person.body]!.region,
        organisationId: ids[person.body],
      },
    );
    const { userId, version, firstPassword } = made;
    await stage.act(security, 'identity.grant-role', { userId, role: person.role, version });
    cast[login] = await enter(stage, userId, firstPassword);
  }
  platform.log.info({ accounts: Object.keys(PEOPLE).length + 2 }, 'demonstration accounts made');
  return { cast, bankId: ids.bank! };
}

async function administrators(stage: Stage): Promise<[Actor, Actor]> {
  const [[systemLogin, systemName], [securityLogin, securityName]] = ADMINISTRATORS;
  const made = await bootstrap(stage.platform, {
    county,
    systemAdministrator: { login: systemLogin, name: systemName },
    securityAdministrator: { login: securityLogin, name: securityName },
  });
  const { systemAdministrator: first, securityAdministrator: second } = made;
  const system = await enter(stage, first.userId, first.firstPassword);
  return [system, await enter(stage, second.userId, second.firstPassword)];
}

/** Changes the first password, as everybody must, and returns the actor with the rights of the post. */
async function enter(stage: Stage, userId: string, firstPassword: string): Promise<Actor> {
  const before = await stage.actor(userId);
  await stage.act(before, 'identity.change-password', {
    currentPassword: firstPassword,
    newPassword: DEMO_PASSWORD,
  });
  return stage.actor(userId);
}
