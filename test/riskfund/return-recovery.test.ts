/** What the borrower pays after the compensation, and the fund's part of it coming back: by the shares, once. */
import { balanceOf, bankBook, fundBook } from '../../src/ledger';
import { positionOn } from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { isCheckViolation } from '../../src/platform/db/errors';
import { addFen, parseYuan, yuan } from '../../src/platform/money';
import { returnRecovery } from '../../src/riskfund';
import { listRecoveries } from '../../src/riskfund/claim.queries';
import { OTHER_BANK } from '../subsidies/lending';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  BANK,
  CLAIM_DAY,
  COUNTY,
  claimant,
  claimed,
  company,
  expectLawful,
  fill,
  openFund,
  overdueLoan,
  paidClaim,
  refusedUnchanged,
  repaid,
  TABLES,
} from './distress';

describeEachDatabase('Returning a recovery', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
    await fill(county);
  }, 60_000);

  const sql = () => county.platform.db.reader();
  const giveBack = (recoveryId: string, by: Actor = claimant(county)) =>
    county.do(by, returnRecovery, { recoveryId });
  const refused = (recoveryId: string, by?: Actor) =>
    refusedUnchanged(county, () => giveBack(recoveryId, by), TABLES);
  /** The recoveries of a loan, as the bank sees them. */
  const recoveriesOf = async (loanId: string) => {
    const { items } = await county.ask(claimant(county), listRecoveries, { size: 200 });
    return items.filter((one) => one.loanId === loanId);
  };

  test('half repaid: four fifths of it are due back in five working days, and come back', async () => {
    const { claim, loan } = await paidClaim(county);
    // 300.17 of penalty and 3,008.32 of interest are due first; 21,691.51 is left for the principal.
    const repayment = await repaid(county, loan, '25000.00', CLAIM_DAY);
    const [recovery] = await recoveriesOf(loan.id);
    expect(recovery).toMatchObject({
      ...{ claimId: claim.id, repaymentId: repayment.repaymentId, receivedOn: CLAIM_DAY },
      ...{ recovered: '24699.83', fundPart: '19759.86', returnedOn: null, late: false },
      // 13–15 September 2019 is the Mid-Autumn holiday; the fifth working day after is the 20th.
      dueOn: '2019-09-20',
    });
    await expectLawful(county);
    const cash = async () =>
      yuan(await balanceOf(sql(), { book: fundBook(COUNTY), account: 'FUND_CASH' }));
    expect(await cash()).toBe('15667593.34');
    expect(await giveBack(recovery!.id)).toMatchObject({
      ...{ fundPart: '19759.86', returnedOn: CLAIM_DAY, late: false },
    });
    expect(await cash()).toBe('15687353.20');
    const held = { book: bankBook(BANK), account: 'COMPENSATION_RECEIVED', sub: loan.id };
    expect(yuan(await balanceOf(sql(), held))).toBe('-22646.80');
    await expectLawful(county);
    expect(await refused(recovery!.id)).toBe('riskfund.already-returned');
  });

  test('all repaid: the fund gets back what it paid and no more, the surplus is the bank’s', async () => {
    const { loan } = await paidClaim(county);
    await repaid(county, loan, '30000.00', CLAIM_DAY);
    county.clock.set('2020-03-02');
    const due = await positionOn(sql(), loan.id, businessDate('2020-03-02'));
    const { outstandingFen, interestToDateFen, penaltyToDateFen } = due;
    const payoff = yuan(addFen(outstandingFen, interestToDateFen, penaltyToDateFen));
    const last = await repaid(county, loan, payoff, '2020-03-02');
    expect(last.loan.state).toBe('settled');
    const open = await recoveriesOf(loan.id);
    expect(open).toHaveLength(2);
    for (const { id } of open) await giveBack(id);
    const parts = open.map(({ fundPart }) => parseYuan(fundPart));
    expect(yuan(addFen(...parts))).toBe('42406.66');
    const held = { book: fundBook(COUNTY), account: 'COMPENSATION_RECEIVABLE', sub: loan.id };
    expect(yuan(await balanceOf(sql(), held))).toBe('0.00');
    await expectLawful(county);
    county.clock.set(CLAIM_DAY);
  });

  test('nothing is due back of loans that were not compensated', async () => {
    const plain = await overdueLoan(county);
    await repaid(county, plain, '10000.00', CLAIM_DAY);
    const { loan } = await claimed(county);
    await repaid(county, loan, '10000.00', CLAIM_DAY);
    expect([...(await recoveriesOf(plain.id)), ...(await recoveriesOf(loan.id))]).toEqual([]);
  });

  test('penalty is the bank’s own', async () => {
    const { loan } = await paidClaim(county);
    await repaid(county, loan, '100.00', CLAIM_DAY);
    expect(await recoveriesOf(loan.id)).toEqual([]);
  });

  test('is refused to another bank, without the permission, and for what is no recovery', async () => {
    const { loan } = await paidClaim(county);
    await repaid(county, loan, '5000.00', CLAIM_DAY);
    const [recovery] = await recoveriesOf(loan.id);
    expect(await refused(recovery!.id, claimant(county, OTHER_BANK))).toBe('platform.absent');
    expect(await refused(recovery!.id, company(county))).toBe('platform.not-permitted');
    expect(await refused('01J00000000000000000000000')).toBe('riskfund.recovery-absent');
    const tries = [1, 2, 3].map(() => giveBack(recovery!.id));
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectLawful(county);
  });

  test('the database itself refuses more back than was paid', async () => {
    const attempt = await county
      .system((work) => work.tx.exec('UPDATE fund_claim SET due_back_fen = amount_fen + 1'))
      .catch((error: unknown) => error);
    expect(isCheckViolation(attempt)).toBe(true);
  });
});
