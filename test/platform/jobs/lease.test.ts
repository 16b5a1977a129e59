/** Leases: exactly one holder, tokens that only grow, and what is given up is free at once. On both databases. */
import { holdLease, releaseLeases } from '../../../src/platform/jobs/lease';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

describeEachDatabase('Leases', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  afterAll(() => county.close());

  const hold = (name: string, holder: string, now: number) =>
    county.platform.db.inTransaction((tx) => holdLease(tx, name, holder, now, 1000));

  test('when many instances ask at once, then one gets it', async () => {
    const holders = Array.from({ length: 12 }, (_, at) => `instance-${at}`);
    const tokens = await Promise.all(holders.map((holder) => hold('crowd', holder, 5000)));
    expect(tokens.filter((token) => token !== null)).toEqual([1]);
  });

  test('when it is renewed, taken after its end, or given up, then the token grows', async () => {
    expect(await hold('one', 'a', 1000)).toBe(1);
    expect(await hold('one', 'b', 1500)).toBeNull();
    expect(await hold('one', 'a', 1900)).toBe(2);
    expect(await hold('one', 'b', 2800)).toBeNull();
    expect(await hold('one', 'b', 2901)).toBe(3);
    await county.platform.db.inTransaction((tx) => releaseLeases(tx, 'b'));
    expect(await hold('one', 'a', 2902)).toBe(4);
  });
});
