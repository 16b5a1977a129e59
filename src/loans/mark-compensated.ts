/**
 * Notes that the risk fund has paid its part of an overdue loan. The debt stays as it is: what the fund paid is
 * booked by the fund's module, and what the borrower repays later flows back to it by its own listener.
 */
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { enterEvent } from './history';
import { LoanStore } from './loan.store';
import { P } from './problems';

/**
 * Marks a loan as compensated on a day, once.
 * @throws Problem loans.absent, loans.not-running, loans.not-overdue, loans.already-compensated.
 */
export async function markCompensated(work: Work, loanId: string, on: BusinessDate): Promise<void> {
  const store = new LoanStore(work);
  const loan = await store.running(loanId);
  if (loan.compensatedOn !== null) {
    throw P.alreadyCompensated({ detail: `代偿日 ${loan.compensatedOn}` });
  }
  if (on <= loan.maturesOn) throw P.notOverdue({ detail: `到期日 ${loan.maturesOn}` });
  await enterEvent(work, store, loan, {
    ...{ kind: 'compensation', on },
    naturalKey: `compensation/${loan.id}`,
    memo: `合同 ${loan.number} 已获代偿`,
  });
}
