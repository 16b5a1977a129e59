/** The early end of a loan whose use was diverted (提前终止), as answers show it and as it is measured. */
import type { BusinessDate } from '../platform/dates';
import { type Ppm, percent } from '../platform/rate';
import { answer, shape } from '../platform/shape';
import { digestOf } from './asked';
import { type AskedFace, askedAnswer, askedFace } from './asked-face';
import { C } from './change-problems';
import type { Loan } from './loan.entity';
import type { PaidOutLoan } from './loan-state';

/** What an early end has besides what every request has. */
export interface TerminationOwn {
  endsOn: BusinessDate;
  surchargePpm: Ppm;
}

/** The fields of an early end in an answer. */
export const terminationFields = {
  ...askedAnswer,
  endsOn: answer.date('终止日；自该日起全部到期、不再贴息'),
  surcharge: answer.percent('自该日起在合同利率上加收(%)'),
};
export const terminationShape = shape(terminationFields);

/** An early end for an answer. */
export function terminationFace(termination: AskedFace & TerminationOwn) {
  const { endsOn, surchargePpm } = termination;
  return { ...askedFace(termination), endsOn, surcharge: percent(surchargePpm) };
}

/** What brings the hold on the subsidy about. */
export const holdCause = (terminationId: string) => ({
  causeKind: 'loan-termination',
  causeId: terminationId,
});

/** What is asked for. */
export type TerminationAsked = TerminationOwn & { reason: string; evidence: string };

/** Digest of an early end and of the loan as it stands. */
export function terminationDigest(loan: Loan, asked: TerminationAsked): string {
  const { endsOn, surchargePpm, reason, evidence } = asked;
  const content = { termination: { endsOn, surchargePpm, reason, evidence } };
  return digestOf(loan, content, 'with-principal');
}

/**
 * The day lies after the payout, before maturity and not ahead: a diversion is found out, never foreseen.
 * @throws Problem loans.termination-day
 */
export function requireEndsWithin(
  loan: PaidOutLoan,
  endsOn: BusinessDate,
  today: BusinessDate,
): void {
  const { disbursedOn, maturesOn } = loan;
  if (endsOn > disbursedOn && endsOn < maturesOn && endsOn <= today) return;
  const reason = `放款日 ${disbursedOn}，到期日 ${maturesOn}，今日 ${today}`;
  throw C.terminationDay({ fields: [{ field: 'endsOn', reason }] });
}
