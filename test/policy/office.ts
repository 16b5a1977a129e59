/** What the tests of the rules share: a county office with a drafter and an approver, and a small parameter. */
import { Platform1767200000001 } from '../../migrations/1767200000001-platform';
import { Policy1767200000004 } from '../../migrations/1767200000004-policy';
import type { Actor } from '../../src/platform/authority';
import { Joi } from '../../src/platform/shape';
import { defineParameter, policyEntities } from '../../src/policy';
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { type County, openCounty, PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';

export const NATION = '000000000000';
export const GUANGXI = '450000000000';
export const COUNTY = PLACES.county;
export const VILLAGE = '450328100201';

/** A rule as simple as can be: how many days something lasts. */
export const lengthRule = defineParameter<{ lengthDays: number; names?: string[] }>({
  key: 'toys.length',
  title: '玩具期限',
  schema: Joi.object({
    lengthDays: Joi.number().integer().min(1).max(90).required(),
    names: Joi.array().items(Joi.string()).optional(),
  }),
  fits: ({ lengthDays }, { region }) =>
    region === GUANGXI && lengthDays > 30 ? '自治区不得超过 30 天' : null,
});

/** A county office. */
export interface Office {
  county: County;
  drafter: Actor;
  approver: Actor;
}

/** Opens an office on 2018-03-01. `poolSize`: connections to MySQL. */
export async function openOffice(open: OpenTest, poolSize?: number): Promise<Office> {
  const county = await openCounty(() =>
    open({
      entities: policyEntities,
      migrations: [Platform1767200000001, Policy1767200000004],
      poolSize,
    }),
  );
  return {
    county,
    drafter: county.actor({ permissions: ['policy.propose', 'policy.read'], name: '经办人' }),
    approver: county.actor({
      permissions: ['policy.propose', 'policy.confirm', 'policy.read'],
      name: '审批人',
    }),
  };
}

/** A lawful proposal; each test changes what it is about. */
export function proposal(changes: object = {}) {
  return {
    parameter: 'toys.length',
    region: COUNTY,
    effectiveFrom: '2018-04-01',
    effectiveTo: null,
    source: '龙胜县扶贫办〔2018〕1号,2018-03-01',
    provisional: false,
    value: { lengthDays: 5 },
    ...changes,
  };
}

/** Puts a row in force by two people and returns its id. */
export async function enact(office: Office, changes: object = {}, by = office): Promise<string> {
  const input = { retroactive: true, ...proposal(changes) };
  const { rowId, contentDigest } = await office.county.do(by.drafter, proposeChange, input);
  await office.county.do(by.approver, confirmChange, { rowId, contentDigest });
  return rowId;
}

export const TABLES = ['policy_row', 'policy_line'];
