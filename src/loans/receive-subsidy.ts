/**
 * The county's interest subsidy arrives at the bank: it pays interest that stands due. What exceeds it (the
 * borrower paid his interest himself, or the loan is settled) is the borrower's and stands as overpaid until it is
 * returned; nothing of it is lost and no balance goes below zero. When the loan was written off meanwhile, it recovers
 * interest that was.
 */
import { check } from '../platform/check';
import type { Fen } from '../platform/money';
import type { Work } from '../platform/work';
import { enterEvent } from './history';
import { LoanStore } from './loan.store';
import { loanRecovered, loanSubsidised } from './loan-events';
import { isPaidOut } from './loan-state';
import { P } from './problems';

/** One subsidy of one loan and quarter; `key` is the payer's unique name of it. */
export interface SubsidyReceived {
  loanId: string;
  /** Settlement period, e.g. '2018Q3'. */
  periodCode: string;
  amountFen: Fen;
  /** ASCII, at most 100 characters, e.g. `2018Q3/<loan id>`. */
  key: string;
}

/** How much of a subsidy paid interest, and how much is owed back to the borrower. */
export interface SubsidyBooked {
  interestFen: Fen;
  overpaidFen: Fen;
  /** False when it was booked before. */
  fresh: boolean;
}

/**
 * Books a subsidy on the day of the work in hand, once for its key.
 * @throws Problem loans.absent, loans.not-running (never paid out), loans.subsidy-conflict (same key, other amount).
 */
export async function receiveSubsidy(work: Work, subsidy: SubsidyReceived): Promise<SubsidyBooked> {
  const { loanId, periodCode, amountFen, key } = subsidy;
  const store = new LoanStore(work);
  const loan = await store.get(loanId);
  if (!isPaidOut(loan)) throw P.notRunning();
  const naturalKey = `subsidy/${key}`;
  const standing = await store.event(loan.bankId, naturalKey);
  if (standing) {
    if (standing.loanId !== loanId || standing.amountFen !== amountFen) throw P.subsidyConflict();
    const { interestFen, overpaidFen } = standing;
    return { interestFen, overpaidFen, fresh: false };
  }
  if (amountFen <= 0) throw P.nothingPaid();
  const { event } = await enterEvent(work, store, loan, {
    kind: loan.writtenOffOn ? 'recovery' : 'subsidy',
    on: work.today,
    amountFen,
    naturalKey,
    memo: `合同 ${loan.number} 收到 ${periodCode} 贴息`,
    detail: { periodCode },
  });
  check(event, 'A subsidy that was entered has its event.');
  const { interestFen, overpaidFen, originId: eventId } = event;
  if (loan.writtenOffOn) await work.emit(loanRecovered, { loanId, eventId });
  else if (loan.compensatedOn) await work.emit(loanSubsidised, { loanId, eventId });
  return { interestFen, overpaidFen, fresh: true };
}
