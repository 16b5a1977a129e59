/** Claiming: by the loan's bank, from the 91st day, with records, once, within what the fund has free. */

import type { Loan } from '../../src/loans/loan.entity';
import type { Actor } from '../../src/platform/authority';
import { isCheckViolation, isUniqueViolation } from '../../src/platform/db/errors';
import { claimCompensation } from '../../src/riskfund';
import { OTHER_BANK, officer, quarterTo, settle, trio } from '../subsidies/lending';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  CLAIM_DAY,
  claimant,
  expectLawful,
  fill,
  openFund,
  overdueLoan,
  refusedUnchanged,
  TABLES,
  visited,
} from './distress';

describeEachDatabase('Claiming compensation', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
  }, 60_000);

  beforeEach(() => {
    county.clock.set(CLAIM_DAY);
  });

  const claim = (loan: Loan, by: Actor = claimant(county, loan.bankId)) =>
    county.do(by, claimCompensation, { loanId: loan.id });
  const refused = (loan: Loan, by?: Actor) =>
    refusedUnchanged(county, () => claim(loan, by), TABLES);

  test('is refused while the county has no fund, or too little in it', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan);
    expect(await refused(loan)).toBe('riskfund.fund-absent');
    await fill(county, '42406.65');
    expect(await refused(loan)).toBe('riskfund.fund-short');
    await fill(county, '0.01');
    await claim(loan);
    await expectLawful(county);
    const next = await overdueLoan(county);
    await visited(county, next);
    expect(await refused(next)).toBe('riskfund.fund-short');
    await fill(county);
    await claim(next);
    await expectLawful(county);
  });

  test('asks for four fifths of principal and normal interest, without penalty', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan);
    // Interest of seven periods to 2019-09-14: 39.58 + 606.94 + 600.35 + 593.75 + 567.36 + 39.58 + 560.76.
    expect(await claim(loan)).toMatchObject({
      ...{ state: 'submitted', stateName: '待三方签署', overdueDays: 91, cutOffOn: CLAIM_DAY },
      ...{ principal: '50000.00', interest: '3008.32', share: '80.00', amount: '42406.66' },
      ...{ termsRowId: 'riskfund-longsheng', loanId: loan.id },
      missingSeats: ['poverty-office', 'finance-bureau', 'platform-company'],
    });
    await expectLawful(county);
  });

  test('leaves the part above the ceiling to the borrower', async () => {
    const loan = await overdueLoan(county, { principal: '80000' });
    await visited(county, loan);
    expect(await claim(loan)).toMatchObject({
      ...{ principal: '80000.00', interest: '4813.33', coveredPrincipal: '50000.00' },
      ...{ coveredInterest: '3008.33', amount: '42406.66' },
    });
  });

  test('interest booked at the settlement days changes nothing of it', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan);
    for (const day of ['2018-06-20', '2018-09-20', '2018-12-20', '2019-03-20', '2019-06-20']) {
      await settle(county, day, [loan]);
    }
    expect(await claim(loan)).toMatchObject({ interest: '3008.32', amount: '42406.66' });
  });

  test('is refused on the 90th day, with too few records, and without a checked use', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan, 2);
    county.clock.set('2019-09-13');
    expect(await refused(loan)).toBe('riskfund.not-overdue-enough');
    county.clock.set(CLAIM_DAY);
    expect(await refused(loan)).toBe('riskfund.too-few-records');
    const unchecked = await overdueLoan(county);
    await visited(county, unchecked, 3, false);
    expect(await refused(unchecked)).toBe('riskfund.use-not-checked');
  });

  test('is refused to everybody but the bank of the loan', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan);
    expect(await refused(loan, claimant(county, OTHER_BANK))).toBe('platform.absent');
    const office = officer(county, 'poverty-office', 'riskfund.claim');
    expect(await refused(loan, office)).toBe('riskfund.claimant-is-no-bank');
    const teller = officer(county, 'bank', 'riskfund.read');
    expect(await refused(loan, teller)).toBe('platform.not-permitted');
    const org = { id: loan.bankId, kind: 'bank' } as const;
    const permissions = ['riskfund.claim'];
    const elsewhere = county.actor({ permissions, region: '450226000000', org });
    expect(await refused(loan, elsewhere)).toBe('platform.absent');
  });

  test('stands once a loan, also at the same moment, and by the database itself', async () => {
    const loan = await overdueLoan(county);
    await visited(county, loan);
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => claim(loan)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refused(loan)).toBe('riskfund.already-claimed');
    await expectLawful(county);
    const attempt = (text: string) =>
      county.system((work) => work.tx.exec(text, { loan: loan.id })).catch((e: unknown) => e);
    const second = await attempt(
      'UPDATE fund_claim SET standing_loan_id = :loan WHERE loan_id <> :loan',
    );
    expect(isUniqueViolation(second)).toBe(true);
    const more = await attempt(
      'UPDATE fund_claim SET amount_fen = 2 * principal_fen WHERE loan_id = :loan',
    );
    expect(isCheckViolation(more)).toBe(true);
  });
});

describeEachDatabase('Claiming interest that the county has undertaken to pay', (open) => {
  test('is left out of the claim while the subsidy is on its way', async () => {
    const county = await openFund(open);
    await fill(county);
    const loan = await overdueLoan(county);
    for (const day of ['2018-06-20', '2018-09-20', '2018-12-20', '2019-03-20', '2019-06-20']) {
      await settle(county, day, [loan]);
    }
    await quarterTo(county, trio(county), '2019Q2');
    await visited(county, loan);
    const by = claimant(county);
    // 86 days before maturity, 567.36, are the county's; 3,008.32 were due in all.
    expect(await county.do(by, claimCompensation, { loanId: loan.id })).toMatchObject({
      ...{ interest: '2440.96', amount: '41952.77' },
    });
    await expectLawful(county);
  }, 60_000);
});
