/**
 * A small county in a database, made by acts before the process under test is started: a bank, the fund's company,
 * the finance bureau, their people with passwords, and running loans to repay.
 */

import { migrations } from '../../migrations';
import { allEntities, openService } from '../../src/app';
import {
  actorById,
  bootstrap,
  changePassword,
  createUser,
  grantRole,
  registerOrganisation,
} from '../../src/identity';
import { type AnyAct, perform } from '../../src/platform/act';
import { type Actor, type OrganisationKind, SYSTEM_ACTOR } from '../../src/platform/authority';
import { realClock } from '../../src/platform/clock';
import { type Config, readConfig } from '../../src/platform/config';
import { openDatabase } from '../../src/platform/db/database';
import { openLog } from '../../src/platform/log';
import { lend } from '../subsidies/lending';
import { openCounty } from '../support/county';

export const COUNTY = '450328000000';
const PASSWORD = 'Longsheng-2018!';

/** Role, kind of body and login of everybody. */
const PEOPLE = {
  banker: ['bank-officer', 'bank'],
  company: ['platform-company-officer', 'platform-company'],
  finance: ['finance-officer', 'finance-bureau'],
  inspector: ['discipline-inspector', 'inspection'],
} as const satisfies Record<string, readonly [string, OrganisationKind]>;

/** The office: logins (all with one password), the bank and its loans. */
export interface Office {
  logins: Record<keyof typeof PEOPLE, string>;
  password: string;
  bankId: string;
  loanIds: string[];
}

/** Settings under which the test itself opens the service beside the process. */
export function testConfig(url: string) {
  return readConfig({
    XINFU_MODE: 'test',
    XINFU_DEMO: 'false',
    XINFU_SCHEDULER: 'false',
    DATABASE_URL: url,
  });
}

/**
 * Makes the database and its people; `loans` running loans of 2018.
 * @param config under which it is done, because its keys seal what is written (loans take the development's).
 */
export async function settleOffice(
  url: string,
  loans: number,
  config: Config = testConfig(url),
): Promise<Office> {
  const service = await openService({
    config,
    clock: realClock(),
    log: openLog('silent'),
  });
  const { platform } = service;
  let requests = 0;
  // biome-ignore lint/suspicious/noExplicitAny: answers of several acts, each with its own fields.
  const does = async (act: AnyAct, input: object, actor: Actor = SYSTEM_ACTOR): Promise<any> => {
    requests += 1;
    return (await perform(platform, act, { actor, input, requestId: `office-${requests}` })).answer;
  };
  await bootstrap(platform, {
    county: COUNTY,
    systemAdministrator: { login: 'sysadmin', name: '系统管理员' },
    securityAdministrator: { login: 'secadmin', name: '安全管理员' },
  });
  let bankId = '';
  const logins: Record<string, string> = {};
  for (const [login, [role, kind]] of Object.entries(PEOPLE)) {
    const region = COUNTY;
    const { organisationId } = await does(registerOrganisation, {
      name: `机构${kind}`,
      kind,
      region,
    });
    if (kind === 'bank') bankId = organisationId;
    const user = await does(createUser, { login, name: `人员${login}`, region, organisationId });
    const { userId, version, firstPassword } = user;
    await does(grantRole, { userId, role, version });
    const actor = await actorById(platform.db.reader(), userId);
    const passwords = { currentPassword: firstPassword, newPassword: PASSWORD };
    await does(changePassword, passwords, actor as Actor);
    logins[login] = login;
  }
  await service.seal();
  await service.close();
  const loanIds = await lendOut(url, bankId, loans);
  return { logins: logins as Office['logins'], password: PASSWORD, bankId, loanIds };
}

async function lendOut(url: string, bankId: string, count: number): Promise<string[]> {
  if (count === 0) return [];
  const open = () => openDatabase({ url, entities: allEntities, migrations });
  const county = await openCounty(open, '2018-06-20');
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    ids.push((await lend(county, { disbursedOn: '2018-06-20', bankId })).id);
  }
  await county.close();
  return ids;
}
