/**
 * Pays out a signed contract against the loan certificate (贷款证) that the borrower presented at the counter.
 * Laws: once, by the bank's reference (a repeat with the same one changes nothing); by a person who had no other part
 * in the application; into the borrower's own account, by name and, where the register knows one, by its number.
 * The loan matures so many months after the day of payout, clipped to the month's end.
 */
import { applicationFor, takePart } from '../applications';
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { isoInstant } from '../platform/clock';
import { maskAccount } from '../platform/crypto/mask';
import { addMonths } from '../platform/dates';
import { idField, Joi, personal, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { bookDisbursal } from './history';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanDisbursed } from './loan-events';
import { isPaidOut } from './loan-state';
import { PayoutStore } from './payout.store';
import { P } from './problems';

interface Input {
  loanId: string;
  certificateNumber: string;
  bankReference: string;
  accountName: string;
  account: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
}

export const disburse = defineAct<Input, At, LoanAnswer>({
  name: 'loans.disburse',
  title: '放款',
  permission: 'loans.disburse',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    certificateNumber: textField(40, '借款人出示的贷款证号'),
    bankReference: Joi.string()
      .pattern(/^[0-9A-Za-z][0-9A-Za-z_./()-]{0,59}$/, '60 位以内的字母、数字和 - _ . / ( )')
      .description('银行放款流水号'),
    accountName: personal(textField(60, '收款账户户名')),
    account: personal(
      Joi.string()
        .pattern(/^[\d ]{9,40}$/, '收款账号')
        .description('收款账号'),
    ),
  }),
  answer: loanAnswerShape,
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  duty: async (work, _input, { loan }) => {
    if (loan.signedBy === work.actor.id) throw P.payerSigned();
  },
  run: async (work, input, { loan }) => {
    const payouts = new PayoutStore(work);
    const payout = await payouts.ofApplication(loan.applicationId);
    if (payout.loanId === loan.id && payout.bankReference === input.bankReference) {
      return loanAnswer(loan);
    }
    if (loan.state !== 'signed') throw P.notSigned({ detail: `合同号 ${loan.number}` });
    const { certificateNumber } = await applicationFor(work.tx, loan.applicationId);
    if (certificateNumber === null || certificateNumber !== input.certificateNumber) {
      throw P.certificateMismatch({
        fields: [{ field: 'certificateNumber', reason: '与申请的贷款证不符' }],
      });
    }
    if (work.now < payout.presentedAt || work.today < loan.signedOn) {
      throw P.clockBehind({ detail: `出示于 ${isoInstant(payout.presentedAt)}` });
    }
    const account = await ownAccount(work, input, loan);
    await takePart(work, loan.applicationId, 'disbursal');
    await payouts.update(payout, {
      ...{ loanId: loan.id, paidAt: work.now, bankReference: input.bankReference },
      ...account,
    });
    const store = new LoanStore(work);
    const on = work.today;
    const paid = await store.update(loan, {
      state: 'running',
      outstandingFen: loan.principalFen,
      disbursedOn: on,
      disbursedBy: work.actor.id,
      maturesOn: addMonths(on, loan.termMonths),
      bookedUntil: on,
      lastBookingOn: on,
    });
    check(isPaidOut(paid), 'A loan that was just paid out has its dates.');
    await bookDisbursal(work, store, paid, {
      naturalKey: `disbursal/${input.bankReference}`,
      memo: `合同 ${loan.number} 放款`,
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: auditOf(loan),
      after: auditOf(paid),
    });
    const { id: loanId, householdId, principalFen: amountFen } = loan;
    await work.emit(loanDisbursed, { loanId, householdId, on, amountFen });
    return loanAnswer(paid);
  },
});

/**
 * The account that is paid into, as it is kept: it bears the borrower's name and, where the register knows the
 * borrower's account, its number.
 * @throws Problem loans.account-not-own
 */
async function ownAccount(work: Work, { accountName, account }: Input, loan: Loan) {
  const store = new PayoutStore(work);
  const payee = await store.payee(loan.memberId);
  const accountIndex = store.accountIndex(account);
  if (payee?.name !== accountName.trim()) {
    throw P.accountNotOwn({ fields: [{ field: 'accountName', reason: '与借款人姓名不符' }] });
  }
  if (payee.accountIndex !== null && payee.accountIndex !== accountIndex) {
    throw P.accountNotOwn({ fields: [{ field: 'account', reason: '与台账登记的账户不符' }] });
  }
  return { accountIndex, accountMasked: maskAccount(account) };
}
