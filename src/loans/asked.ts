/**
 * What the acts share that change the course of a loan by two people: the fields of asking and deciding, to what a
 * decision is bound, and which loans are beyond it.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { BusinessDate } from '../platform/dates';
import { codeField, idField, Joi, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { AskedChange } from './asked.entity';
import { C } from './change-problems';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { P } from './problems';

/** The fields of every request. */
export const askFields = {
  loanId: idField('贷款编号'),
  reason: textField(1000, '申请理由；不写身份证号、电话'),
  evidence: textField(4000, '依据材料，如走访记录、证明的名称和日期；不写身份证号、电话'),
};

/** The digest of a request as the officer saw it. */
export function digestField() {
  return Joi.string()
    .pattern(/^[0-9a-f]{64}$/, '64 位摘要')
    .description('所见申请的摘要(contentDigest)，原样填回');
}

/** How every request is decided. */
export interface DecideInput {
  loanId: string;
  contentDigest: string;
  outcome: 'approve' | 'refuse';
  reason?: string;
}

/** The fields of every decision. */
export const decideFields = {
  loanId: idField('贷款编号'),
  contentDigest: digestField(),
  outcome: codeField(['approve', 'refuse'], '同意或不同意'),
  reason: textField(1000, '理由；不同意时必填').optional(),
};

/** Where a loan stands, for `locate`; the loan is locked. */
export async function locateLoan(work: Work, { loanId }: { loanId: string }) {
  const loan = await new LoanStore(work).get(loanId);
  return { region: loan.regionCode, org: loan.bankId, loan };
}

/** A request and its loan, as `locate` of a decision finds them. */
export interface DecidedAt<T extends AskedChange> {
  region: string;
  org: string;
  loan: Loan;
  request: T;
}

/** Nobody decides what they asked for. @throws Problem loans.change-decider-asked */
export async function decideDuty<T extends AskedChange>(
  work: Work,
  _input: unknown,
  { request }: DecidedAt<T>,
): Promise<void> {
  if (request.askedBy === work.actor.id) throw C.changeDeciderAsked();
}

/**
 * A loan that is paid out, owes something, and whose course was not broken by a compensation, a write-off or an end.
 * @throws Problem loans.not-running, loans.troubled
 */
export function requireOnCourse(loan: Loan): PaidOutLoan {
  if (loan.state !== 'running' || !isPaidOut(loan)) throw P.notRunning();
  const broken = [
    loan.compensatedOn && `已于 ${loan.compensatedOn} 代偿`,
    loan.writtenOffOn && `已于 ${loan.writtenOffOn} 核销`,
    loan.terminatedOn && `已于 ${loan.terminatedOn} 提前终止`,
  ].filter((one) => one !== null);
  if (broken.length > 0) throw C.troubled({ detail: broken.join('；') });
  return loan;
}

/**
 * A loan on course on which nothing is late on a day: neither principal nor interest that the borrower owes.
 * @throws Problem loans.not-running, loans.troubled
 */
export function requireUntroubled(loan: Loan, today: BusinessDate): PaidOutLoan {
  const paidOut = requireOnCourse(loan);
  const { daysOverdue, interestDaysOverdue, ownDueSince, penaltyDueFen } = loan;
  const late = daysOverdue > 0 || interestDaysOverdue > 0 || penaltyDueFen > 0;
  // The counts are those of the last night; own interest is late from the day after it fell due.
  if (late || (ownDueSince !== null && ownDueSince < today)) {
    throw C.troubled({ detail: '有逾期本金、逾期利息或未付罚息' });
  }
  return paidOut;
}

/** Digest of what is asked for, and of the loan for which it is asked. */
export function digestOf(loan: Loan, asked: object, owed: 'with-principal' | 'terms'): string {
  const { id, number, maturesOn, ratePpm, outstandingFen, state, terminatedOn } = loan;
  const standing = { id, number, maturesOn, ratePpm, terminatedOn, state };
  const principal = owed === 'with-principal' ? { outstandingFen } : {};
  return sm3Hex(canonical({ loan: { ...standing, ...principal }, asked }));
}

/**
 * Binds a decision: what was seen is what was asked, and an approval meets the loan as it was when it was asked.
 * @throws Problem loans.change-stale, loans.change-refusal-reason
 */
export function bindDecision(request: AskedChange, input: DecideInput, now: string): void {
  if (input.contentDigest !== request.contentDigest) throw C.changeStale();
  if (input.outcome === 'approve' && now !== request.contentDigest) {
    throw C.changeStale({ detail: '申请之后贷款有变动' });
  }
  if (input.outcome === 'refuse' && input.reason === undefined) {
    throw C.changeRefusalReason({ fields: [{ field: 'reason', reason: '必填' }] });
  }
}
