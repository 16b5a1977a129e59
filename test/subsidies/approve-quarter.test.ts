/** Approving a quarter: by another person, the very list that was seen, once. */
import type { Actor } from '../../src/platform/authority';
import { approveQuarter } from '../../src/subsidies';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  lendFor,
  officer,
  openLending,
  quarter,
  quarterTo,
  refusedUnchanged,
  type Trio,
  trio,
} from './lending';

describeEachDatabase('Approving the subsidy of a quarter', (open) => {
  let county: County;
  let people: Trio;

  beforeAll(async () => {
    county = await openLending(open);
    people = trio(county);
  }, 60_000);

  const approve = (periodCode: string, contentDigest: string, by: Actor = people.approver) =>
    county.do(by, approveQuarter, { ...quarter(periodCode), contentDigest });
  const refused = (periodCode: string, contentDigest: string, by?: Actor) =>
    refusedUnchanged(county, () => approve(periodCode, contentDigest, by));

  test('another person approves what was seen, once', async () => {
    await lendFor(county, '2016Q3', {}, {});
    const run = await quarterTo(county, people, '2016Q3');
    expect(await approve('2016Q3', run.contentDigest)).toMatchObject({
      ...{ state: 'approved', stateName: '待支付', approvedBy: people.approver.id },
      ...{ approvedOn: '2016-09-21', proposedBy: people.proposer.id, subsidised: '1213.88' },
    });
    expect(await refused('2016Q3', run.contentDigest)).toBe('subsidies.not-proposed');
  });

  test('is refused to the proposer, without the permission and elsewhere', async () => {
    await lendFor(county, '2016Q4', {});
    const both = officer(county, 'poverty-office', 'subsidies.propose', 'subsidies.approve');
    const run = await quarterTo(county, { ...people, proposer: both }, '2016Q4');
    expect(await refused('2016Q4', run.contentDigest, both)).toBe('subsidies.proposer-approves');
    expect(await refused('2016Q4', run.contentDigest, people.payer)).toBe('platform.not-permitted');
    const permissions = ['subsidies.approve'];
    const stranger = county.actor({ permissions, region: '450226000000' });
    expect(await refused('2016Q4', run.contentDigest, stranger)).toBe('platform.absent');
  });

  test('is refused for another list than the one that stands, and for none', async () => {
    await lendFor(county, '2017Q1', {});
    await quarterTo(county, people, '2017Q1');
    expect(await refused('2017Q1', '0'.repeat(64))).toBe('subsidies.content-changed');
    expect(await refused('2017Q2', '0'.repeat(64))).toBe('subsidies.run-absent');
    expect(await refused('2017Q1', 'seen')).toBe('platform.invalid-input');
  });

  test('two approvers at the same moment: one approves', async () => {
    await lendFor(county, '2017Q3', {});
    const run = await quarterTo(county, people, '2017Q3');
    const others = [1, 2, 3].map(() => officer(county, 'poverty-office', 'subsidies.approve'));
    const tries = others.map((one) => approve('2017Q3', run.contentDigest, one));
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
