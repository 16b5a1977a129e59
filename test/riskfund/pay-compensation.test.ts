/** Paying: only what all three signed, not by the claimant, while it is still owed, once. */
import { balanceOf, bankBook, fundBook } from '../../src/ledger';
import { loanFor } from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { isCheckViolation } from '../../src/platform/db/errors';
import { yuan } from '../../src/platform/money';
import { payCompensation } from '../../src/riskfund';
import { officer } from '../subsidies/lending';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  BANK,
  CLAIM_DAY,
  COUNTY,
  claimed,
  company,
  expectLawful,
  fill,
  openFund,
  refusedUnchanged,
  repaid,
  signedClaim,
  signs,
  TABLES,
} from './distress';

describeEachDatabase('Paying compensation', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
    await fill(county);
  }, 60_000);

  const pay = (claim: { id: string }, by: Actor = company(county)) =>
    county.do(by, payCompensation, { claimId: claim.id });
  const refused = (claim: { id: string }, by?: Actor) =>
    refusedUnchanged(county, () => pay(claim, by), TABLES);

  test('moves the money in both books and marks the loan', async () => {
    const { claim, loan } = await signedClaim(county);
    const finance = officer(county, 'finance-bureau', 'riskfund.pay');
    expect(await pay(claim, finance)).toMatchObject({
      ...{ state: 'paid', stateName: '已代偿', paidBy: finance.id, paidOn: CLAIM_DAY },
      amount: '42406.66',
    });
    const sql = county.platform.db.reader();
    const received = { book: bankBook(BANK), account: 'COMPENSATION_RECEIVED', sub: loan.id };
    const receivable = { book: fundBook(COUNTY), account: 'COMPENSATION_RECEIVABLE', sub: loan.id };
    expect(yuan(await balanceOf(sql, received))).toBe('-42406.66');
    expect(yuan(await balanceOf(sql, receivable))).toBe('42406.66');
    expect(await loanFor(sql, loan.id)).toMatchObject({
      ...{ compensatedOn: CLAIM_DAY, outstandingFen: 5_000_000, state: 'running' },
    });
    await expectLawful(county);
    expect(await refused(claim)).toBe('riskfund.not-signed');
  });

  test('is refused before the third signature, and says who is missing', async () => {
    const { claim } = await claimed(county);
    expect(await refused(claim)).toBe('riskfund.not-signed');
    await signs(county, claim, 'poverty-office');
    await signs(county, claim, 'platform-company');
    expect(await refused(claim)).toBe('riskfund.not-signed');
    await expect(pay(claim)).rejects.toThrow(/还缺：财政局/);
  });

  test('is refused to the claimant, without the permission and elsewhere', async () => {
    const { claim, by } = await signedClaim(county);
    expect(await refused(claim, { ...company(county), id: by.id })).toBe('riskfund.claimant-pays');
    expect(await refused(claim, by)).toBe('platform.not-permitted');
    const permissions = ['riskfund.pay'];
    const stranger = county.actor({ permissions, region: '450226000000' });
    expect(await refused(claim, stranger)).toBe('platform.absent');
  });

  test('is refused when the borrower has paid in between', async () => {
    const { claim, loan } = await signedClaim(county);
    await repaid(county, loan, '10000.00', CLAIM_DAY);
    expect(await refused(claim)).toBe('riskfund.position-changed');
    await expectLawful(county);
  });

  test('twice at the same moment pays once', async () => {
    const { claim } = await signedClaim(county);
    const done = await Promise.allSettled([1, 2, 3, 4].map(() => pay(claim)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectLawful(county);
  });

  test('the database itself refuses the claimant as payer and a fund below its reserve', async () => {
    const attempt = (text: string) =>
      county.system((work) => work.tx.exec(text)).catch((error: unknown) => error);
    const same = "UPDATE fund_claim SET paid_by = claimed_by WHERE state = 'paid'";
    expect(isCheckViolation(await attempt(same))).toBe(true);
    const below = await attempt('UPDATE fund SET balance_fen = reserved_fen - 1');
    expect(isCheckViolation(below)).toBe(true);
    expect(isCheckViolation(await attempt('UPDATE fund SET reserved_fen = -1'))).toBe(true);
  });
});
