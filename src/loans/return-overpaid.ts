/**
 * Returns to a borrower what was paid too much (退还多收). Laws: never more than is held; into the borrower's own account,
 * by name and, where the register knows one, by its number; one bank reference is one refund, so a repeat changes
 * nothing. Two people have a hand in it: the officer who entered the money that was too much, and the approver who
 * returns it, who entered none of it; a third would only sign what the first two see. The table refuses it too.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { maskAccount } from '../platform/crypto/mask';
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import {
  answer,
  dateField,
  idField,
  Joi,
  personal,
  shape,
  textField,
  yuanField,
} from '../platform/shape';
import type { Work } from '../platform/work';
import { enterEvent } from './history';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan, LoanEvent } from './loan.entity';
import { LoanStore } from './loan.store';
import { isPaidOut } from './loan-state';
import { PayoutStore } from './payout.store';
import { P } from './problems';
import { checkReceipt, referenceField, requireSame } from './receipt';
import { WriteOffStore } from './write-off.store';

interface Input {
  loanId: string;
  amount: Fen;
  paidOn: BusinessDate;
  bankReference: string;
  accountName: string;
  account: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
}

interface RefundAnswer {
  refundId: string;
  paidOn: string;
  amount: string;
  account: string;
  repeated: boolean;
  loan: LoanAnswer;
}

export const returnOverpaid = defineAct<Input, At, RefundAnswer>({
  name: 'loans.return-overpaid',
  title: '退还多收款项',
  permission: 'loans.return-overpaid',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    amount: yuanField('退还金额(元)'),
    paidOn: dateField('退款日期'),
    bankReference: referenceField(),
    accountName: personal(textField(60, '收款账户户名')),
    account: personal(
      Joi.string()
        .pattern(/^[\d ]{9,40}$/, '收款账号')
        .description('收款账号'),
    ),
  }),
  answer: shape<RefundAnswer>({
    refundId: idField('退款编号'),
    paidOn: answer.date('退款日期'),
    amount: answer.yuan('金额'),
    account: answer.text('收款账户(掩码)'),
    repeated: answer.flag('此前已办理，本次未重复办理'),
    loan: loanAnswerShape,
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  duty: async (work, _input, { loan }) => {
    const received = await receipts(work, loan.id);
    if (received.some(({ causedBy }) => causedBy === work.actor.id)) throw P.returnerReceived();
  },
  run: async (work, input, { loan }) => {
    const store = new LoanStore(work);
    const naturalKey = `refund/${input.bankReference}`;
    const standing = await store.event(loan.bankId, naturalKey);
    if (standing) return repeated(work, input, loan, standing);
    if (!isPaidOut(loan)) throw P.notRunning();
    checkReceipt(work, input, loan);
    if (input.amount > loan.overpaidFen) {
      const held = `多收待退 ${yuan(loan.overpaidFen)} 元`;
      throw P.moreThanHeld({ detail: held, fields: [{ field: 'amount', reason: held }] });
    }
    const account = await ownAccount(work, input, loan);
    const [latest] = await receipts(work, loan.id);
    check(latest, 'Money that is held was received.');
    const entered = await enterEvent(work, store, loan, {
      ...{ kind: 'refund', on: input.paidOn, amountFen: input.amount, naturalKey },
      memo: `合同 ${loan.number} 退还多收，流水 ${input.bankReference}`,
    });
    const { event } = entered;
    check(event, 'A refund that was entered has its event.');
    await new WriteOffStore(work).addRefund({
      ...{ eventId: event.originId, loanId: loan.id, regionCode: loan.regionCode },
      ...{ bankId: loan.bankId, bankReference: input.bankReference, amountFen: input.amount },
      ...{ paidOn: input.paidOn, ...account, receivedBy: latest.causedBy },
      ...{ returnedBy: work.actor.id, returnedAt: work.now },
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'refund', id: event.originId }, ...relatedOf(loan)],
      before: auditOf(loan),
      after: { ...auditOf(entered.loan), account: account.accountMasked },
    });
    return answerOf(event, input, entered.loan, false);
  },
});

/** What came in for a loan and left something over, the latest first. */
async function receipts(work: Work, loanId: string): Promise<LoanEvent[]> {
  const events = await new LoanStore(work).events(loanId);
  return events
    .filter(({ kind, overpaidFen }) => kind !== 'refund' && overpaidFen > 0)
    .sort((a, b) => (a.originId < b.originId ? 1 : -1));
}

/** The borrower's own account, as it is kept. @throws Problem loans.account-not-own */
async function ownAccount(work: Work, { accountName, account }: Input, loan: Loan) {
  const payouts = new PayoutStore(work);
  const payee = await payouts.payee(loan.memberId);
  const accountIndex = payouts.accountIndex(account);
  if (payee?.name !== accountName.trim()) {
    throw P.accountNotOwn({ fields: [{ field: 'accountName', reason: '与借款人姓名不符' }] });
  }
  if (payee.accountIndex !== null && payee.accountIndex !== accountIndex) {
    throw P.accountNotOwn({ fields: [{ field: 'account', reason: '与台账登记的账户不符' }] });
  }
  return { accountIndex, accountMasked: maskAccount(account) };
}

function repeated(work: Work, input: Input, loan: Loan, standing: LoanEvent): RefundAnswer {
  requireSame(standing, input, 'refund');
  work.record({
    subject: { kind: 'loan', id: loan.id },
    related: [{ kind: 'refund', id: standing.originId }, ...relatedOf(loan)],
  });
  return answerOf(standing, input, loan, true);
}

function answerOf(event: LoanEvent, input: Input, loan: Loan, wasThere: boolean): RefundAnswer {
  return {
    ...{ refundId: event.originId, paidOn: event.happenedOn, amount: yuan(event.amountFen) },
    ...{ account: maskAccount(input.account), repeated: wasThere, loan: loanAnswer(loan) },
  };
}
