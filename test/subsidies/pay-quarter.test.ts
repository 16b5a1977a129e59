/** Paying a quarter: by the third person, to each bank, never beyond what was appropriated, once. */
import { balanceOf, bankBook, countyBook } from '../../src/ledger';
import { loanFor } from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { isCheckViolation } from '../../src/platform/db/errors';
import { yuan } from '../../src/platform/money';
import { payQuarter } from '../../src/subsidies';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  BANK,
  COUNTY,
  expectLawful,
  lendFor,
  money,
  OTHER_BANK,
  officer,
  openLending,
  quarter,
  quarterTo,
  refusedUnchanged,
  repaid,
  type Trio,
  trio,
} from './lending';

describeEachDatabase('Paying the subsidy of a quarter', (open) => {
  let county: County;
  let people: Trio;

  beforeAll(async () => {
    county = await openLending(open);
    people = trio(county);
  }, 60_000);

  const pay = (periodCode: string, contentDigest: string, by: Actor = people.payer) =>
    county.do(by, payQuarter, { ...quarter(periodCode), contentDigest, voucher: 'PZ-1' });
  const refused = (periodCode: string, contentDigest: string, by?: Actor) =>
    refusedUnchanged(county, () => pay(periodCode, contentDigest, by));
  const sql = () => county.platform.db.reader();
  const cash = async () =>
    yuan(await balanceOf(sql(), { book: countyBook(COUNTY), account: 'SUBSIDY_CASH' }));

  test('never beyond what was appropriated, then to each bank and each loan, once', async () => {
    const [loan, other] = await lendFor(county, '2016Q3', {}, { bankId: OTHER_BANK });
    const run = await quarterTo(county, people, '2016Q3', 'approved');
    expect(await refused('2016Q3', run.contentDigest)).toBe('subsidies.appropriation-short');
    await money(county, people, '1213.87');
    expect(await refused('2016Q3', run.contentDigest)).toBe('subsidies.appropriation-short');
    await money(county, people, '0.01');
    expect(await pay('2016Q3', run.contentDigest)).toMatchObject({
      ...{ state: 'paid', stateName: '已支付', paidBy: people.payer.id, voucher: 'PZ-1' },
    });
    expect(await cash()).toBe('0.00');
    const rows = await sql().rows(
      'SELECT bank_id, amount_fen FROM subsidy_payment ORDER BY bank_id',
    );
    expect(rows).toEqual([
      { bank_id: BANK, amount_fen: 60_694 },
      { bank_id: OTHER_BANK, amount_fen: 60_694 },
    ]);
    for (const { id, bankId } of [loan!, other!]) {
      const book = bankBook(bankId);
      const due = await balanceOf(sql(), { book, account: 'INTEREST_RECEIVABLE', sub: id });
      expect(yuan(due)).toBe('0.00');
    }
    expect(await refused('2016Q3', run.contentDigest)).toBe('subsidies.not-approved');
    await expectLawful(county);
  });

  test('what the borrower paid meanwhile is owed back to him', async () => {
    const [loan] = await lendFor(county, '2017Q3', {});
    const run = await quarterTo(county, people, '2017Q3', 'approved');
    await repaid(county, loan!, '607.00', '2017-09-21');
    await money(county, people, '1000');
    await pay('2017Q3', run.contentDigest);
    const owed = await balanceOf(sql(), {
      ...{ book: bankBook(BANK), account: 'OVERPAYMENT', sub: loan!.id },
    });
    expect(yuan(owed)).toBe('-606.94');
    expect((await loanFor(sql(), loan!.id)).outstandingFen).toBe(4_999_994);
    await expectLawful(county);
  });

  test('is refused before approval, to both others, without the permission and for another list', async () => {
    await lendFor(county, '2016Q4', {});
    await money(county, people, '10000');
    const permissions = ['subsidies.propose', 'subsidies.approve', 'subsidies.pay'] as const;
    const [one, two] = [1, 2].map(() => officer(county, 'finance-bureau', ...permissions));
    const hands = { ...people, proposer: one!, approver: two! };
    const run = await quarterTo(county, hands, '2016Q4');
    expect(await refused('2016Q4', run.contentDigest)).toBe('subsidies.not-approved');
    await lendFor(county, '2017Q1', {});
    const { contentDigest } = await quarterTo(county, hands, '2017Q1', 'approved');
    expect(await refused('2017Q1', contentDigest, one)).toBe('subsidies.payer-took-part');
    expect(await refused('2017Q1', contentDigest, two)).toBe('subsidies.payer-took-part');
    expect(await refused('2017Q1', contentDigest, people.approver)).toBe('platform.not-permitted');
    expect(await refused('2017Q1', run.contentDigest)).toBe('subsidies.content-changed');
    const stranger = county.actor({ permissions: ['subsidies.pay'], region: '450226000000' });
    expect(await refused('2017Q1', contentDigest, stranger)).toBe('platform.absent');
  });

  test('two quarters at the same moment cannot share the money of one', async () => {
    for (const periodCode of ['2018Q2', '2018Q3']) await lendFor(county, periodCode, {});
    const second = await quarterTo(county, people, '2018Q2', 'approved');
    const third = await quarterTo(county, people, '2018Q3', 'approved');
    const before = await sql().one<{ balance: number }>(
      'SELECT balance_fen AS balance FROM subsidy_account',
    );
    const spare = officer(county, 'finance-bureau', 'subsidies.pay');
    await county.system((work) =>
      work.tx.exec('UPDATE subsidy_account SET balance_fen = 100000 WHERE region_code = :county', {
        county: COUNTY,
      }),
    );
    const done = await Promise.allSettled([
      pay('2018Q2', second.contentDigest),
      pay('2018Q3', third.contentDigest, spare),
    ]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await county.system((work) =>
      work.tx.exec('UPDATE subsidy_account SET balance_fen = :balance', {
        balance: before!.balance - 60_694,
      }),
    );
    await expectLawful(county);
  });

  test('the database itself refuses a payer who took part, and an account below zero', async () => {
    const attempt = (text: string) =>
      county.system((work) => work.tx.exec(text)).catch((error: unknown) => error);
    const same = await attempt("UPDATE subsidy_run SET paid_by = proposed_by WHERE state = 'paid'");
    expect(isCheckViolation(same)).toBe(true);
    expect(isCheckViolation(await attempt('UPDATE subsidy_account SET balance_fen = -1'))).toBe(
      true,
    );
  });
});
