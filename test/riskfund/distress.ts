/** Loans that went bad, and the people who deal with them, for the tests of the fund. */

import { recordVisit } from '../../src/collections';
import { balanceOf, fundBook, proveBooks } from '../../src/ledger';
import { useFundStanding } from '../../src/loans';
import type { Loan } from '../../src/loans/loan.entity';
import type { Actor } from '../../src/platform/authority';
import { addDays, businessDate } from '../../src/platform/dates';
import { fen, yuan } from '../../src/platform/money';
import {
  claimCompensation,
  contribute,
  followed,
  followLoan,
  fundStandingOf,
  payCompensation,
  signClaim,
} from '../../src/riskfund';
import { SEATS, type Seat } from '../../src/riskfund/terms';
import { banker, COUNTY, type LoanPlan, lend, officer, openLending } from '../subsidies/lending';
import type { County } from '../support/county';
import type { OpenTest } from '../support/databases';

export { BANK, banker, COUNTY, officer, refusedUnchanged, repaid } from '../subsidies/lending';

/** Matures on 2019-06-15; the 91st day overdue. */
export const CLAIM_DAY = '2019-09-14';

/** Everything that the fund writes, to prove that a refusal changed nothing. */
export const TABLES = [
  'fund',
  'fund_claim',
  'fund_signature',
  'fund_recovery',
  'fund_movement',
  'loan',
  'ledger_entry',
  'ledger_balance',
];

/** A county whose fund follows the loan book. */
export async function openFund(open: OpenTest): Promise<County> {
  const county = await openLending(open, CLAIM_DAY);
  for (const happened of followed) county.platform.events.on(happened, followLoan);
  useFundStanding(fundStandingOf);
  return county;
}

let documents = 0;

/** Money into the county's fund, under a document of its own. */
export function fill(county: County, amount = '15710000', by = company(county)) {
  documents += 1;
  const document = `龙财农〔2016〕${documents}号`;
  return county.do(by, contribute, { county: COUNTY, source: 'COUNTY', document, amount });
}

export const company = (county: County): Actor =>
  officer(county, 'platform-company', 'riskfund.contribute', 'riskfund.pay', 'riskfund.read');

/** Somebody of a bank who may claim, read and return. */
export const claimant = (county: County, bankId?: string): Actor =>
  banker(county, ['riskfund.claim', 'riskfund.return-recovery', 'riskfund.read'], bankId);

/** A loan of 50,000 that matured on 2019-06-15 and was not paid. */
export function overdueLoan(county: County, plan: Partial<LoanPlan> = {}): Promise<Loan> {
  return lend(county, { disbursedOn: '2018-06-15', termMonths: 12, ...plan });
}

/** Visits after maturity; the first checks the use. */
export async function visited(county: County, loan: Loan, times = 3, useChecked = true) {
  const clerk = banker(county, ['collections.record-visit'], loan.bankId);
  for (let n = 0; n < times; n += 1) {
    await county.do(clerk, recordVisit, {
      loanId: loan.id,
      visitedOn: addDays(businessDate('2019-07-01'), n),
      place: '龙胜镇城关村',
      metWith: '借款人',
      finding: '养殖亏损，答应分期归还',
      useChecked: useChecked && n === 0,
    });
  }
}

/** A claim on the fund for an overdue loan with its records. */
export async function claimed(county: County, plan: Partial<LoanPlan> = {}) {
  const loan = await overdueLoan(county, plan);
  await visited(county, loan);
  const by = claimant(county, loan.bankId);
  const claim = await county.do(by, claimCompensation, { loanId: loan.id });
  return { loan, claim, by };
}

export const signer = (county: County, seat: Seat): Actor =>
  officer(county, seat, 'riskfund.sign', 'riskfund.read');

/** Signs a claim for a seat. */
export function signs(
  county: County,
  claim: { id: string; contentDigest: string },
  seat: Seat,
  by: Actor = signer(county, seat),
) {
  return county.do(by, signClaim, { claimId: claim.id, contentDigest: claim.contentDigest });
}

/** A claim that all three signed. */
export async function signedClaim(county: County, plan: Partial<LoanPlan> = {}) {
  const { loan, claim, by } = await claimed(county, plan);
  for (const seat of SEATS) await signs(county, claim, seat);
  return { loan, claim, by };
}

/** A claim that was paid. */
export async function paidClaim(county: County, plan: Partial<LoanPlan> = {}) {
  const { loan, claim, by } = await signedClaim(county, plan);
  const paid = await county.do(company(county), payCompensation, { claimId: claim.id });
  return { loan, claim: paid, by };
}

/** What the laws of the fund say of the whole database; fails the test when one is broken. */
export async function expectLawful(county: County): Promise<void> {
  const sql = county.platform.db.reader();
  expect((await proveBooks(sql)).faults).toEqual([]);
  const fund = await sql.one<{ balance: number; reserved: number }>(
    'SELECT balance_fen AS balance, reserved_fen AS reserved FROM fund WHERE region_code = :county',
    { county: COUNTY },
  );
  const moved = await sql.one<{ balance: number; reserved: number }>(
    `SELECT COALESCE(SUM(balance_change_fen), 0) AS balance,
            COALESCE(SUM(reserved_change_fen), 0) AS reserved
       FROM fund_movement WHERE region_code = :county`,
    { county: COUNTY },
  );
  expect(fund ?? { balance: 0, reserved: 0 }).toEqual(moved);
  const cash = await balanceOf(sql, { book: fundBook(COUNTY), account: 'FUND_CASH' });
  expect(yuan(cash)).toBe(yuan(fen(fund?.balance ?? 0)));
  const open = await sql.one<{ reserved: number }>(
    `SELECT COALESCE(SUM(amount_fen), 0) AS reserved FROM fund_claim
      WHERE state IN ('submitted', 'signed')`,
  );
  expect(fund?.reserved ?? 0).toBe(open?.reserved);
  const odd = await sql.rows(
    `SELECT c.id FROM fund_claim c
      WHERE c.due_back_fen <> COALESCE((SELECT SUM(r.fund_part_fen) FROM fund_recovery r
              WHERE r.claim_id = c.id AND r.voided_on IS NULL), 0)
         OR (c.state <> 'refused' AND c.signature_count <> (SELECT COUNT(*) FROM fund_signature g
              WHERE g.claim_id = c.id))`,
  );
  expect(odd).toEqual([]);
}
