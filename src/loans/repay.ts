/**
 * Books a repayment that the bank received. Laws: interest and penalty to the day of payment are booked first; the
 * amount is shared out in the contract's order; what exceeds all that is owed is held as overpaid until it is
 * returned; one bank reference is one repayment, so a repeat changes nothing and answers the same. A repayment of an
 * earlier day than the last booking replays the loan. When nothing is owed any more the loan is settled and the
 * household may borrow again. What comes in after a write-off is a recovery and entered as one (`enter-recovery.ts`).
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { enterEvent } from './history';
import { auditOf, relatedOf } from './loan';
import type { Loan, LoanEvent } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanRepaid } from './loan-events';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { P } from './problems';
import {
  checkReceipt,
  type Receipt,
  type ReceiptAnswer,
  receiptAnswer,
  receiptFields,
  receiptInput,
  receiptKey,
  requireSame,
} from './receipt';

interface At {
  region: string;
  org: string;
  loan: Loan;
}

interface RepaymentAnswer extends ReceiptAnswer {
  repaymentId: string;
}

export const repay = defineAct<Receipt, At, RepaymentAnswer>({
  name: 'loans.repay',
  title: '登记还款',
  permission: 'loans.repay',
  input: receiptInput,
  answer: shape<RepaymentAnswer>({ repaymentId: idField('还款编号'), ...receiptFields }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, input, { loan }) => {
    const store = new LoanStore(work);
    const standing = await store.event(loan.bankId, receiptKey(input));
    if (standing) return repeated(work, input, loan, standing);
    if (!isPaidOut(loan) || loan.state !== 'running') throw P.notRunning();
    checkDate(work, input, loan);
    const {
      event,
      correction,
      loan: after,
    } = await enterEvent(work, store, loan, {
      kind: 'repayment',
      on: input.paidOn,
      amountFen: input.amount,
      naturalKey: receiptKey(input),
      memo: `合同 ${loan.number} 还款，流水 ${input.bankReference}`,
      reason: `补记 ${input.paidOn} 到账的还款`,
    });
    check(event, 'A repayment that was entered has its event.');
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'repayment', id: event.originId }, ...relatedOf(loan)],
      before: auditOf(loan),
      after: { ...auditOf(after), correctionId: correction?.id ?? null },
    });
    const { principalFen, interestFen, penaltyFen } = event;
    await work.emit(loanRepaid, {
      ...{ loanId: loan.id, repaymentId: event.originId, on: input.paidOn },
      ...{ principalFen, interestFen, penaltyFen },
    });
    // A listener may have written the loan; the answer tells it as it stands at the end.
    return answerOf(event, await store.get(loan.id), false);
  },
});

/** The reference is known: the same repayment again is harmless, another one under it is a mistake. */
function repeated(work: Work, input: Receipt, loan: Loan, standing: LoanEvent): RepaymentAnswer {
  requireSame(standing, input, 'repayment');
  work.record({
    subject: { kind: 'loan', id: loan.id },
    related: [{ kind: 'repayment', id: standing.originId }, ...relatedOf(loan)],
  });
  return answerOf(standing, loan, true);
}

function checkDate(work: Work, receipt: Receipt, loan: PaidOutLoan): void {
  const { paidOn } = receipt;
  const refused = (reason: string) => ({ fields: [{ field: 'paidOn', reason }] });
  checkReceipt(work, receipt, loan);
  if (loan.writtenOffOn && paidOn >= loan.writtenOffOn) {
    throw P.writtenOff(refused(`核销日 ${loan.writtenOffOn}`));
  }
  // The fund paid what was owed then: what comes in late for a day before it would change that.
  if (loan.compensatedOn && paidOn < loan.compensatedOn) {
    throw P.compensatedSince(refused(`代偿日 ${loan.compensatedOn}`));
  }
}

const answerOf = (event: LoanEvent, loan: Loan, wasThere: boolean): RepaymentAnswer => ({
  repaymentId: event.originId,
  ...receiptAnswer(event, loan, wasThere),
});
