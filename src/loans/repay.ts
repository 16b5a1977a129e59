/**
 * Books a repayment that the bank received. Laws: interest and penalty to the day of payment are booked first; the
 * amount is shared out in the contract's order; nothing is taken beyond what settles the loan; one bank reference
 * is one repayment, so a repeat changes nothing and answers the same. When nothing is owed any more the loan is
 * settled and the household may borrow again.
 */
import { markSettled } from '../applications';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, subFen, yuan, ZERO_FEN } from '../platform/money';
import { answer, dateField, idField, Joi, shape, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { type Allocation, allocate, type Dues, totalDue } from './allocation';
import { type Booked, bookInterestTo, postLoan } from './booking';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan, LoanEvent } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanRepaid } from './loan-events';
import { isPaidOut, type PaidOutLoan, whenPaid } from './loan-state';
import { P } from './problems';

interface Input {
  loanId: string;
  amount: Fen;
  paidOn: BusinessDate;
  bankReference: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
}

interface RepaymentAnswer {
  repaymentId: string;
  paidOn: string;
  amount: string;
  principal: string;
  interest: string;
  penalty: string;
  repeated: boolean;
  loan: LoanAnswer;
}

export const repay = defineAct<Input, At, RepaymentAnswer>({
  name: 'loans.repay',
  title: '登记还款',
  permission: 'loans.repay',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    amount: yuanField('到账金额(元)'),
    paidOn: dateField('到账日期'),
    bankReference: Joi.string()
      .pattern(/^[0-9A-Za-z_./-]{4,64}$/, '4–64 位字母、数字和 - _ . /')
      .description('银行流水号，同一流水只入账一次'),
  }),
  answer: shape<RepaymentAnswer>({
    repaymentId: idField('还款编号'),
    paidOn: answer.date('到账日期'),
    amount: answer.yuan('金额'),
    principal: answer.yuan('其中本金'),
    interest: answer.yuan('其中利息'),
    penalty: answer.yuan('其中罚息'),
    repeated: answer.flag('此前已入账，本次未重复入账'),
    loan: loanAnswerShape,
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, input, { loan }) => {
    const store = new LoanStore(work);
    const standing = await store.event(loan.bankId, keyOf(input));
    if (standing) return repeated(work, input, loan, standing);
    if (loan.state !== 'running' || !isPaidOut(loan)) throw P.notRunning();
    checkDate(work, input, loan);
    const booked = await bookInterestTo(work, loan, input.paidOn, input.paidOn, store);
    const { paid } = sharedOut(input, booked.loan);
    const { event, after } = await bookRepayment(work, store, { input, booked, paid });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'repayment', id: event.id }, ...relatedOf(loan)],
      before: auditOf(loan),
      after: auditOf(after),
    });
    if (after.state === 'settled') await markSettled(work, loan.applicationId);
    const { principalFen, interestFen, penaltyFen } = event;
    await work.emit(loanRepaid, {
      ...{ loanId: loan.id, repaymentId: event.id, on: input.paidOn },
      ...{ principalFen, interestFen, penaltyFen },
    });
    // A listener may have written the loan; the answer tells it as it stands at the end.
    return answerOf(event, await store.get(loan.id), false);
  },
});

function keyOf({ bankReference }: Input): string {
  return `repayment/${bankReference}`;
}

/** The reference is known: the same repayment again is harmless, another one under it is a mistake. */
function repeated(work: Work, input: Input, loan: Loan, standing: LoanEvent): RepaymentAnswer {
  const same =
    standing.loanId === loan.id &&
    standing.amountFen === input.amount &&
    standing.happenedOn === input.paidOn;
  if (!same) throw P.referenceUsed({ fields: [{ field: 'bankReference', reason: '已被使用' }] });
  work.record({
    subject: { kind: 'loan', id: loan.id },
    related: [{ kind: 'repayment', id: standing.id }, ...relatedOf(loan)],
  });
  return answerOf(standing, loan, true);
}

function checkDate(work: Work, { amount, paidOn }: Input, loan: PaidOutLoan): void {
  const refused = (reason: string) => ({ fields: [{ field: 'paidOn', reason }] });
  if (amount <= 0) throw P.nothingPaid({ fields: [{ field: 'amount', reason: '须大于零' }] });
  if (paidOn > work.today) throw P.paidInFuture(refused(`今日为 ${work.today}`));
  if (paidOn < loan.disbursedOn) throw P.paidBeforeDisbursal(refused(`放款日 ${loan.disbursedOn}`));
  if (paidOn < loan.bookedUntil) {
    throw P.alreadyBooked({
      detail: `利息已计至 ${loan.bookedUntil} (不含)`,
      ...refused(`不得早于 ${loan.bookedUntil}`),
    });
  }
}

/** What is due on the day of payment, once its interest is booked. */
function dueOf(loan: Loan): Dues {
  return {
    COST: ZERO_FEN,
    PENALTY: loan.penaltyDueFen,
    INTEREST: loan.interestDueFen,
    PRINCIPAL: loan.outstandingFen,
  };
}

function sharedOut({ amount, paidOn }: Input, loan: PaidOutLoan): Allocation {
  const due = dueOf(loan);
  const allocation = allocate(amount, loan.terms.allocationOrder, due);
  if (allocation.leftFen > 0) {
    const payoff = yuan(totalDue(due));
    throw P.overpayment({
      detail: `${paidOn} 的结清金额为 ${payoff} 元，多出 ${yuan(allocation.leftFen)} 元`,
      extra: { payoff },
    });
  }
  return allocation;
}

async function bookRepayment(
  work: Work,
  store: LoanStore,
  { input, booked, paid }: { input: Input; booked: Booked; paid: Dues },
): Promise<{ event: LoanEvent; after: Loan }> {
  const loan = booked.loan;
  const by = {
    outstandingFen: subFen(ZERO_FEN, paid.PRINCIPAL),
    interestDueFen: subFen(ZERO_FEN, paid.INTEREST),
    penaltyDueFen: subFen(ZERO_FEN, paid.PENALTY),
  };
  const after = await store.move(loan, by, {
    lastBookingOn: input.paidOn,
    ...whenPaid(loan, by, input.paidOn),
  });
  const event = await store.addEvent(after, {
    kind: 'repayment',
    naturalKey: keyOf(input),
    happenedOn: input.paidOn,
    principalFen: paid.PRINCIPAL,
    interestFen: paid.INTEREST,
    penaltyFen: paid.PENALTY,
  });
  await postLoan(work, loan, {
    key: `loans.repay/${event.id}`,
    event: 'loans.repaid',
    on: input.paidOn,
    memo: `合同 ${loan.number} 还款，流水 ${input.bankReference}`,
    lines: [
      { account: 'BANK_CASH', amountFen: addFen(paid.PENALTY, paid.INTEREST, paid.PRINCIPAL) },
      { account: 'PENALTY_RECEIVABLE', sub: loan.id, amountFen: by.penaltyDueFen },
      { account: 'INTEREST_RECEIVABLE', sub: loan.id, amountFen: by.interestDueFen },
      { account: 'LOAN_PRINCIPAL', sub: loan.id, amountFen: by.outstandingFen },
    ],
  });
  return { event, after };
}

function answerOf(event: LoanEvent, loan: Loan, wasThere: boolean): RepaymentAnswer {
  return {
    repaymentId: event.id,
    paidOn: event.happenedOn,
    amount: yuan(event.amountFen),
    principal: yuan(event.principalFen),
    interest: yuan(event.interestFen),
    penalty: yuan(event.penaltyFen),
    repeated: wasThere,
    loan: loanAnswer(loan),
  };
}
