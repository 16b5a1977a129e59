/** Proposing a quarter: every loan with interest gets its claim; once; after the settlement day; by the county. */
import { isAppendOnlyViolation, isCheckViolation } from '../../src/platform/db/errors';
import { proposeQuarter } from '../../src/subsidies';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  COUNTY,
  expectLawful,
  lend,
  OTHER_BANK,
  OTHER_VILLAGE,
  openLending,
  officer,
  QUARTER,
  repaid,
  settle,
  TABLES,
  trio,
  VILLAGE,
} from './lending';

describeEachDatabase('Proposing the subsidy of a quarter', (open) => {
  let county: County;

  beforeEach(async () => {
    county = await openLending(open);
  });

  const propose = (input: object = QUARTER) =>
    county.do(trio(county).proposer, proposeQuarter, input);

  async function refusedUnchanged(attempt: () => Promise<unknown>): Promise<string> {
    const before = await county.snapshot(...TABLES);
    const code = await county.refusal(attempt());
    expect(await county.snapshot(...TABLES)).toBe(before);
    return code;
  }

  test('a full quarter of 50,000 at 4.75 % is 606.94', async () => {
    const loan = await lend(county);
    await settle(county, '2018-06-20', [loan]);
    await settle(county, '2018-09-20', [loan]);
    expect(await propose()).toMatchObject({
      ...{ county: COUNTY, periodCode: '2018Q3', from: '2018-06-21', to: '2018-09-20' },
      ...{ state: 'proposed', stateName: '待审批', claimCount: 1 },
      ...{ interest: '606.94', subsidised: '606.94', excluded: '0.00', version: 2 },
    });
    await expectLawful(county);
  });

  test('every loan is there, subsidised or excluded with its reason', async () => {
    const plain = await lend(county, { disbursedOn: '2018-06-21' });
    const marginal = await lend(county, { disbursedOn: '2018-06-21', status: 'MARGINAL' });
    const big = await lend(county, {
      ...{ disbursedOn: '2018-06-21', principal: '80000', bankId: OTHER_BANK },
      village: OTHER_VILLAGE,
    });
    const short = await lend(county, { disbursedOn: '2018-06-21', termMonths: 1 });
    await settle(county, '2018-09-20', [plain, marginal, big, short]);
    // 92 days whole; the same for the household not on the list; five eighths of 971.11; 30 days.
    expect(await propose()).toMatchObject({
      ...{ claimCount: 4, interest: '2382.91', subsidised: '1411.80', excluded: '971.11' },
    });
    const rows = await county.platform.db
      .reader()
      .rows<{ reason: string; amount_fen: number }>(
        'SELECT reason, amount_fen FROM subsidy_exclusion ORDER BY reason',
      );
    expect(rows.map(({ reason, amount_fen }) => [reason, amount_fen])).toEqual([
      ['NOT_ON_LIST', 60_694],
      ['OVER_CEILING', 36_417],
    ]);
    await expectLawful(county);
  });

  test('a repayment in the quarter is followed day by day', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-21' });
    county.clock.set('2018-08-01');
    await repaid(county, loan, '20270.49', '2018-08-01');
    county.clock.set('2018-09-21');
    await settle(county, '2018-09-20', [loan]);
    // 41 days on 50,000 and 51 days on 30,000 at 4.75 %: 472.36, rounded once.
    expect(await propose()).toMatchObject({ interest: '472.36', subsidised: '472.36' });
    await expectLawful(county);
  });

  test('more loans than a page are proposed whole', async () => {
    const loans = [];
    for (let n = 0; n < 7; n += 1) loans.push(await lend(county, { disbursedOn: '2018-06-21' }));
    await settle(county, '2018-09-20', loans);
    expect(await propose()).toMatchObject({ claimCount: 7, subsidised: '4248.58' });
  });

  test('is refused before the quarter is over, without interest, and while a loan is not settled', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-21' });
    county.clock.set('2018-09-20');
    expect(await refusedUnchanged(propose)).toBe('subsidies.quarter-running');
    county.clock.set('2018-09-21');
    expect(await refusedUnchanged(propose)).toBe('subsidies.nothing-to-subsidise');
    county.clock.set('2018-08-01');
    await repaid(county, loan, '20000.00', '2018-08-01');
    county.clock.set('2018-09-21');
    expect(await refusedUnchanged(propose)).toBe('subsidies.not-settled');
  });

  test('is refused a second time, also at the same moment', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-21' });
    await settle(county, '2018-09-20', [loan]);
    const both = await Promise.allSettled([propose(), propose()]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusedUnchanged(propose)).toBe('subsidies.already-proposed');
  });

  test('is refused to others, elsewhere, and for what is no county or quarter', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-21' });
    await settle(county, '2018-09-20', [loan]);
    const { approver } = trio(county);
    const attempt = (actor = approver, input: object = QUARTER) =>
      refusedUnchanged(() => county.do(actor, proposeQuarter, input));
    expect(await attempt()).toBe('platform.not-permitted');
    const clerk = county.actor({ permissions: ['subsidies.propose'], region: VILLAGE });
    expect(await attempt(clerk)).toBe('platform.absent');
    const stranger = county.actor({ permissions: ['subsidies.propose'], region: '450226000000' });
    expect(await attempt(stranger)).toBe('platform.absent');
    const own = officer(county, 'poverty-office', 'subsidies.propose');
    expect(await attempt(own, { ...QUARTER, county: VILLAGE })).toBe('identity.region-unknown');
    expect(await attempt(own, { ...QUARTER, periodCode: '2018Q5' })).toBe('platform.invalid-input');
  });

  test('what a claim says is never changed, and the database itself keeps the sums', async () => {
    const loan = await lend(county, { disbursedOn: '2018-06-21' });
    await settle(county, '2018-09-20', [loan]);
    await propose();
    const attempt = (sql: string) =>
      county.system((work) => work.tx.exec(sql)).catch((error: unknown) => error);
    const changed = await attempt('UPDATE subsidy_claim SET subsidised_fen = 0');
    expect(isAppendOnlyViolation(changed)).toBe(true);
    const odd = await attempt('UPDATE subsidy_run SET subsidised_fen = subsidised_fen - 1');
    expect(isCheckViolation(odd)).toBe(true);
    const alone = await attempt("UPDATE subsidy_run SET state = 'approved', approved_by = proposed_by");
    expect(isCheckViolation(alone)).toBe(true);
  });
});
