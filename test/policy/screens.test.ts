/** The screens of the rules: what holds, what was, what waits, and who may see it. */

import { loadPolicyFiles } from '../../src/policy';
import { proposeChange } from '../../src/policy/propose-change';
import {
  listParameters,
  listProposals,
  parameterHistory,
  ruleAsOf,
} from '../../src/policy/screens.queries';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { COUNTY, enact, NATION, type Office, openOffice, proposal, VILLAGE } from './office';

describeEachDatabase('reading the rules', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
    await loadPolicyFiles(office.county.platform, { parameters: ['rates.benchmark'] });
    await enact(office, { effectiveFrom: '2018-01-01' });
    const { county } = office;
    const other = {
      ...office,
      drafter: county.actor({ permissions: ['policy.propose'], region: PLACES.otherCounty }),
      approver: county.actor({ permissions: ['policy.confirm'], region: PLACES.otherCounty }),
    };
    await enact(office, { region: PLACES.otherCounty, effectiveFrom: '2018-01-01' }, other);
    await county.do(office.drafter, proposeChange, proposal({ value: { lengthDays: 8 } }));
  });

  test('the list tells what rules today in the own county and what waits', async () => {
    const { items } = await office.county.ask(office.drafter, listParameters);
    const of = (key: string) => items.find((item) => item.parameter === key);
    expect(of('toys.length')).toMatchObject({
      title: '玩具期限',
      inForce: { region: COUNTY, effectiveFrom: '2018-01-01', provisional: false },
      proposed: 1,
    });
    expect(of('rates.benchmark')).toMatchObject({
      inForce: { rowId: 'benchmark-2015-10-24', region: NATION },
      proposed: 0,
    });
    expect(of('rates.lpr')).toMatchObject({ inForce: null });
  });

  test('the history tells who proposed and who confirmed, newest first, page by page', async () => {
    const input = { parameter: 'toys.length', size: 1 };
    const first = await office.county.ask(office.drafter, parameterHistory, input);
    const next = { ...input, after: first.next };
    const second = await office.county.ask(office.drafter, parameterHistory, next);
    expect(first.items[0]).toMatchObject({
      state: 'proposed',
      value: { lengthDays: 8 },
      origin: 'act',
      proposed: { name: '经办人' },
      confirmed: null,
    });
    expect(second.items[0]).toMatchObject({
      state: 'in-force',
      proposed: { id: office.drafter.id, name: '经办人', at: '2018-03-01T09:00:00.000+08:00' },
      confirmed: { id: office.approver.id, name: '审批人' },
    });
    expect(second.next).toBeNull();
  });

  test('a village sees the rows of its county and of the country, another county does not', async () => {
    const read = { permissions: ['policy.read'] };
    const ask = async (region: string, parameter: string) => {
      const actor = office.county.actor({ ...read, region });
      const { items } = await office.county.ask(actor, parameterHistory, { parameter });
      return new Set(items.map((item) => item.region));
    };
    expect(await ask(VILLAGE, 'toys.length')).toEqual(new Set([COUNTY]));
    expect(await ask(VILLAGE, 'rates.benchmark')).toEqual(new Set([NATION]));
    expect(await ask(PLACES.otherCounty, 'toys.length')).toEqual(new Set([PLACES.otherCounty]));
    expect(await ask(NATION, 'toys.length')).toEqual(new Set([COUNTY, PLACES.otherCounty]));
  });

  test('what waits is listed with the digest that a confirmation must carry', async () => {
    const { items } = await office.county.ask(office.approver, listProposals);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ parameter: 'toys.length', state: 'proposed' });
    expect(items[0]?.contentDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a rule as of a date is told for the own places and those above', async () => {
    const ask = (region: string, date = '2018-06-01') =>
      office.county.ask(office.drafter, ruleAsOf, { parameter: 'toys.length', region, date });
    expect(await ask(VILLAGE)).toMatchObject({ region: COUNTY, value: { lengthDays: 5 } });
    expect(await office.county.refusal(ask(NATION))).toBe('policy.no-row-in-force');
    expect(await office.county.refusal(ask(VILLAGE, '2017-12-31'))).toBe('policy.no-row-in-force');
    expect(await office.county.refusal(ask(PLACES.otherCounty))).toBe('platform.absent');
  });

  test('without the permission nothing is told', async () => {
    const clerk = office.county.actor({ permissions: ['loans.read'] });
    const refused = (attempt: Promise<unknown>) => office.county.refusal(attempt);
    const list = office.county.ask(clerk, listParameters);
    expect(await refused(list)).toBe('platform.not-permitted');
    const waiting = office.county.ask(clerk, listProposals);
    expect(await refused(waiting)).toBe('platform.not-permitted');
    const input = { parameter: 'toys.none' };
    const unknown = office.county.ask(office.drafter, parameterHistory, input);
    expect(await refused(unknown)).toBe('policy.parameter-unknown');
  });
});
