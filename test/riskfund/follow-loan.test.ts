/**
 * The fund follows the loan book: repayments that are reversed or shared out anew, subsidies that come late, write-offs
 * and what is recovered afterwards. Nobody bears the loss twice and nobody keeps the fund's part twice.
 */
import { balanceOf, bankBook, fundBook } from '../../src/ledger';
import {
  decideWriteOff,
  enterRecovery,
  proposeWriteOff,
  proveLoans,
  receiveSubsidy,
} from '../../src/loans';
import type { Loan } from '../../src/loans/loan.entity';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { addDays, businessDate } from '../../src/platform/dates';
import { isCheckViolation } from '../../src/platform/db/errors';
import { findRow } from '../../src/platform/db/store';
import { type Fen, fen, parseYuan, yuan } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { fundStandingOf, returnRecovery } from '../../src/riskfund';
import { listRecoveries } from '../../src/riskfund/claim.queries';
import { FundClaim } from '../../src/riskfund/fund.entity';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  BANK,
  banker,
  CLAIM_DAY,
  COUNTY,
  claimant,
  claimed,
  expectLawful,
  fill,
  openFund,
  overdueLoan,
  paidClaim,
  refusedUnchanged,
  repaid,
  TABLES,
} from './distress';

describeEachDatabase('The fund', (open) => {
  let county: County;
  let receipts = 0;

  beforeAll(async () => {
    county = await openFund(open);
    await loadPolicyFiles(county.platform, { parameters: ['loans.write-off'] });
    await fill(county);
  }, 60_000);
  beforeEach(() => {
    county.clock.set(CLAIM_DAY);
  });

  const sql = () => county.platform.db.reader();
  const day = (n: number) => {
    const on = addDays(businessDate(CLAIM_DAY), n);
    county.clock.set(on);
    return on;
  };
  const recoveriesOf = async ({ id }: Loan) => {
    const { items } = await county.ask(claimant(county), listRecoveries, { size: 200 });
    return items.filter((one) => one.loanId === id);
  };
  const giveBack = (recoveryId: string) =>
    county.do(claimant(county), returnRecovery, { recoveryId });
  const reverse = ({ id: loanId }: Loan, eventId: string) =>
    county.do(banker(county, ['loans.reverse-event']), reverseLoanEvent, {
      ...{ loanId, eventId, reason: '串户' },
    });
  const recover = ({ id: loanId }: Loan, amount: string, paidOn: string) => {
    receipts += 1;
    const bankReference = `SH-${receipts}`;
    const input = { loanId, amount, paidOn, bankReference };
    return county.do(banker(county, ['loans.repay']), enterRecovery, input);
  };
  const writeOff = async ({ id: loanId }: Loan) => {
    const proposal = await county.do(banker(county, ['loans.propose-write-off']), proposeWriteOff, {
      ...{ loanId, ground: 'COURT_ENDED', reason: '无财产可供执行' },
      evidence: [{ kind: 'COURT_RULING', reference: '（2019）桂0328执12号' }],
    });
    return county.do(banker(county, ['loans.decide-write-off']), decideWriteOff, {
      ...{ writeOffId: proposal.id, contentDigest: proposal.contentDigest },
      ...{ outcome: 'approved', note: '同意' },
    });
  };
  const inBank = async (account: string, sub?: string) =>
    balanceOf(sql(), { book: bankBook(BANK), account, ...(sub === undefined ? {} : { sub }) });
  const lossAndIncome = async () => ({
    loss: await inBank('LOAN_LOSS'),
    income: await inBank('RECOVERY_INCOME'),
  });
  const claimOf = async ({ id }: Loan) =>
    (await findRow(sql(), FundClaim, { standingLoanId: id }))!;

  /** The laws, and that the bank's book holds of the compensation what the claim and its recoveries say. */
  async function lawful(loan: Loan): Promise<void> {
    await expectLawful(county);
    expect((await proveLoans(sql())).fault).toBeNull();
    const claim = await claimOf(loan);
    const sums = await sql().one<{ back: number; later: number }>(
      `SELECT COALESCE(SUM(CASE WHEN returned_on IS NULL THEN 0 ELSE fund_part_fen END), 0) AS back,
              COALESCE(SUM(CASE WHEN entry_key IS NULL THEN 0 ELSE fund_part_fen END), 0) AS later
         FROM fund_recovery WHERE claim_id = :id AND voided_on IS NULL`,
      { id: claim.id },
    );
    const kept = claim.amountFen - sums!.back - claim.lossUsedFen + sums!.later;
    expect((await inBank('COMPENSATION_RECEIVED', loan.id)) + kept).toBe(0);
    const lost = { book: fundBook(COUNTY), account: 'COMPENSATION_RECEIVABLE', sub: loan.id };
    expect(await balanceOf(sql(), lost)).toBe(claim.amountFen - sums!.back);
  }

  test('a whole story: paid four fifths, half repaid, written off, recovered in parts, reversed', async () => {
    const { loan } = await paidClaim(county);
    const zero = await lossAndIncome();
    await repaid(county, loan, '25000.00', CLAIM_DAY);
    const [half] = await recoveriesOf(loan);
    await giveBack(half!.id);
    expect(await fundStandingOf(sql(), loan.id)).toEqual({ state: 'paid', keptFen: 2_264_680 });
    const done = await writeOff(loan);
    // 50,000 less 21,691.51 of principal; the interest and the penalty were paid.
    expect(done).toMatchObject({
      ...{ total: '28308.49', compensation: '22646.80', loss: '5661.69', fundState: 'paid' },
    });
    const after = await lossAndIncome();
    // The loss is borne once: the bank's is a fifth, the fund's stands in its own book.
    expect(yuan(fen(after.loss - zero.loss))).toBe('5661.69');
    expect(await inBank('COMPENSATION_RECEIVED', loan.id)).toBe(0);
    await lawful(loan);

    const tenth = day(10);
    const first = await recover(loan, '10000.00', tenth);
    expect(first).toMatchObject({ principal: '10000.00' });
    const [, open] = await recoveriesOf(loan);
    expect(open).toMatchObject({ fundPart: '8000.00', repaymentId: first.recoveryId });
    const income = async () => yuan(fen(zero.income - (await lossAndIncome()).income));
    // The bank's own fifth is income; the rest is owed to the fund.
    expect(await income()).toBe('2000.00');
    await lawful(loan);

    // Somebody else's money: taken back before it was returned.
    await reverse(loan, first.recoveryId);
    expect(await recoveriesOf(loan)).toHaveLength(1);
    expect(await income()).toBe('0.00');
    expect((await claimOf(loan)).dueBackFen).toBe(1_975_986);
    await lawful(loan);
    expect(await refusedUnchanged(county, () => giveBack(open!.id), TABLES)).toBe(
      'riskfund.recovery-voided',
    );

    // Returned already: it cannot be taken back here.
    const second = await recover(loan, '5000.00', tenth);
    const again = (await recoveriesOf(loan)).find(
      ({ repaymentId }) => repaymentId === second.recoveryId,
    );
    await giveBack(again!.id);
    await lawful(loan);
    const taking = () => reverse(loan, second.recoveryId);
    expect(await refusedUnchanged(county, taking, TABLES)).toBe('riskfund.part-returned');

    // All of it: the fund is whole, the bank lost nothing in the end.
    day(40);
    const last = await recover(loan, '30000.00', day(40));
    expect(last.loan).toMatchObject({ state: 'settled', overpaid: '6691.51' });
    const { amountFen, dueBackFen } = await claimOf(loan);
    expect(amountFen - dueBackFen).toBeLessThanOrEqual(3);
    for (const { id, returnedOn } of await recoveriesOf(loan)) {
      if (returnedOn === null) await giveBack(id);
    }
    const end = await lossAndIncome();
    expect(Math.abs(end.loss - zero.loss + (end.income - zero.income))).toBeLessThanOrEqual(3);
    await lawful(loan);
  });

  test('a repayment from before the write-off, entered late or taken back, moves loss and part', async () => {
    const { loan } = await paidClaim(county);
    day(5);
    await writeOff(loan);
    const { lossUsedFen, amountFen } = await claimOf(loan);
    expect(lossUsedFen).toBe(amountFen);
    await lawful(loan);
    const on = addDays(businessDate(CLAIM_DAY), 3);
    day(9);
    const late = await repaid(county, loan, '10000.00', on);
    const claim = await claimOf(loan);
    expect(claim.dueBackFen).toBeGreaterThan(0);
    expect(claim.lossUsedFen).toBe(claim.amountFen - claim.dueBackFen);
    const [part] = await recoveriesOf(loan);
    expect(part).toMatchObject({ repaymentId: late.repaymentId, receivedOn: on });
    await lawful(loan);
    // Without it no more is written off than was approved, so it may be taken back.
    await reverse(loan, late.repaymentId);
    expect(await recoveriesOf(loan)).toEqual([]);
    expect(await claimOf(loan)).toMatchObject({ dueBackFen: 0, lossUsedFen: amountFen });
    await lawful(loan);
  });

  test('a reversed repayment takes its part with it; what is shared out anew is divided anew', async () => {
    const { loan } = await paidClaim(county);
    const first = await repaid(county, loan, '5000.00', CLAIM_DAY);
    const later = day(12);
    const second = await repaid(county, loan, '400.00', later);
    await lawful(loan);
    const part = async ({ repaymentId }: { repaymentId: string }) =>
      (await recoveriesOf(loan)).find((one) => one.repaymentId === repaymentId)?.fundPart;
    const before = await part(second);
    day(13);
    await reverse(loan, first.repaymentId);
    expect(await part(first)).toBeUndefined();
    // The penalty of the first is paid by the second now: it recovers less.
    expect(parseYuan((await part(second)) ?? '0.00')).toBeLessThan(parseYuan(before!));
    await lawful(loan);
    await reverse(loan, second.repaymentId);
    expect(await recoveriesOf(loan)).toEqual([]);
    expect((await claimOf(loan)).dueBackFen).toBe(0);
    await lawful(loan);
  });

  test('a part that grows after it was returned is supplemented; one that would shrink bars the correction', async () => {
    const { loan } = await paidClaim(county);
    const later = day(30);
    const second = await repaid(county, loan, '10000.00', later);
    const [own] = await recoveriesOf(loan);
    await giveBack(own!.id);
    const first = await repaid(county, loan, '3000.00', CLAIM_DAY);
    const parts = await recoveriesOf(loan);
    // Less penalty was left for the later one to pay.
    const more = parts.find(
      ({ repaymentId, returnedOn }) => repaymentId === second.repaymentId && returnedOn === null,
    );
    expect(more).toBeDefined();
    expect(parseYuan(more!.fundPart)).toBeGreaterThan(0);
    await lawful(loan);
    await giveBack(more!.id);
    await lawful(loan);
    const taking = () => reverse(loan, first.repaymentId);
    expect(await refusedUnchanged(county, taking, TABLES)).toBe('riskfund.part-returned');
    await lawful(loan);
  });

  test('a subsidy that the claim did not leave out comes back to the fund, and one that it did is the bank’s', async () => {
    const { loan, claim } = await paidClaim(county);
    await county.system((work) =>
      work.tx.exec(`UPDATE fund_claim SET subsidy_periods = '["2019Q1"]' WHERE id = :id`, {
        id: claim.id,
      }),
    );
    const subsidy = (periodCode: string, amountFen: Fen) =>
      county.system((work) =>
        receiveSubsidy(work, {
          ...{ loanId: loan.id, periodCode, amountFen },
          key: `subsidies.receive/${periodCode}/${loan.id}`,
        }),
      );
    // The interest must stand in the books before it can be paid.
    await repaid(county, loan, '1000.00', CLAIM_DAY);
    const { length } = await recoveriesOf(loan);
    await subsidy('2019Q1', fen(50_000));
    expect(await recoveriesOf(loan)).toHaveLength(length);
    await subsidy('2019Q2', fen(40_000));
    const parts = await recoveriesOf(loan);
    expect(parts).toHaveLength(length + 1);
    expect(parts.map(({ recovered, fundPart }) => [recovered, fundPart])).toContainEqual([
      ...['400.00', '320.00'],
    ]);
    await lawful(loan);
  });

  test('tells the loan book how it stands: never asked, asked, refused, paid', async () => {
    const plain = await overdueLoan(county);
    expect(await fundStandingOf(sql(), plain.id)).toEqual({ state: 'none', keptFen: 0 });
    const { loan } = await claimed(county);
    expect(await fundStandingOf(sql(), loan.id)).toEqual({ state: 'open', keptFen: 0 });
    expect(await refusedUnchanged(county, () => writeOff(loan), TABLES)).toBe(
      'loans.fund-undecided',
    );
  });

  test('the database itself refuses to void what was returned, and to use more than was paid', async () => {
    const { loan } = await paidClaim(county);
    await repaid(county, loan, '5000.00', CLAIM_DAY);
    const [part] = await recoveriesOf(loan);
    await giveBack(part!.id);
    const attempt = (statement: string) =>
      county.system((work) => work.tx.exec(statement)).catch((error: unknown) => error);
    for (const statement of [
      'UPDATE fund_recovery SET voided_on = returned_on WHERE returned_on IS NOT NULL',
      'UPDATE fund_claim SET loss_used_fen = amount_fen + 1',
      'UPDATE fund_claim SET loss_used_fen = -1',
    ]) {
      expect([statement, isCheckViolation(await attempt(statement))]).toEqual([statement, true]);
    }
  });
});
