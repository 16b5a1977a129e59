/**
 * Money that a bank received for a loan, as the acts that book it share it: one bank reference is one receipt, be it a
 * repayment or a recovery, so both are booked under the same name.
 */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { answer, dateField, idField, Joi, shape, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { type LoanAnswer, loanAnswer, loanAnswerShape } from './loan';
import type { Loan, LoanEvent } from './loan.entity';
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

/** The input of an act that enters a receipt. */
export const receiptInput = shape<Receipt>({
  loanId: idField('贷款编号'),
  amount: yuanField('到账金额(元)'),
  paidOn: dateField('到账日期'),
  bankReference: referenceField(),
});

/** What every receipt answers besides its own number. */
export interface ReceiptAnswer {
  paidOn: string;
  amount: string;
  principal: string;
  interest: string;
  penalty: string;
  overpaid: string;
  repeated: boolean;
  loan: LoanAnswer;
}

/** The shape of it. */
export const receiptFields = {
  paidOn: answer.date('到账日期'),
  amount: answer.yuan('金额'),
  principal: answer.yuan('其中本金'),
  interest: answer.yuan('其中利息'),
  penalty: answer.yuan('其中罚息'),
  overpaid: answer.yuan('多收待退'),
  repeated: answer.flag('此前已入账，本次未重复入账'),
  loan: loanAnswerShape,
};

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

/** A receipt for an answer. `repeated`: it stood already. */
export function receiptAnswer(event: LoanEvent, loan: Loan, repeated: boolean): ReceiptAnswer {
  return {
    paidOn: event.happenedOn,
    amount: yuan(event.amountFen),
    principal: yuan(event.principalFen),
    interest: yuan(event.interestFen),
    penalty: yuan(event.penaltyFen),
    overpaid: yuan(event.overpaidFen),
    ...{ repeated, loan: loanAnswer(loan) },
  };
}
