/**
 * Books money that comes in for a loan after it was written off (核销后收回). Laws: principal first, then interest, then
 * penalty, never more than was written off; what exceeds it is held as overpaid until it is returned; one bank reference
 * is one receipt, so a repeat changes nothing and answers the same. What of it is the fund's goes back to the fund, by
 * its own listener, and is no income of the bank. When all is recovered the loan is settled.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { enterEvent } from './history';
import { auditOf, relatedOf } from './loan';
import type { Loan, LoanEvent } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanRecovered } from './loan-events';
import { isPaidOut } from './loan-state';
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

interface RecoveryAnswer extends ReceiptAnswer {
  recoveryId: string;
}

export const enterRecovery = defineAct<Receipt, At, RecoveryAnswer>({
  name: 'loans.enter-recovery',
  title: '登记核销后收回',
  permission: 'loans.repay',
  input: receiptInput,
  answer: shape<RecoveryAnswer>({ recoveryId: idField('收回编号'), ...receiptFields }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, input, { loan }) => {
    const store = new LoanStore(work);
    const standing = await store.event(loan.bankId, receiptKey(input));
    if (standing) return repeated(work, input, loan, standing);
    if (!isPaidOut(loan) || loan.state !== 'running') throw P.notRunning();
    if (!loan.writtenOffOn) throw P.notWrittenOff();
    checkReceipt(work, input, loan);
    if (input.paidOn < loan.writtenOffOn) {
      throw P.recoveredTooSoon({
        fields: [{ field: 'paidOn', reason: `核销日 ${loan.writtenOffOn}` }],
      });
    }
    const entered = await enterEvent(work, store, loan, {
      ...{ kind: 'recovery', on: input.paidOn, amountFen: input.amount },
      naturalKey: receiptKey(input),
      memo: `合同 ${loan.number} 核销后收回，流水 ${input.bankReference}`,
      reason: `补记 ${input.paidOn} 到账的收回款`,
    });
    const { event, correction } = entered;
    check(event, 'A recovery that was entered has its event.');
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'recovery', id: event.originId }, ...relatedOf(loan)],
      before: auditOf(loan),
      after: { ...auditOf(entered.loan), correctionId: correction?.id ?? null },
    });
    await work.emit(loanRecovered, { loanId: loan.id, eventId: event.originId });
    // A listener may have written the loan; the answer tells it as it stands at the end.
    return answerOf(event, await store.get(loan.id), false);
  },
});

function repeated(work: Work, input: Receipt, loan: Loan, standing: LoanEvent): RecoveryAnswer {
  requireSame(standing, input, 'recovery');
  work.record({
    subject: { kind: 'loan', id: loan.id },
    related: [{ kind: 'recovery', id: standing.originId }, ...relatedOf(loan)],
  });
  return answerOf(standing, loan, true);
}

const answerOf = (event: LoanEvent, loan: Loan, wasThere: boolean): RecoveryAnswer => ({
  recoveryId: event.originId,
  ...receiptAnswer(event, loan, wasThere),
});
