/** What the loan book tells: listeners are registered in the composition root and run in the same transaction. */
import type { BusinessDate } from '../platform/dates';
import { defineEvent } from '../platform/events';
import type { Fen } from '../platform/money';

/** The money of a loan was paid out. */
export const loanDisbursed = defineEvent<{
  loanId: string;
  householdId: string;
  on: BusinessDate;
  amountFen: Fen;
  /** Paid into the loan that it renews, not to the borrower. */
  renewal?: boolean;
}>('loans.disbursed');

/** A loan was settled by the new loan that renews it (续贷). */
export const loanRenewed = defineEvent<{
  loanId: string;
  newLoanId: string;
  householdId: string;
  on: BusinessDate;
  amountFen: Fen;
}>('loans.renewed');

/** A loan was ended early because its use was diverted: everything is due from that day. */
export const loanTerminated = defineEvent<{
  loanId: string;
  householdId: string;
  /** The first day without subsidy; it may lie before the decision. */
  endsOn: BusinessDate;
  decidedOn: BusinessDate;
}>('loans.terminated');

/** A repayment was booked; the parts are those of this repayment. Told once, never for a repeat. */
export const loanRepaid = defineEvent<{
  loanId: string;
  repaymentId: string;
  on: BusinessDate;
  principalFen: Fen;
  interestFen: Fen;
  penaltyFen: Fen;
}>('loans.repaid');

/** A subsidy reached a loan that the fund had compensated. */
export const loanSubsidised = defineEvent<{ loanId: string; eventId: string }>('loans.subsidised');

/** What a loan still owed was written off. */
export const loanWrittenOff = defineEvent<{ loanId: string; eventId: string }>('loans.written-off');

/** Money came in for a loan that was written off. */
export const loanRecovered = defineEvent<{ loanId: string; eventId: string }>('loans.recovered');

/** A loan became overdue: told in the first night that finds it so. */
export const loanOverdue = defineEvent<{ loanId: string; on: BusinessDate; days: number }>(
  'loans.overdue',
);

/** A loan's history was changed: events from a day on were reversed, entered late or shared out anew. */
export const loanCorrected = defineEvent<{
  loanId: string;
  correctionId: string;
  /** The first day that may have changed. */
  from: BusinessDate;
  /** Origins of the events that are gone or stand otherwise than before. */
  eventIds: readonly string[];
}>('loans.corrected');
