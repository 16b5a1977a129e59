/**
 * What an event of a loan does in its bank's book, as lines. Interest goes to the interest account whether it arose
 * before or after maturity; the penalty to its own. What is written off leaves the accounts of what is owed for a
 * loss, and is remembered beside the books' totals until it is recovered.
 */
import { bankBook, type EntryDraft, type LineDraft } from '../ledger';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, subFen, ZERO_FEN } from '../platform/money';
import { type InterestPart, sumOfParts } from './interest';
import type { Parts } from './life';
import type { Loan, LoanEventKind } from './loan.entity';

const minus = (amount: Fen): Fen => subFen(ZERO_FEN, amount);

/** The money of one event. */
export interface EventAmounts extends Parts {
  overpaidFen: Fen;
}

const owed = (loanId: string, { principalFen, interestFen, penaltyFen }: Parts): LineDraft[] => [
  { account: 'PENALTY_RECEIVABLE', sub: loanId, amountFen: minus(penaltyFen) },
  { account: 'INTEREST_RECEIVABLE', sub: loanId, amountFen: minus(interestFen) },
  { account: 'LOAN_PRINCIPAL', sub: loanId, amountFen: minus(principalFen) },
];

/** The lines of an event, debit positive; lines of zero are among them. None for an event that moves no money. */
export function eventLines(kind: LoanEventKind, loanId: string, by: EventAmounts): LineDraft[] {
  const sum = addFen(by.principalFen, by.interestFen, by.penaltyFen);
  const held: LineDraft = {
    account: 'OVERPAYMENT',
    sub: loanId,
    amountFen: minus(by.overpaidFen),
  };
  const cash = (amountFen: Fen): LineDraft => ({ account: 'BANK_CASH', amountFen });
  switch (kind) {
    case 'disbursal':
      return [
        { account: 'LOAN_PRINCIPAL', sub: loanId, amountFen: by.principalFen },
        cash(minus(by.principalFen)),
      ];
    case 'repayment':
    case 'renewal':
    case 'subsidy':
      return [cash(addFen(sum, by.overpaidFen)), ...owed(loanId, by), held];
    case 'refund':
      return [
        { account: 'OVERPAYMENT', sub: loanId, amountFen: by.overpaidFen },
        cash(minus(by.overpaidFen)),
      ];
    case 'write-off':
      return [
        { account: 'LOAN_LOSS', amountFen: sum },
        ...owed(loanId, by),
        { account: 'WRITTEN_OFF', sub: loanId, amountFen: sum },
        { account: 'WRITTEN_OFF_CONTRA', amountFen: minus(sum) },
      ];
    case 'recovery':
      return [
        cash(addFen(sum, by.overpaidFen)),
        { account: 'RECOVERY_INCOME', amountFen: minus(sum) },
        held,
        { account: 'WRITTEN_OFF', sub: loanId, amountFen: minus(sum) },
        { account: 'WRITTEN_OFF_CONTRA', amountFen: sum },
      ];
    case 'settlement':
    case 'compensation':
    case 'extension':
    case 'termination':
      return [];
  }
}

/** The lines of interest and penalty that are booked. */
export function interestLines(
  loanId: string,
  parts: readonly Pick<InterestPart, 'kind' | 'amountFen'>[],
): LineDraft[] {
  const { interestFen, penaltyFen } = sumOfParts(parts);
  return [
    { account: 'INTEREST_RECEIVABLE', sub: loanId, amountFen: interestFen },
    { account: 'INTEREST_INCOME', amountFen: minus(interestFen) },
    { account: 'PENALTY_RECEIVABLE', sub: loanId, amountFen: penaltyFen },
    { account: 'PENALTY_INCOME', amountFen: minus(penaltyFen) },
  ];
}

/** The same lines with the signs turned. */
export function mirrored(lines: readonly LineDraft[]): LineDraft[] {
  return lines.map((line) => ({ ...line, amountFen: minus(line.amountFen) }));
}

/** An entry of a loan in its bank's book. */
export interface LoanEntry {
  key: string;
  event: string;
  on: BusinessDate;
  memo: string;
  /** Lines of zero are left out; when nothing is left there is no entry. */
  lines: readonly LineDraft[];
  corrects?: string;
  correctsPart?: string;
}

/** The entry as the ledger takes it; null when it moves nothing. */
export function loanEntry(
  loan: Pick<Loan, 'id' | 'bankId' | 'regionCode'>,
  entry: LoanEntry,
): EntryDraft | null {
  const lines = entry.lines.filter(({ amountFen }) => amountFen !== 0);
  if (lines.length === 0) return null;
  return {
    ...entry,
    lines,
    book: bankBook(loan.bankId),
    subject: { kind: 'loan', id: loan.id },
    region: loan.regionCode,
  };
}
