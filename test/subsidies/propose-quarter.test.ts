/** Proposing a quarter: every loan with interest gets its claim; once; after the settlement day; by the county. */
import type { Actor } from '../../src/platform/authority';
import { isAppendOnlyViolation, isCheckViolation } from '../../src/platform/db/errors';
import { proposeQuarter } from '../../src/subsidies';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  afterQuarter,
  COUNTY,
  expectLawful,
  firstDay,
  lastDay,
  lend,
  lendFor,
  OTHER_BANK,
  OTHER_VILLAGE,
  officer,
  openLending,
  quarter,
  refusedUnchanged,
  repaid,
  settle,
  trio,
  VILLAGE,
} from './lending';

describeEachDatabase('Proposing the subsidy of a quarter', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openLending(open);
  }, 60_000);

  const propose = (periodCode: string, by: Actor = trio(county).proposer) =>
    county.do(by, proposeQuarter, quarter(periodCode));
  const refused = (periodCode: string, by?: Actor) =>
    refusedUnchanged(county, () => propose(periodCode, by));

  test('a full quarter of 50,000 at 4.75 % is 606.94', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-20', termMonths: 4 });
    await settle(county, '2018-06-20', [loan]);
    await settle(county, '2018-09-20', [loan]);
    afterQuarter(county, '2018Q3');
    expect(await propose('2018Q3')).toMatchObject({
      ...{ county: COUNTY, periodCode: '2018Q3', from: '2018-06-21', to: '2018-09-20' },
      ...{ state: 'proposed', stateName: '待审批', claimCount: 1 },
      ...{ interest: '606.94', subsidised: '606.94', excluded: '0.00', version: 2 },
    });
    await expectLawful(county);
  });

  test('every loan is there, subsidised or excluded with its reason', async () => {
    await lendFor(
      county,
      '2017Q3',
      {},
      { status: 'MARGINAL' },
      { principal: '80000', bankId: OTHER_BANK, village: OTHER_VILLAGE },
      { termMonths: 1 },
    );
    // 92 days whole; the same for a household not on the list; five eighths of 971.11; 30 days.
    expect(await propose('2017Q3')).toMatchObject({
      ...{ claimCount: 4, interest: '2382.91', subsidised: '1411.80', excluded: '971.11' },
    });
    const rows = await county.platform.db
      .reader()
      .rows<{ reason: string; amount_fen: number }>(
        "SELECT reason, amount_fen FROM subsidy_exclusion WHERE period_code = '2017Q3' ORDER BY reason",
      );
    expect(rows.map(({ reason, amount_fen }) => [reason, amount_fen])).toEqual([
      ['NOT_ON_LIST', 60_694],
      ['OVER_CEILING', 36_417],
    ]);
    await expectLawful(county);
  });

  test('a repayment in the quarter is followed day by day', async () => {
    const loan = await lend(county, { disbursedOn: firstDay('2019Q3'), termMonths: 3 });
    county.clock.set('2019-08-01');
    await repaid(county, loan, '20270.49', '2019-08-01');
    await settle(county, lastDay('2019Q3'), [loan]);
    afterQuarter(county, '2019Q3');
    // 41 days on 50,000 and 51 days on 30,000 at 4.75 %: 472.36, rounded once.
    expect(await propose('2019Q3')).toMatchObject({ interest: '472.36', subsidised: '472.36' });
    await expectLawful(county);
  });

  test('is refused before the quarter is over, without interest, and while a loan is not settled', async () => {
    const loan = await lend(county, { disbursedOn: firstDay('2017Q1'), termMonths: 3 });
    county.clock.set(lastDay('2017Q1'));
    expect(await refused('2017Q1')).toBe('subsidies.quarter-running');
    expect(await refused('2016Q4')).toBe('subsidies.nothing-to-subsidise');
    afterQuarter(county, '2017Q1');
    expect(await refused('2017Q1')).toBe('subsidies.not-settled');
    // Interest booked by a repayment on the way is not interest to the end.
    county.clock.set('2017-02-01');
    await repaid(county, loan, '20000.00', '2017-02-01');
    afterQuarter(county, '2017Q1');
    expect(await refused('2017Q1')).toBe('subsidies.not-settled');
  });

  test('is refused a second time, also at the same moment', async () => {
    await lendFor(county, '2017Q2', {});
    const both = await Promise.allSettled([propose('2017Q2'), propose('2017Q2')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refused('2017Q2')).toBe('subsidies.already-proposed');
  });

  test('is refused to others, elsewhere, and for what is no county or quarter', async () => {
    await lendFor(county, '2017Q4', {});
    expect(await refused('2017Q4', trio(county).approver)).toBe('platform.not-permitted');
    const permissions = ['subsidies.propose'];
    const clerk = county.actor({ permissions, region: VILLAGE });
    expect(await refused('2017Q4', clerk)).toBe('platform.absent');
    const stranger = county.actor({ permissions, region: '450226000000' });
    expect(await refused('2017Q4', stranger)).toBe('platform.absent');
    const own = officer(county, 'poverty-office', ...permissions);
    const odd = (input: object) =>
      refusedUnchanged(county, () => county.do(own, proposeQuarter, input));
    expect(await odd({ county: VILLAGE, periodCode: '2017Q4' })).toBe('identity.region-unknown');
    expect(await odd(quarter('2017Q5'))).toBe('platform.invalid-input');
  });

  test('what a claim says is never changed, and the database itself keeps sums and people apart', async () => {
    await lendFor(county, '2018Q1', {});
    await propose('2018Q1');
    const attempt = (sql: string) =>
      county.system((work) => work.tx.exec(sql)).catch((error: unknown) => error);
    const changed = await attempt('UPDATE subsidy_claim SET subsidised_fen = 0');
    expect(isAppendOnlyViolation(changed)).toBe(true);
    const odd = await attempt('UPDATE subsidy_run SET subsidised_fen = subsidised_fen - 1');
    expect(isCheckViolation(odd)).toBe(true);
    const alone = await attempt(
      "UPDATE subsidy_run SET state = 'approved', approved_by = proposed_by",
    );
    expect(isCheckViolation(alone)).toBe(true);
  });
});
