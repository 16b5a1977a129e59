/**
 * A quiet loan: the settlement of its period books one part of interest before maturity, and nothing of it is the
 * borrower's own. Nearly all loans of a book are quiet on nearly all settlement days, so statements settle them.
 */
import { type BusinessDate, daysBetween, type SettlementPeriod } from '../platform/dates';
import { type Fen, interestFen } from '../platform/money';
import type { PaidOutLoan } from './loan-state';

/** What must be known of a loan to tell whether it is quiet. */
export type QuietFace = Pick<
  PaidOutLoan,
  | 'id'
  | 'bankId'
  | 'regionCode'
  | 'productCode'
  | 'terms'
  | 'signedOn'
  | 'disbursedOn'
  | 'maturesOn'
  | 'bookedUntil'
  | 'lastBookingOn'
  | 'principalFen'
  | 'outstandingFen'
  | 'ratePpm'
  | 'basis'
  | 'ownDueSince'
  | 'writtenOffOn'
>;

/**
 * The most principal, in fen, whose interest statements compute: twice principal × rate (100 % at most) × days (92 at
 * most) stays within the 64 bits of the databases, which would lose digits silently beyond.
 */
const MOST: number = 10_000_000_000;

/** Whether the dates of a loan let it be quiet; whether the county bears its interest is asked beside. */
export function maybeQuiet(loan: QuietFace, period: SettlementPeriod): boolean {
  return (
    loan.bookedUntil >= period.from &&
    loan.maturesOn >= period.untilExclusive &&
    loan.lastBookingOn < period.to &&
    loan.ownDueSince === null &&
    loan.writtenOffOn === null &&
    loan.outstandingFen <= MOST
  );
}

/** The interest of a quiet loan to the end of the period, which the statement must compute too. */
export function quietInterest(
  { outstandingFen: principalFen, ratePpm, basis, bookedUntil }: QuietFace,
  until: BusinessDate,
): Fen {
  return interestFen({ principalFen, ratePpm, basis, days: daysBetween(bookedUntil, until) });
}
