/**
 * The states of a loan, what may change of it, and when it is settled: signed → running → settled. Whoever pays
 * the last of it (the borrower, the county), a loan that owes nothing is settled and no longer bars its household.
 */
import { type BusinessDate, daysBetween } from '../platform/dates';
import { BEST_GRADE } from './classification';
import type { Life } from './life';
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

/** What an act may change of a loan. */
export type LoanChanges = Partial<
  Pick<
    Loan,
    | 'state'
    | 'outstandingFen'
    | 'interestDueFen'
    | 'penaltyDueFen'
    | 'overpaidFen'
    | 'writtenOffFen'
    | 'recoveredFen'
    | 'writtenOffOn'
    | 'disbursedOn'
    | 'disbursedBy'
    | 'maturesOn'
    | 'originalMaturesOn'
    | 'terminatedOn'
    | 'surchargePpm'
    | 'bookedUntil'
    | 'lastBookingOn'
    | 'settledOn'
    | 'compensatedOn'
    | 'daysOverdue'
    | 'ownDueSince'
    | 'interestDaysOverdue'
    | 'classCode'
    | 'judgedCode'
    | 'runningKey'
  >
>;

/** The row of a loan whose life is now this. `ownDueSince`: since when own interest is open, as that life has it. */
export function changesTo(
  loan: PaidOutLoan,
  life: Life,
  ownDueSince: BusinessDate | null = loan.ownDueSince,
): LoanChanges {
  const { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen } = life;
  const { writtenOffFen, recoveredFen, writtenOffOn, terminatedOn, compensatedOn } = life;
  const { maturesOn, surchargePpm, bookedUntil, lastBookingOn, settledOn } = life;
  const settled = settledOn !== null;
  const firstMaturity = loan.originalMaturesOn ?? loan.maturesOn;
  return {
    ...{ outstandingFen, interestDueFen, penaltyDueFen, overpaidFen },
    ...{ writtenOffFen, recoveredFen, writtenOffOn, terminatedOn, compensatedOn },
    ...{ maturesOn, surchargePpm, bookedUntil, lastBookingOn, settledOn },
    originalMaturesOn: maturesOn === firstMaturity ? null : firstMaturity,
    state: settled ? 'settled' : 'running',
    runningKey: settled ? null : loan.householdId,
    // Days overdue end with what is overdue; nights count them up again.
    ...(outstandingFen === 0 ? { daysOverdue: 0 } : {}),
    ...{ ownDueSince, interestDaysOverdue: interestDays(loan, ownDueSince) },
    ...(settled ? { classCode: BEST_GRADE, judgedCode: null } : {}),
    ...(!settled && writtenOffOn !== null ? { classCode: 'LOSS' } : {}),
  };
}

/** The days counted last, less those by which the oldest open interest is younger now. */
function interestDays(loan: PaidOutLoan, ownDueSince: BusinessDate | null): number {
  if (ownDueSince === null || loan.ownDueSince === null) return 0;
  const younger = Math.max(0, daysBetween(loan.ownDueSince, ownDueSince));
  return Math.max(0, loan.interestDaysOverdue - younger);
}
