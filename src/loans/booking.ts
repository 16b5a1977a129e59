/**
 * Bringing a loan's interest up to a day and into the books. Every change of the principal books first, so the
 * principal since `bookedUntil` is always one amount. Interest not before maturity goes to the interest account
 * like the rest; the penalty to its own.
 */

import { bankBook, type LineDraft, postEntry } from '../ledger';
import { type BusinessDate, quarterOf } from '../platform/dates';
import { type Fen, subFen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { sumOfParts } from './interest';
import type { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';
import { unbookedParts } from './position';

/** What was booked, and the loan as it is then. */
export interface Booked {
  loan: PaidOutLoan;
  interestFen: Fen;
  penaltyFen: Fen;
}

/**
 * Books the interest and penalty of the days before `until` that are not booked yet, on the business date `on`.
 * Nothing is written when there are none.
 */
export async function bookInterestTo(
  work: Work,
  loan: PaidOutLoan,
  until: BusinessDate,
  on: BusinessDate,
  store: LoanStore,
): Promise<Booked> {
  const periodInProgress = quarterOf(loan.bookedUntil);
  const parts = unbookedParts(loan, await store.parts(loan.id, periodInProgress), until);
  if (parts.length === 0) return { loan, interestFen: ZERO_FEN, penaltyFen: ZERO_FEN };
  const { interestFen, penaltyFen } = sumOfParts(parts);
  await store.addParts(loan.id, parts, on);
  const moved = await store.move(
    loan,
    { interestDueFen: interestFen, penaltyDueFen: penaltyFen },
    { bookedUntil: until, lastBookingOn: on },
  );
  await postLoan(work, loan, {
    key: `loans.interest/${loan.id}/${until}`,
    event: 'loans.interest-booked',
    on,
    memo: `合同 ${loan.number} 计息至 ${until} (不含)`,
    lines: [
      { account: 'INTEREST_RECEIVABLE', sub: loan.id, amountFen: interestFen },
      { account: 'INTEREST_INCOME', amountFen: subFen(ZERO_FEN, interestFen) },
      { account: 'PENALTY_RECEIVABLE', sub: loan.id, amountFen: penaltyFen },
      { account: 'PENALTY_INCOME', amountFen: subFen(ZERO_FEN, penaltyFen) },
    ],
  });
  return { loan: moved, interestFen, penaltyFen };
}

/** An entry of a loan in its bank's book. */
export interface LoanEntry {
  key: string;
  event: string;
  on: BusinessDate;
  memo: string;
  /** Lines of zero are left out; when nothing is left no entry is made. */
  lines: readonly LineDraft[];
}

/** Posts an entry of a loan in its bank's book. */
export async function postLoan(
  work: Work,
  loan: { id: string; bankId: string; regionCode: string },
  entry: LoanEntry,
): Promise<void> {
  const lines = entry.lines.filter(({ amountFen }) => amountFen !== 0);
  if (lines.length === 0) return;
  await postEntry(work, {
    ...entry,
    lines,
    book: bankBook(loan.bankId),
    subject: { kind: 'loan', id: loan.id },
    region: loan.regionCode,
  });
}
