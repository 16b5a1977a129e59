/**
 * A county with two banks and their people, for the tests of the loan book and of what stands above it. An approved
 * application is put there as the bank's decision leaves it; everything after it is done by the acts.
 */
import { Application, Certificate } from '../../src/applications/application.entity';
import { balanceOf, bankBook, proveBooks } from '../../src/ledger';
import { disburse, proveLoans, repay, signContract } from '../../src/loans';
import { Loan } from '../../src/loans/loan.entity';
import { Payout } from '../../src/loans/payout.entity';
import type { Actor } from '../../src/platform/authority';
import { addDays, businessDate } from '../../src/platform/dates';
import { findRow, insertRow } from '../../src/platform/db/store';
import { type NightReport, NightRunner } from '../../src/platform/jobs/runner';
import type { Step } from '../../src/platform/jobs/step';
import { parseYuan, yuan } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { aBank } from '../applications/story';
import { aHousehold, another, openRegister, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import type { OpenTest } from '../support/databases';
import { certificateOf, presentedToday } from './papers';
// Policy files are loaded for the parameters that are declared, and this one is declared above the loans.
import '../../src/collections';

export { OTHER_VILLAGE, TOWNSHIP, VILLAGE } from '../households/register';

const PARAMETERS = [
  'collections.reminder-ladder',
  'loans.bank-terms',
  'loans.classification',
  'loans.payout',
  'loans.product.FPXD',
  'loans.product.TPXD',
  'loans.uses',
  'rates.benchmark',
  'rates.lpr',
  'subsidies.share',
];

/** Everything that the loan book writes, to prove that a refusal changed nothing. */
export const TABLES = [
  'loan',
  'loan_event',
  'loan_interest',
  'loan_class_change',
  'loan_grade_judgement',
  'application',
  'application_signer',
  'payout',
  'ledger_entry',
  'ledger_line',
  'ledger_balance',
  'outbox',
  'reminder',
  'visit',
  'demand',
] as const;

/** The county and the people of the bank. */
export interface Book extends County {
  bankId: string;
  /** Signs contracts and books repayments. */
  officer: Actor;
  /** Pays out. */
  teller: Actor;
  /** Decides applications. */
  decider: Actor;
  /** Does all of it, at another bank. */
  stranger: Actor;
}

const permissions = ['loans.sign', 'loans.disburse', 'loans.repay', 'loans.read'];

/** Opens the county on a date. */
export async function openBook(open: OpenTest, start = '2018-06-15'): Promise<Book> {
  const county = await openRegister(open, start);
  await loadPolicyFiles(county.platform, { parameters: PARAMETERS });
  const bankId = await aBank(county, '龙胜农村商业银行');
  const otherId = await aBank(county, '邮储银行龙胜支行');
  const of = (id: string) => county.actor({ permissions, org: { id, kind: 'bank' } });
  return {
    ...county,
    bankId,
    officer: of(bankId),
    teller: of(bankId),
    decider: of(bankId),
    stranger: of(otherId),
  };
}

/** Somebody of the bank with these permissions. */
export function banker(book: Book, ...own: string[]): Actor {
  return book.actor({ permissions: own, org: { id: book.bankId, kind: 'bank' } });
}

/** How an application or a loan differs from 50,000 yuan for 36 months at 4.75 %. */
export interface Plan {
  amount?: string;
  termMonths?: number;
  rate?: string;
  village?: string;
  productCode?: string;
  state?: Application['state'];
  /** False: the certificate has not been shown at a counter. */
  presented?: boolean;
}

/** An approved application with its certificate. */
export interface Approved {
  applicationId: string;
  householdId: string;
  certificateNumber: string;
  /** The name of the borrower. */
  borrower: string;
}

let serial = 0;

/** A household with an approved application. */
export async function approved(book: Book, plan: Plan = {}): Promise<Approved> {
  const regionCode = plan.village ?? VILLAGE;
  const household = await aHousehold(book, another(), { regionCode });
  serial += 1;
  const certificateNumber = `450328-2018-${String(serial).padStart(4, '0')}`;
  const { householdId } = household;
  const row = await book.system(async (work) => {
    const application = {
      ...{ id: work.newId(), number: `SQ-${certificateNumber}`, householdId },
      ...{ memberId: household.headId, relation: 'HEAD', regionCode, bankId: book.bankId },
      ...{ productCode: plan.productCode ?? 'FPXD', productRowId: 'fpxd-guangxi-2017' },
      ...{ usesRowId: 'uses-longsheng', amountFen: parseYuan(plan.amount ?? '50000.00') },
      ...{ termMonths: plan.termMonths ?? 36, useCode: 'LOCAL_CHICKEN', useDetail: '养鸡' },
      ...{ lap: 1, awaitsApplicant: false, industryCode: null },
      ...{ project: null, repaymentSource: '出栏销售', witnessName: '潘支书' },
      consents: { creditInquiry: true, publicNotice: true, dataSharing: true } as const,
      ...{ enteredBy: 'village-worker', enteredOn: work.today, enteredAt: work.now },
      ...{ state: plan.state ?? ('approved' as const), stepDueOn: null },
      ...{ contentDigest: 'a'.repeat(64), busyHouseholdId: householdId, certificateNumber },
      ...{ bankDecisionBy: book.decider.id, bankDecisionOn: work.today, loanId: null },
      ...{ closedOn: null, closedBy: null, closeReason: null, version: 1 },
    };
    await insertRow(work.tx, Application, application);
    await insertRow(work.tx, Certificate, certificateOf(work, application, serial));
    if (plan.presented !== false) {
      await insertRow(work.tx, Payout, presentedToday(work, application, certificateNumber));
    }
    return application;
  });
  const borrower = `韦大明${household.n}`;
  return { applicationId: row.id, householdId, certificateNumber, borrower };
}

/** The input of a contract for an application. */
export function contract(application: Approved, plan: Plan = {}) {
  return {
    applicationId: application.applicationId,
    contractNumber: `HT-${application.certificateNumber}`,
    amount: plan.amount ?? '50000.00',
    termMonths: plan.termMonths ?? 36,
    rate: plan.rate ?? '4.75',
  };
}

/** A loan with the certificate its borrower holds. */
export interface Lent extends Approved {
  loanId: string;
}

/** A signed contract, not paid out. */
export async function signed(book: Book, plan: Plan = {}): Promise<Lent> {
  const application = await approved(book, plan);
  const loan = await book.do(book.officer, signContract, contract(application, plan));
  return { ...application, loanId: loan.id };
}

/** A loan paid out today. */
export async function lent(book: Book, plan: Plan = {}): Promise<Lent> {
  const loan = await signed(book, plan);
  await book.do(book.teller, disburse, transfer(loan));
  return loan;
}

/** The input of a payout into the borrower's account. */
export function transfer({ loanId, certificateNumber, borrower }: Lent) {
  return {
    ...{ loanId, certificateNumber, bankReference: `FK-${certificateNumber}` },
    ...{ accountName: borrower, account: '6214831234567890' },
  };
}

let receipts = 0;

/** The input of a repayment on the clock's day. */
export function payment(
  book: Book,
  { loanId }: { loanId: string },
  amount: string,
  paidOn?: string,
) {
  receipts += 1;
  const bankReference = `LS-${String(receipts).padStart(6, '0')}`;
  return { loanId, amount, paidOn: paidOn ?? book.platform.clock.today(), bankReference };
}

/** A repayment by the bank's officer. */
export function repaid(book: Book, loan: { loanId: string }, amount: string, paidOn?: string) {
  return book.do(book.officer, repay, payment(book, loan, amount, paidOn));
}

let nights = 0;

/**
 * Runs these steps for a night and expects no record to fail. Each call is a run of its own, so that tests share a
 * county; a repeated run of the same night is the runner's affair, see `sameNight`.
 */
export function night(book: Book, date: string, ...steps: Step[]): Promise<NightReport> {
  nights += 1;
  return sameNight(
    book,
    date,
    ...steps.map((step) => ({ ...step, name: `${step.name}-${nights}` })),
  );
}

/** Runs these steps under their own names: what was done on this date is not done again. */
export async function sameNight(book: Book, date: string, ...steps: Step[]): Promise<NightReport> {
  const runner = new NightRunner(book.platform, steps, { holder: 'test' });
  const report = await runner.runNight(businessDate(date));
  expect(report.steps.filter((step) => step.failed > 0 || step.state === 'failed')).toEqual([]);
  return report;
}

/** Puts the clock on a day, so many days after another. */
export function onDay(book: Book, date: string, days = 0): string {
  const day = addDays(businessDate(date), days);
  book.clock.set(day);
  return day;
}

/** The row of a loan. */
export async function rowOf(book: Book, { loanId }: { loanId: string }): Promise<Loan> {
  const loan = await findRow(book.platform.db.reader(), Loan, { id: loanId });
  if (!loan) throw new Error(`No loan ${loanId}`);
  return loan;
}

/** Refused with this code, and nothing changed. */
export async function refused(
  book: Book,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await book.snapshot(...TABLES);
  expect(await book.refusal(attempt())).toBe(code);
  expect(await book.snapshot(...TABLES)).toBe(before);
}

/** The laws of one loan, and of all books. */
export async function expectLawful(book: Book, loan: { loanId: string }): Promise<void> {
  await expectAgreement(book, loan);
  expect((await proveBooks(book.platform.db.reader())).faults).toEqual([]);
  expect((await proveLoans(book.platform.db.reader())).fault).toBeNull();
}

/** The laws of one loan: its amounts are those of the bank's book and of its events. */
export async function expectAgreement(book: Book, loan: { loanId: string }): Promise<void> {
  const sql = book.platform.db.reader();
  const row = await rowOf(book, loan);
  const balance = async (account: string) =>
    yuan(await balanceOf(sql, { book: bankBook(row.bankId), account, sub: row.id }));
  expect(await balance('LOAN_PRINCIPAL')).toBe(yuan(row.outstandingFen));
  expect(await balance('INTEREST_RECEIVABLE')).toBe(yuan(row.interestDueFen));
  expect(await balance('PENALTY_RECEIVABLE')).toBe(yuan(row.penaltyDueFen));
  const overpaid = await balance('OVERPAYMENT');
  expect(overpaid.replace('-', '')).toBe(yuan(row.overpaidFen));
  const sums = await sql.one<{ lent: number; back: number; paid: number; booked: number }>(
    `SELECT COALESCE(SUM(CASE WHEN kind = 'disbursal' THEN principal_fen ELSE 0 END), 0) AS lent,
            COALESCE(SUM(CASE WHEN kind IN ('repayment', 'renewal', 'write-off')
                              THEN principal_fen ELSE 0 END), 0) AS back,
            COALESCE(SUM(CASE WHEN kind IN ('repayment', 'renewal', 'subsidy', 'write-off')
                              THEN interest_fen + penalty_fen ELSE 0 END), 0) AS paid,
            (SELECT COALESCE(SUM(amount_fen), 0) FROM loan_interest
              WHERE loan_id = :loanId AND voided_by IS NULL) AS booked
       FROM loan_event WHERE loan_id = :loanId AND voided_by IS NULL`,
    { loanId: row.id },
  );
  expect(sums).not.toBeNull();
  expect(sums!.lent - sums!.back).toBe(row.outstandingFen);
  expect(sums!.booked - sums!.paid).toBe(row.interestDueFen + row.penaltyDueFen);
}
