/**
 * A bank officer signs the loan contract for an approved application. What the day's policy says of rate, day
 * count, surcharge and order of payment is frozen into it: a loan keeps the rules of the day it was signed.
 *
 * Laws: the certificate lies at this very counter, and what was checked there is checked again on a later day; not
 * above what was approved; not above the day's rate cap; one running loan a household (the household's row is written,
 * and the running key is unique); whoever had another part in the application does not sign.
 */
import {
  type ApplicationFace,
  applicationFor,
  markContracted,
  requireBankApproved,
  takePart,
} from '../applications';
import { touchHousehold } from '../households';
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { type DayBasis, type Fen, yuan, ZERO_FEN } from '../platform/money';
import { type Ppm, percent, ppm } from '../platform/rate';
import { idField, Joi, percentField, shape, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { bankTerms } from './bank-terms';
import { BEST_GRADE } from './classification';
import { contractTerms } from './contract-terms';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { requirePayable } from './payable';
import { PayoutStore } from './payout.store';
import { branchOf } from './present-certificate';
import { P } from './problems';

interface Input {
  applicationId: string;
  contractNumber: string;
  amount: Fen;
  termMonths: number;
  rate: Ppm;
  basis?: DayBasis;
}

interface At {
  region: string;
  org: string;
  application: ApplicationFace;
}

/** A bank's own number: letters, digits and the signs banks use in contract numbers. */
export function contractNumberField() {
  return Joi.string()
    .pattern(/^[0-9A-Za-z][0-9A-Za-z_./()-]{0,39}$/, '40 位以内的字母、数字和 - _ . / ( )')
    .description('银行合同号');
}

export const signContract = defineAct<Input, At, LoanAnswer>({
  name: 'loans.sign-contract',
  title: '签订借款合同',
  permission: 'loans.sign',
  input: shape<Input>({
    applicationId: idField('申请编号'),
    contractNumber: contractNumberField(),
    amount: yuanField('合同金额(元)'),
    termMonths: Joi.number().integer().min(1).max(120).description('期限(月)'),
    rate: percentField('年利率(%)'),
    basis: Joi.number().valid(360, 364, 365).description('年天数；不填按本行默认').optional(),
  }),
  answer: loanAnswerShape,
  locate: async (work, { applicationId }) => {
    const application = await applicationFor(work.tx, applicationId);
    return { region: application.regionCode, org: application.bankId, application };
  },
  duty: async (work, _input, { application }) => {
    if (application.bankDecisionBy === work.actor.id) throw P.signerDecided();
  },
  run: async (work, input, { application }) => {
    await requireBankApproved(work, application.id);
    withinApproval(input, application);
    await touchHousehold(work, application.householdId);
    const store = new LoanStore(work);
    await refuseSecondLoan(store, application);
    await atThisCounter(work, application);
    await takePart(work, application.id, 'contract');
    const loan = await store.add(await newLoan(work, input, application));
    await markContracted(work, application.id, loan.id);
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      after: auditOf(loan),
    });
    return loanAnswer(loan);
  },
});

async function atThisCounter(work: Work, application: ApplicationFace): Promise<void> {
  const payout = await new PayoutStore(work).ofApplication(application.id);
  if (payout.branchId !== branchOf(work, application.bankId)) throw P.otherBranch();
  if (payout.presentedOn !== work.today) await requirePayable(work, application);
}

function withinApproval({ amount, termMonths }: Input, approved: ApplicationFace): void {
  if (amount <= 0 || amount > approved.amountFen) {
    throw P.amountAboveApproved({
      detail: `合同金额 ${yuan(amount)} 元，审批金额 ${yuan(approved.amountFen)} 元`,
    });
  }
  if (termMonths > approved.termMonths) {
    throw P.termAboveApproved({
      detail: `合同期限 ${termMonths} 个月，审批期限 ${approved.termMonths} 个月`,
    });
  }
}

async function refuseSecondLoan(store: LoanStore, application: ApplicationFace): Promise<void> {
  if (await store.ofApplication(application.id)) throw P.alreadySigned();
  const running = await store.runningOf(application.householdId);
  if (running) throw P.runningLoan({ detail: `合同号 ${running.number}` });
}

/**
 * The row of a contract that is signed today by whoever acts, with the rules of the day, not paid out.
 * @throws Problem loans.basis-not-allowed, loans.rate-above-cap, loans.term-without-cap; policy.no-row-in-force
 */
export async function newLoan(
  work: Work,
  input: Omit<Input, 'applicationId'>,
  application: Omit<ApplicationFace, 'amountFen' | 'termMonths' | 'useCode' | 'state'>,
): Promise<Omit<Loan, 'version'>> {
  const decidedBy = application.bankDecisionBy;
  check(decidedBy !== null, 'An approved application names who decided it.');
  const place = { region: application.regionCode, date: work.today };
  const terms = await policyAsOf(work.tx, bankTerms, place);
  const basis = input.basis ?? terms.value.dayCountBasis;
  if (!terms.value.dayCountBasisAllowed.includes(basis)) throw P.basisNotAllowed();
  const product = await contractTerms(work.tx, application.productCode, place, input.termMonths);
  if (input.rate <= 0 || input.rate > product.rateCapPpm) {
    throw P.rateAboveCap({
      detail: `合同利率 ${percent(input.rate)}%,上限 ${percent(product.rateCapPpm)}%`,
      extra: { rateCap: percent(product.rateCapPpm) },
    });
  }
  return {
    id: work.newId(),
    number: input.contractNumber,
    applicationId: application.id,
    householdId: application.householdId,
    memberId: application.memberId,
    regionCode: application.regionCode,
    bankId: application.bankId,
    productCode: application.productCode,
    principalFen: input.amount,
    ratePpm: input.rate,
    rateCapPpm: product.rateCapPpm,
    surchargePpm: ppm(terms.value.overdueSurchargePpm),
    basis,
    termMonths: input.termMonths,
    terms: {
      allocationOrder: terms.value.allocationOrder,
      productRowId: product.rowId,
      bankTermsRowId: terms.rowId,
      referenceRowIds: product.referenceRowIds,
    },
    signedOn: work.today,
    signedBy: work.actor.id,
    decidedBy,
    signedAt: work.now,
    runningKey: application.householdId,
    ...beforePayout,
  };
}

/** A contract that was signed and not yet paid out owes nothing and has no dates of its own. */
const beforePayout = {
  state: 'signed',
  outstandingFen: ZERO_FEN,
  interestDueFen: ZERO_FEN,
  penaltyDueFen: ZERO_FEN,
  overpaidFen: ZERO_FEN,
  writtenOffFen: ZERO_FEN,
  recoveredFen: ZERO_FEN,
  writtenOffOn: null,
  originalMaturesOn: null,
  terminatedOn: null,
  renewsLoanId: null,
  disbursedOn: null,
  disbursedBy: null,
  maturesOn: null,
  bookedUntil: null,
  lastBookingOn: null,
  settledOn: null,
  compensatedOn: null,
  daysOverdue: 0,
  ownDueSince: null,
  interestDaysOverdue: 0,
  judgedCode: null,
  classCode: BEST_GRADE,
} as const;
