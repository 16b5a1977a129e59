/**
 * Money that a bank received for a loan, as the acts that book it share it: one bank reference is one receipt, be it a
 * repayment or a recovery, so both are booked under the same name.
 */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { Joi } from '../platform/shape';
import type { Work } from '../platform/work';
import type { LoanEvent } from './loan.entity';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';

/** A receipt as it is entered. */
export interface Receipt {
  loanId: string;
  amount: Fen;
  paidOn: BusinessDate;
  bankReference: string;
}

/** The bank's reference of a receipt. */
export const referenceField = () =>
  Joi.string()
    .pattern(/^[0-9A-Za-z_./-]{4,64}$/, '4–64 位字母、数字和 - _ . /')
    .description('银行流水号，同一流水只入账一次');

/** Under which name a receipt stands within the bank. */
export function receiptKey({ bankReference }: Pick<Receipt, 'bankReference'>): string {
  return `repayment/${bankReference}`;
}

/**
 * A reference that stands already must stand for the same receipt.
 * @throws Problem loans.reference-used
 */
export function requireSame(
  standing: LoanEvent,
  { loanId, amount, paidOn }: Receipt,
  kind: LoanEvent['kind'],
): void {
  const same =
    standing.kind === kind &&
    standing.loanId === loanId &&
    standing.amountFen === amount &&
    standing.happenedOn === paidOn;
  if (!same) throw P.referenceUsed({ fields: [{ field: 'bankReference', reason: '已被使用' }] });
}

/** @throws Problem loans.nothing-paid, paid-in-future, paid-before-disbursal */
export function checkReceipt(work: Work, { amount, paidOn }: Receipt, loan: PaidOutLoan): void {
  const refused = (reason: string) => ({ fields: [{ field: 'paidOn', reason }] });
  if (amount <= 0) throw P.nothingPaid({ fields: [{ field: 'amount', reason: '须大于零' }] });
  if (paidOn > work.today) throw P.paidInFuture(refused(`今日为 ${work.today}`));
  if (paidOn < loan.disbursedOn) throw P.paidBeforeDisbursal(refused(`放款日 ${loan.disbursedOn}`));
}

/** The parts of a receipt in an answer. */
export function partsAnswer(event: LoanEvent) {
  return {
    amount: yuan(event.amountFen),
    principal: yuan(event.principalFen),
    interest: yuan(event.interestFen),
    penalty: yuan(event.penaltyFen),
    overpaid: yuan(event.overpaidFen),
  };
}
