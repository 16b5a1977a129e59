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
}>('loans.disbursed');

/** A repayment was booked; the parts are those of this repayment. Told once, never for a repeat. */
export const loanRepaid = defineEvent<{
  loanId: string;
  repaymentId: string;
  on: BusinessDate;
  principalFen: Fen;
  interestFen: Fen;
  penaltyFen: Fen;
}>('loans.repaid');

/** A loan became overdue: told in the first night that finds it so. */
export const loanOverdue = defineEvent<{ loanId: string; on: BusinessDate; days: number }>(
  'loans.overdue',
);
