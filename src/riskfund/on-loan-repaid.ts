/**
 * When a borrower pays after the fund has compensated the bank, the fund's part of it is to come back: by the
 * shares of the claim, within the working days the claim's terms give, never more than the fund paid. Penalty is
 * the bank's own, because the fund never bore any.
 */

import type { BusinessDate } from '../platform/dates';
import type { Fen } from '../platform/money';
import { addFen } from '../platform/money';
import type { Work } from '../platform/work';
import { ClaimStore } from './claim.store';
import { claimSubject, relatedOf } from './claim-answer';
import { partsOfRecovery } from './fund';
import { returnDueOn } from './return-due';

/** What the loan book tells of a repayment. */
export interface LoanRepaid {
  loanId: string;
  repaymentId: string;
  on: BusinessDate;
  principalFen: Fen;
  interestFen: Fen;
  penaltyFen: Fen;
}

/** Listener of `loans.repaid`; it does nothing for loans that were not compensated. */
export async function onLoanRepaid(work: Work, repaid: LoanRepaid): Promise<void> {
  const store = new ClaimStore(work);
  const claim = await store.standing(repaid.loanId);
  if (claim?.state !== 'paid') return;
  const recoveredFen = addFen(repaid.principalFen, repaid.interestFen);
  const { fundPartFen } = partsOfRecovery({
    recoveredFen,
    sharePpm: claim.sharePpm,
    paidFen: claim.amountFen,
    backFen: claim.dueBackFen,
  });
  if (fundPartFen === 0) return;
  await store.addDueBack(claim, fundPartFen);
  const recovery = {
    id: work.newId(),
    claimId: claim.id,
    loanId: claim.loanId,
    householdId: claim.householdId,
    regionCode: claim.regionCode,
    bankId: claim.bankId,
    repaymentId: repaid.repaymentId,
    receivedOn: repaid.on,
    recoveredFen,
    fundPartFen,
    dueOn: await returnDueOn(work.tx, repaid.on, claim.returnWorkingDays),
    returnedOn: null,
    returnedBy: null,
    version: 1,
  };
  await store.addRecovery(recovery);
  work.record({
    subject: { kind: 'recovery', id: recovery.id },
    related: [
      claimSubject(claim),
      { kind: 'repayment', id: repaid.repaymentId },
      ...relatedOf(claim),
    ],
    after: recovery,
  });
}
