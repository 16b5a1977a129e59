/** What a loan owes on a day: its booked dues, and the interest of the days that are not booked yet. */
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { BEST_GRADE, type ClassTable, type GradeCode, gradeOf } from './classification';
import { type InterestPart, overdueDaysOn, partsToBook, sumOfParts } from './interest';
import type { Loan } from './loan.entity';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { P } from './problems';

/** A loan's position on a day. Amounts in fen. */
export interface LoanPosition {
  outstandingFen: Fen;
  /** Interest booked and unpaid. */
  interestDueFen: Fen;
  /** The same with the interest of the days up to the date (not including it) that is not booked yet. */
  interestToDateFen: Fen;
  /** Penalty booked and unpaid, with that of the days up to the date. */
  penaltyToDateFen: Fen;
  daysOverdue: number;
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
 * The position of a loan on a date not before its last booking.
 * @param booked the parts of the settlement period in which `bookedUntil` lies.
 * @throws Problem loans.before-last-booking
 */
export function positionOf(
  loan: Loan,
  booked: readonly InterestPart[],
  table: ClassTable,
  date: BusinessDate,
): LoanPosition {
  if (!isPaidOut(loan) || loan.state === 'settled') return nothingOwed;
  if (date < loan.lastBookingOn) {
    throw P.beforeLastBooking({ detail: `最近一次入账为 ${loan.lastBookingOn}` });
  }
  const { interestFen, penaltyFen } = sumOfParts(unbookedParts(loan, booked, date));
  const daysOverdue = overdueDaysOn(loan.maturesOn, loan.outstandingFen, date);
  return {
    outstandingFen: loan.outstandingFen,
    interestDueFen: loan.interestDueFen,
    interestToDateFen: addFen(loan.interestDueFen, interestFen),
    penaltyToDateFen: addFen(loan.penaltyDueFen, penaltyFen),
    daysOverdue,
    classCode: gradeOf(table, daysOverdue),
  };
}

const nothingOwed: LoanPosition = {
  outstandingFen: ZERO_FEN,
  interestDueFen: ZERO_FEN,
  interestToDateFen: ZERO_FEN,
  penaltyToDateFen: ZERO_FEN,
  daysOverdue: 0,
  classCode: BEST_GRADE,
};
