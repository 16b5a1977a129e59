/** Proposing a rule: what may be proposed, by whom, where, and that nothing holds until it is confirmed. */

import { businessDate } from '../../src/platform/dates';
import { policyAsOf } from '../../src/policy';
import { proposeChange } from '../../src/policy/propose-change';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  COUNTY,
  enact,
  GUANGXI,
  lengthRule,
  NATION,
  type Office,
  openOffice,
  proposal,
  TABLES,
} from './office';

describeEachDatabase('proposing a rule', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
    await enact(office, { effectiveFrom: '2018-01-01', effectiveTo: '2018-03-31' });
    await enact(office, { effectiveFrom: '2018-05-01' });
  });

  const propose = (changes: object = {}, actor = office.drafter) =>
    office.county.do(actor, proposeChange, proposal(changes));
  const refused = async (changes: object, actor = office.drafter) => {
    const before = await office.county.snapshot(...TABLES);
    const code = await office.county.refusal(propose(changes, actor));
    expect(await office.county.snapshot(...TABLES)).toBe(before);
    return code;
  };

  test('keeps it as a proposal that does not hold yet', async () => {
    const done = await propose({ effectiveFrom: '2018-06-01', value: { lengthDays: 8 } });
    expect(done).toMatchObject({ state: 'proposed' });
    expect(done.contentDigest).toMatch(/^[0-9a-f]{64}$/);
    const sql = office.county.platform.db.reader();
    const date = businessDate('2018-06-01');
    const rule = await policyAsOf(sql, lengthRule, { region: COUNTY, date });
    expect(rule.value.lengthDays).toBe(5);
  });

  test('may fill a gap, start later, or stand for a place below', async () => {
    await propose({ effectiveFrom: '2018-04-01', effectiveTo: '2018-04-30' });
    await propose({ effectiveFrom: '2019-01-01' });
    await propose({ region: '450328100000', effectiveFrom: '2018-03-01' });
  });

  test.each([
    ['a parameter nobody declared', { parameter: 'toys.none' }, 'policy.parameter-unknown'],
    ['a value of another shape', { value: { lengthDays: 0 } }, 'platform.invalid-input'],
    ['a value with a field too many', { value: { lengthDays: 5, x: 1 } }, 'platform.invalid-input'],
    ['no source', { source: ' ' }, 'platform.invalid-input'],
    ['no real date', { effectiveFrom: '2018-02-30' }, 'platform.invalid-input'],
    ['a field nobody knows', { note: 'x' }, 'platform.invalid-input'],
    ['an end before the start', { effectiveTo: '2018-03-31' }, 'policy.ends-before-start'],
    ['a start in the past, unsaid', { effectiveFrom: '2018-02-28' }, 'policy.retroactive'],
    ['the first day of another row', { effectiveFrom: '2018-05-01' }, 'policy.dates-overlap'],
    [
      'days of a row in force',
      { effectiveFrom: '2018-03-15', effectiveTo: '2018-04-15' },
      'policy.dates-overlap',
    ],
    ['an open end before another row', { effectiveFrom: '2018-04-01' }, 'policy.dates-overlap'],
  ])('is refused with %s', async (_, changes, code) => {
    expect(await refused(changes)).toBe(code);
  });

  test('names the field of a wrong value', async () => {
    const attempt = propose({ effectiveFrom: '2019-02-01', value: { lengthDays: 91 } });
    await expect(attempt).rejects.toMatchObject({
      info: { fields: [{ field: 'value.lengthDays', reason: '不得大于 90' }] },
    });
  });

  test('is refused without the permission, and for places that are not covered', async () => {
    const clerk = office.county.actor({ permissions: ['policy.read'] });
    expect(await refused({}, clerk)).toBe('platform.not-permitted');
    const later = { effectiveFrom: '2019-03-01' };
    expect(await refused({ ...later, region: NATION })).toBe('platform.absent');
    expect(await refused({ ...later, region: GUANGXI })).toBe('platform.absent');
    expect(await refused({ ...later, region: PLACES.otherCounty })).toBe('platform.absent');
  });
});
