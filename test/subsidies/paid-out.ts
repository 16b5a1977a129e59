/** The event with which the life of a loan begins that a test put there without the acts. */
import type { Loan, LoanEvent } from '../../src/loans/loan.entity';
import { fen } from '../../src/platform/money';
import type { Work } from '../../src/platform/work';

/** The payout of a loan, as the loan book keeps it. */
export function disbursalOf(work: Work, loan: Loan): LoanEvent {
  const id = work.newId();
  const { id: loanId, bankId, principalFen } = loan;
  const none = fen(0);
  return {
    ...{ id, loanId, bankId, naturalKey: `disbursal/${loanId}`, kind: 'disbursal' },
    ...{ happenedOn: loan.disbursedOn!, amountFen: principalFen, principalFen },
    ...{ interestFen: none, penaltyFen: none, overpaidFen: none },
    ...{ outstandingAfterFen: principalFen, causedBy: 'payer', recordedAt: work.now },
    ...{ originId: id, revision: 1, detail: null, entryKey: `loans.disburse/${loanId}` },
    ...{ correctionId: null, voidedBy: null },
  };
}
