/** A loan as collection deals with it: paid out, so that it has a maturity. */
import type { LoanFace } from '../loans';
import type { BusinessDate } from '../platform/dates';
import { P } from './problems';

/** A loan that has been paid out. */
export type CollectedLoan = LoanFace & { disbursedOn: BusinessDate; maturesOn: BusinessDate };

/** The loan, which must have been paid out. @throws Problem collections.not-paid-out */
export function paidOut(loan: LoanFace): CollectedLoan {
  const { disbursedOn, maturesOn } = loan;
  if (disbursedOn === null || maturesOn === null) throw P.notPaidOut();
  return { ...loan, disbursedOn, maturesOn };
}

/** The records to whose story an act of collection belongs. */
export function relatedOf(loan: LoanFace) {
  return [
    { kind: 'household', id: loan.householdId },
    { kind: 'application', id: loan.applicationId },
  ];
}
