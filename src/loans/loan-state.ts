/**
 * The states of a loan, what may change of it, and when it is settled: signed → running → settled. Whoever pays
 * the last of it (the borrower, the county), a loan that owes nothing is settled and no longer bars its household.
 */
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { BEST_GRADE } from './classification';
import type { Loan } from './loan.entity';

/** A loan that has been paid out: its dates are there. */
export type PaidOutLoan = Loan & {
  disbursedOn: BusinessDate;
  maturesOn: BusinessDate;
  bookedUntil: BusinessDate;
  lastBookingOn: BusinessDate;
};

/** Whether the loan was paid out, be it settled since or not. */
export function isPaidOut(loan: Loan): loan is PaidOutLoan {
  return loan.state !== 'signed';
}

/** By how much the amounts of a loan change; what is left out does not. */
export interface Movement {
  outstandingFen?: Fen;
  interestDueFen?: Fen;
  penaltyDueFen?: Fen;
  overpaidFen?: Fen;
}

/** What is set besides the amounts. */
export type LoanChanges = Partial<
  Pick<
    Loan,
    | 'state'
    | 'disbursedOn'
    | 'disbursedBy'
    | 'maturesOn'
    | 'bookedUntil'
    | 'lastBookingOn'
    | 'settledOn'
    | 'compensatedOn'
    | 'daysOverdue'
    | 'classCode'
    | 'runningKey'
  >
>;

/** The amounts of a loan after a movement. */
export function movedBy(
  loan: Pick<Loan, keyof Movement>,
  by: Movement,
): { [K in keyof Required<Movement>]: Fen } {
  return {
    outstandingFen: addFen(loan.outstandingFen, by.outstandingFen ?? ZERO_FEN),
    interestDueFen: addFen(loan.interestDueFen, by.interestDueFen ?? ZERO_FEN),
    penaltyDueFen: addFen(loan.penaltyDueFen, by.penaltyDueFen ?? ZERO_FEN),
    overpaidFen: addFen(loan.overpaidFen, by.overpaidFen ?? ZERO_FEN),
  };
}

/** What else changes when a payment moves the loan's amounts by so much on a day. */
export function whenPaid(loan: PaidOutLoan, by: Movement, on: BusinessDate): LoanChanges {
  const { outstandingFen, interestDueFen, penaltyDueFen } = movedBy(loan, by);
  // Days overdue and the grade are those of the principal: they end with it.
  const calm: LoanChanges = outstandingFen === 0 ? { daysOverdue: 0, classCode: BEST_GRADE } : {};
  const owesNothing = outstandingFen === 0 && interestDueFen === 0 && penaltyDueFen === 0;
  if (loan.state !== 'running' || !owesNothing) return calm;
  return { ...calm, state: 'settled', settledOn: on, runningKey: null };
}
