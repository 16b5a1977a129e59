/** 年审 by hand: of lines that wait for it only, with one of four outcomes. */
import { reviewLine } from '../../src/credit/review-line';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, lastPeriod, openLines, refused, townsman } from './lines';

describeEachDatabase('Reviewing a line by hand', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
    county.clock.set('2019-03-01');
  });
  const review = (changes: object, actor = banker(county, 'credit.review-line')) =>
    county.do(actor, reviewLine, { householdId, reason: '年审', ...changes });
  const dueOn = async () => {
    const row = await county.platform.db
      .reader()
      .one<{ dueOn: string | null }>(
        'SELECT review_due_on AS dueOn FROM credit_line WHERE household_id = :householdId',
        { householdId },
      );
    return row?.dueOn ?? null;
  };

  test('kept, the line is due again a year later', async () => {
    expect(await review({ outcome: 'keep' })).toMatchObject({ total: '40000.00', reRate: false });
    expect(await dueOn()).toBe('2020-03-01');
    expect(await refused(county, () => review({ outcome: 'keep' }))).toBe('credit.review-not-due');
  });

  test('lowered, to less than there is', async () => {
    expect(await refused(county, () => review({ outcome: 'lower' }))).toBe('credit.line-not-lower');
    const high = { outcome: 'lower', total: '40000.00' };
    expect(await refused(county, () => review(high))).toBe('credit.line-not-lower');
    const done = await review({ outcome: 'lower', total: '30000.00' });
    expect(done).toMatchObject({ state: 'in-force', total: '30000.00' });
    expect(await lastPeriod(county, householdId)).toMatchObject({ cause: 'REVIEW' });
  });

  test('cancelled, nothing is due any more', async () => {
    expect(await review({ outcome: 'cancel' })).toMatchObject({ state: 'cancelled' });
    expect(await dueOn()).toBeNull();
  });

  test('to be rated again, it stays until then', async () => {
    expect(await review({ outcome: 're-rate' })).toMatchObject({
      state: 'in-force',
      total: '40000.00',
      reRate: true,
    });
  });

  test('a total comes with lowering only', async () => {
    const odd = { outcome: 'keep', total: '30000.00' };
    expect(await refused(county, () => review(odd))).toBe('credit.line-not-lower');
  });

  test('before its day, or without permission, it is refused', async () => {
    county.clock.set('2019-02-28');
    expect(await refused(county, () => review({ outcome: 'keep' }))).toBe('credit.review-not-due');
    const clerk = townsman(county, 'credit.read');
    expect(await refused(county, () => review({ outcome: 'keep' }, clerk))).toBe(
      'platform.not-permitted',
    );
  });
});
