/** A loan as post-loan care deals with it: paid out, with money in use. */
import { type LoanFace, loanFor } from '../loans';
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { P } from './problems';

/** A loan that has been paid out and whose principal is not wholly repaid. */
export type WatchedLoan = LoanFace & { disbursedOn: BusinessDate };

/** Where a loan stands, with the loan. */
export interface LoanAt {
  region: string;
  org: string;
  loan: LoanFace;
}

/** @throws Problem loans.absent */
export async function locateLoan(work: Work, { loanId }: { loanId: string }): Promise<LoanAt> {
  const loan = await loanFor(work.tx, loanId);
  return { region: loan.regionCode, org: loan.bankId, loan };
}

/** @throws Problem monitoring.not-paid-out, repaid */
export function watched(loan: LoanFace): WatchedLoan {
  const { disbursedOn } = loan;
  if (disbursedOn === null) throw P.notPaidOut({ detail: `合同号 ${loan.number}` });
  if (loan.state !== 'running' || loan.outstandingFen === 0) {
    throw P.repaid({ detail: `合同号 ${loan.number}` });
  }
  return { ...loan, disbursedOn };
}

/** The records to whose story an act on a loan belongs. */
export function relatedOf(loan: LoanFace) {
  return [
    { kind: 'loan', id: loan.id },
    { kind: 'household', id: loan.householdId },
    { kind: 'application', id: loan.applicationId },
  ];
}
