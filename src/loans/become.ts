/** Writing a loan as its life now is: its totals, its arrears of interest, its class, and the application that follows. */
import { markOwing, markSettled } from '../applications';
import type { Work } from '../platform/work';
import { longerDaysOn } from './grading';
import { GradingStore } from './grading.store';
import type { Life } from './life';
import type { Loan } from './loan.entity';
import type { LoanStore } from './loan.store';
import { changesTo, type PaidOutLoan } from './loan-state';
import { ownDueSinceOf } from './own-due.queries';

/** Writes the loan as its life now is, after its events and interest were written. */
export async function become(
  work: Work,
  store: LoanStore,
  loan: PaidOutLoan,
  life: Life,
): Promise<Loan> {
  const ownDueSince = await ownDueSinceOf(work.tx, loan, life);
  const grading = new GradingStore(work);
  const changes = changesTo(loan, life, ownDueSince);
  // A loan that was settled by mistake is under the judgement that was in force.
  const owesAgain = loan.state === 'settled' && changes.state === 'running';
  const judged = owesAgain ? { judgedCode: await grading.lastJudged(loan.id) } : {};
  const after = await store.update(loan, { ...changes, ...judged });
  if (after.classCode !== loan.classCode) {
    await grading.note({
      loanId: loan.id,
      changedOn: work.today,
      ...{ fromCode: loan.classCode, toCode: after.classCode },
      overdueDays: longerDaysOn(loan, work.today),
      cause: after.state !== 'settled' && after.writtenOffOn !== null ? 'write-off' : 'settled',
      ...{ policyRowId: null, judgementId: null },
    });
  }
  if (loan.state === 'running' && after.state === 'settled') {
    await markSettled(work, loan.applicationId);
  }
  if (owesAgain) {
    await markOwing(work, loan.applicationId);
  }
  return after;
}
