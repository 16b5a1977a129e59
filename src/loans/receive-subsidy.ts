/**
 * The county's interest subsidy arrives at the bank: it pays interest that stands due. What exceeds it (the
 * borrower paid his interest himself, or the loan is settled) is the borrower's and stands as overpaid until it is
 * returned; nothing of it is lost and no balance goes below zero.
 */
import { markSettled } from '../applications';
import { addFen, type Fen, minFen, subFen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { postLoan } from './booking';
import { LoanStore } from './loan.store';
import { isPaidOut, whenPaid } from './loan-state';
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
  const interestFen = minFen(loan.interestDueFen, amountFen);
  const overpaidFen = subFen(amountFen, interestFen);
  const by = { interestDueFen: subFen(ZERO_FEN, interestFen), overpaidFen };
  const after = await store.move(loan, by, whenPaid(loan, by, work.today));
  await store.addEvent(after, {
    kind: 'subsidy',
    naturalKey,
    happenedOn: work.today,
    interestFen,
    overpaidFen,
  });
  await postLoan(work, loan, {
    key: `loans.subsidy/${key}`,
    event: 'loans.subsidy-received',
    on: work.today,
    memo: `合同 ${loan.number} 收到 ${periodCode} 贴息`,
    lines: [
      { account: 'BANK_CASH', amountFen: addFen(interestFen, overpaidFen) },
      { account: 'INTEREST_RECEIVABLE', sub: loan.id, amountFen: by.interestDueFen },
      { account: 'OVERPAYMENT', sub: loan.id, amountFen: subFen(ZERO_FEN, overpaidFen) },
    ],
  });
  if (loan.state === 'running' && after.state === 'settled') {
    await markSettled(work, loan.applicationId);
  }
  return { interestFen, overpaidFen, fresh: true };
}
