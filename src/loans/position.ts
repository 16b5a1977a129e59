/** What a loan owes on a day: its booked dues, and the interest of the days that are not booked yet. */
import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { BEST_GRADE, type ClassTable, type GradeCode } from './classification';
import { gradingOf, interestDaysOn } from './grading';
import { type InterestPart, overdueDaysOn, partsToBook, sumOfParts } from './interest';
import type { Loan } from './loan.entity';
import { isPaidOut, type PaidOutLoan } from './loan-state';

/** A loan's position on a day. Amounts in fen. */
export interface LoanPosition {
  outstandingFen: Fen;
  /** Interest booked and unpaid. */
  interestDueFen: Fen;
  /** The same with the interest of the days up to the date (not including it) that is not booked yet. */
  interestToDateFen: Fen;
  /** Penalty booked and unpaid, with that of the days up to the date. */
  penaltyToDateFen: Fen;
  /** Days on which the principal is overdue. */
  daysOverdue: number;
  /** Days on which the borrower's own interest is overdue. */
  interestDaysOverdue: number;
  /** By the table of the date and the longer of both. */
  classCode: GradeCode;
}

/** The parts that would bring this loan's interest to `until`; `booked` are those of the period in progress. */
export function unbookedParts(
  loan: PaidOutLoan,
  booked: readonly InterestPart[],
  until: BusinessDate,
): InterestPart[] {
  const { ratePpm, surchargePpm, basis, outstandingFen, maturesOn, bookedUntil } = loan;
  return partsToBook({
    terms: { ratePpm, surchargePpm, basis },
    principalFen: outstandingFen,
    maturesOn,
    bookedUntil,
    until,
    booked,
  });
}

/**
 * The position of a loan on a date not before its last booking; earlier days are told by `arrearsOn`.
 * @param booked the parts of the settlement period in which `bookedUntil` lies.
 */
export function positionOf(
  loan: Loan,
  booked: readonly InterestPart[],
  table: ClassTable,
  date: BusinessDate,
): LoanPosition {
  if (!isPaidOut(loan) || loan.state === 'settled') return nothingOwed;
  check(date >= loan.lastBookingOn, 'The row of a loan tells its position since its last booking.');
  const { interestFen, penaltyFen } = sumOfParts(unbookedParts(loan, booked, date));
  return {
    outstandingFen: loan.outstandingFen,
    interestDueFen: loan.interestDueFen,
    interestToDateFen: addFen(loan.interestDueFen, interestFen),
    penaltyToDateFen: addFen(loan.penaltyDueFen, penaltyFen),
    daysOverdue: overdueDaysOn(loan.maturesOn, loan.outstandingFen, date),
    interestDaysOverdue: interestDaysOn(loan.ownDueSince, date),
    classCode: gradingOf(table, { ...loan, judgedCode: null }, [], date).code,
  };
}

const nothingOwed: LoanPosition = {
  outstandingFen: ZERO_FEN,
  interestDueFen: ZERO_FEN,
  interestToDateFen: ZERO_FEN,
  penaltyToDateFen: ZERO_FEN,
  daysOverdue: 0,
  interestDaysOverdue: 0,
  classCode: BEST_GRADE,
};
