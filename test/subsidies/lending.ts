/**
 * Running loans and the people around the subsidy, for the tests of this module and of the fund. A loan is put
 * into the loan book as its own acts leave it after the payout; interest and repayments are booked by those acts.
 */
import { Application } from '../../src/applications/application.entity';
import { registerHousehold } from '../../src/households';
import { loadReferenceRegions } from '../../src/identity';
import { balanceOf, bankBook, countyBook, postEntry, proveBooks } from '../../src/ledger';
import { repay, settleInterest } from '../../src/loans';
import { Loan, LoanEvent } from '../../src/loans/loan.entity';
import { type Actor, type OrganisationKind, SYSTEM_ACTOR } from '../../src/platform/authority';
import { addMonths, businessDate, settlementPeriod } from '../../src/platform/dates';
import { insertRow } from '../../src/platform/db/store';
import { fen, parseYuan, yuan } from '../../src/platform/money';
import { parsePercent, ppm } from '../../src/platform/rate';
import type { Work } from '../../src/platform/work';
import { loadPolicyFiles } from '../../src/policy';
import { appropriate, approveQuarter, proposeQuarter } from '../../src/subsidies';
import { another, householdForm, VILLAGE } from '../households/register';
// Its face brings all modules below it, and with them the parameters that the policy files are for.
import '../../src/riskfund';
import { type County, openCounty, PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';
import { disbursalOf } from './paid-out';

export { VILLAGE };
export const COUNTY = PLACES.county;
export const OTHER_VILLAGE = '450328103200';
export const BANK = '01J0000000000000000000BANK';
export const OTHER_BANK = '01J00000000000000000BANK02';

/** The quarter of a code in the county. One database serves many tests, each with a quarter of its own. */
export const quarter = (periodCode: string) => ({ county: COUNTY, periodCode });

/** The first day of a quarter: a loan paid out then bears interest for all of it. */
export const firstDay = (periodCode: string): string => settlementPeriod(periodCode).from;

/** The settlement day of a quarter. */
export const lastDay = (periodCode: string): string => settlementPeriod(periodCode).to;

/** Moves to the morning on which a quarter may be proposed. */
export function afterQuarter(county: County, periodCode: string): void {
  county.clock.set(settlementPeriod(periodCode).untilExclusive);
}

/** Everything that the subsidy writes, to prove that a refusal changed nothing. */
export const TABLES = [
  'subsidy_run',
  'subsidy_claim',
  'subsidy_exclusion',
  'subsidy_account',
  'subsidy_appropriation',
  'subsidy_payment',
  'loan',
  'loan_event',
  'ledger_entry',
  'ledger_balance',
];

const PARAMETERS = [
  'calendar.year',
  'collections.reminder-ladder',
  'loans.bank-terms',
  'loans.classification',
  'loans.product.FPXD',
  'loans.product.TPXD',
  'riskfund.terms',
  'subsidies.cycle',
  'subsidies.share',
];

/** A county with its places and rules and no loan yet. */
export async function openLending(open: OpenTest, start = '2016-06-20'): Promise<County> {
  const county = await openCounty(() => open(), start);
  await loadReferenceRegions(county.platform);
  await loadPolicyFiles(county.platform, { parameters: PARAMETERS });
  return county;
}

/** How a loan differs from 50,000 yuan at 4.75 % for three years. */
export interface LoanPlan {
  principal?: string;
  rate?: string;
  disbursedOn: string;
  termMonths?: number;
  bankId?: string;
  village?: string;
  productCode?: string;
  status?: string;
}

/** A household and its running loan. */
export async function lend(county: County, plan: LoanPlan): Promise<Loan> {
  const village = plan.village ?? VILLAGE;
  const form = householdForm(another(), {
    regionCode: village,
    status: {
      status: plan.status ?? 'REGISTERED_POOR',
      fromOn: '2016-01-01',
      source: '桂扶发〔2016〕1号',
    },
  });
  const registrar = county.actor({ permissions: ['households.register'], region: village });
  const household = await county.do(registrar, registerHousehold, form);
  return county.system(async (work) => {
    const loan = loanRow(work, plan, { ...household, village });
    await insertRow(work.tx, Application, contractedFor(work, loan));
    await insertRow(work.tx, Loan, loan);
    await insertRow(work.tx, LoanEvent, disbursalOf(work, loan));
    await postPayout(work, loan);
    return loan;
  });
}

/** The application of a loan, as the contract leaves it. */
function contractedFor(work: Work, loan: Loan): Application {
  const { householdId, memberId, regionCode, bankId, productCode, termMonths } = loan;
  return {
    ...{ id: loan.applicationId, number: `SQ-${loan.id}`, householdId, memberId, regionCode },
    ...{ relation: 'HEAD', bankId, productCode, productRowId: 'fpxd-2014', usesRowId: 'uses' },
    ...{ amountFen: loan.principalFen, termMonths, useCode: 'LOCAL_CHICKEN', useDetail: '养鸡' },
    ...{ lap: 1, awaitsApplicant: false, industryCode: null },
    ...{ project: null, repaymentSource: '出栏销售', witnessName: '潘支书' },
    consents: { creditInquiry: true, publicNotice: true, dataSharing: true },
    ...{ enteredBy: 'village-worker', enteredOn: loan.signedOn, enteredAt: work.now },
    ...{ state: 'contracted', stepDueOn: null, contentDigest: 'a'.repeat(64) },
    ...{ busyHouseholdId: householdId, certificateNumber: `ZS-${loan.id}`, loanId: loan.id },
    ...{ bankDecisionBy: loan.decidedBy, bankDecisionOn: loan.signedOn },
    ...{ closedOn: null, closedBy: null, closeReason: null, version: 1 },
  };
}

function loanRow(
  work: Work,
  plan: LoanPlan,
  at: { householdId: string; memberIds: string[]; village: string },
): Loan {
  const disbursedOn = businessDate(plan.disbursedOn);
  const termMonths = plan.termMonths ?? 36;
  const principalFen = parseYuan(plan.principal ?? '50000');
  const id = work.newId();
  return {
    ...{ id, number: `LS-${id}`, applicationId: work.newId(), householdId: at.householdId },
    ...{ memberId: at.memberIds[0]!, regionCode: at.village, bankId: plan.bankId ?? BANK },
    ...{ productCode: plan.productCode ?? 'FPXD', principalFen, outstandingFen: principalFen },
    ...{ interestDueFen: fen(0), penaltyDueFen: fen(0), overpaidFen: fen(0) },
    ...{ ratePpm: parsePercent(plan.rate ?? '4.75'), rateCapPpm: parsePercent('4.75') },
    ...{ surchargePpm: ppm(500_000), basis: 360, termMonths, state: 'running' },
    terms: {
      allocationOrder: ['COST', 'PENALTY', 'INTEREST', 'PRINCIPAL'],
      productRowId: 'fpxd-guangxi-2017',
      bankTermsRowId: 'bank-terms-national',
      referenceRowIds: [],
    },
    ...{ signedOn: disbursedOn, signedBy: 'signer', decidedBy: 'decider' },
    ...{ disbursedOn, disbursedBy: 'payer', maturesOn: addMonths(disbursedOn, termMonths) },
    ...{ bookedUntil: disbursedOn, lastBookingOn: disbursedOn, settledOn: null },
    ...{ originalMaturesOn: null, terminatedOn: null, writtenOffOn: null },
    ...{ writtenOffFen: fen(0), recoveredFen: fen(0) },
    ...{ compensatedOn: null, daysOverdue: 0, classCode: 'NORMAL' },
    ...{ renewsLoanId: null, ownDueSince: null, interestDaysOverdue: 0, judgedCode: null },
    ...{ runningKey: at.householdId, signedAt: work.now, version: 1 },
  };
}

async function postPayout(work: Work, loan: Loan): Promise<void> {
  await postEntry(work, {
    key: `loans.disburse/${loan.id}`,
    book: bankBook(loan.bankId),
    on: loan.disbursedOn!,
    event: 'loans.disbursed',
    memo: '放款',
    subject: { kind: 'loan', id: loan.id },
    region: loan.regionCode,
    lines: [
      { account: 'LOAN_PRINCIPAL', sub: loan.id, amountFen: loan.principalFen },
      { account: 'BANK_CASH', amountFen: fen(-loan.principalFen) },
    ],
  });
}

/** The night of a settlement day. */
export async function settle(county: County, on: string, loans: readonly Loan[]): Promise<void> {
  for (const { id } of loans) {
    const today = businessDate(on);
    await county.do(SYSTEM_ACTOR, settleInterest, { loanId: id, on }, { today });
  }
}

/** Loans that bear interest for a whole quarter, settled, on the morning after it. */
export async function lendFor(
  county: County,
  periodCode: string,
  ...plans: Omit<LoanPlan, 'disbursedOn'>[]
): Promise<Loan[]> {
  const loans: Loan[] = [];
  for (const plan of plans) {
    // Three months end with the quarter, so the next quarter of another test knows nothing of them.
    loans.push(await lend(county, { termMonths: 3, ...plan, disbursedOn: firstDay(periodCode) }));
  }
  await settle(county, lastDay(periodCode), loans);
  afterQuarter(county, periodCode);
  return loans;
}

let receipts = 0;

/** A repayment of that many yuan at the counter. */
export function repaid(county: County, loan: Loan, amount: string, paidOn: string) {
  receipts += 1;
  const clerk = banker(county, ['loans.repay'], loan.bankId);
  const bankReference = `HK-${String(receipts).padStart(6, '0')}`;
  return county.do(clerk, repay, { loanId: loan.id, amount, paidOn, bankReference });
}

/** Somebody of a bank. */
export function banker(county: County, permissions: string[], bankId = BANK): Actor {
  return county.actor({ permissions, org: { id: bankId, kind: 'bank' } });
}

/** Somebody of one of the county's bodies. */
export function officer(county: County, kind: OrganisationKind, ...permissions: string[]): Actor {
  return county.actor({ permissions, org: { id: `org-${kind}`, kind } });
}

/** The three people of a quarter. */
export interface Trio {
  proposer: Actor;
  approver: Actor;
  payer: Actor;
}

export function trio(county: County): Trio {
  return {
    proposer: officer(county, 'poverty-office', 'subsidies.propose', 'subsidies.read'),
    approver: officer(county, 'poverty-office', 'subsidies.approve', 'subsidies.read'),
    payer: officer(county, 'finance-bureau', 'subsidies.pay', 'subsidies.read'),
  };
}

/** Proposes a quarter, and takes it further as far as asked. */
export async function quarterTo(
  county: County,
  people: Trio,
  periodCode: string,
  state: 'proposed' | 'approved' = 'proposed',
) {
  const run = await county.do(people.proposer, proposeQuarter, quarter(periodCode));
  if (state === 'proposed') return run;
  const seen = { ...quarter(periodCode), contentDigest: run.contentDigest };
  return county.do(people.approver, approveQuarter, seen);
}

let documents = 0;

/** Money for the county's subsidies, under a document of its own. */
export function money(county: County, people: Trio, amount: string) {
  documents += 1;
  const document = `龙财农〔2018〕${documents}号`;
  return county.do(people.payer, appropriate, {
    ...{ county: COUNTY, source: 'COUNTY', document, amount },
  });
}

/** The code with which an attempt is refused; fails when it is done, or when anything has changed. */
export async function refusedUnchanged(
  county: County,
  attempt: () => Promise<unknown>,
  tables: readonly string[] = TABLES,
): Promise<string> {
  const before = await county.snapshot(...tables);
  const code = await county.refusal(attempt());
  expect(await county.snapshot(...tables)).toBe(before);
  return code;
}

/** What the laws of the subsidy say of the whole database; fails the test when one is broken. */
export async function expectLawful(county: County): Promise<void> {
  const sql = county.platform.db.reader();
  expect((await proveBooks(sql)).faults).toEqual([]);
  const book = countyBook(COUNTY);
  const account = await sql.one<{ balance: number }>(
    'SELECT balance_fen AS balance FROM subsidy_account WHERE region_code = :county',
    { county: COUNTY },
  );
  expect(yuan(await balanceOf(sql, { book, account: 'SUBSIDY_CASH' }))).toBe(
    yuan(fen(account?.balance ?? 0)),
  );
  const odd = await sql.rows(
    `SELECT c.loan_id FROM subsidy_claim c
      WHERE c.excluded_fen <> COALESCE((SELECT SUM(e.amount_fen) FROM subsidy_exclusion e
              WHERE e.period_code = c.period_code AND e.loan_id = c.loan_id), 0)
         OR c.interest_fen <> (SELECT SUM(i.amount_fen) FROM loan_interest i
              WHERE i.period_code = c.period_code AND i.loan_id = c.loan_id AND i.kind = 'NORMAL' AND i.voided_by IS NULL)`,
  );
  expect(odd).toEqual([]);
}
