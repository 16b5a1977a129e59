/**
 * Takes back an event that was entered wrongly (冲正): a repayment of another loan, a refund that was not made. The
 * loan is replayed without it, and everything after it follows. Two people: nobody takes back what they entered.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { reverseEvent } from './history';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { LoanEvent, LoanEventKind } from './loan.entity';
import { LoanStore } from './loan.store';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { P } from './problems';
import { WriteOffStore } from './write-off.store';

/** What can be taken back here: the rest is undone by the process that did it. */
const REVERSIBLE: readonly LoanEventKind[] = ['repayment', 'refund', 'write-off', 'recovery'];

interface Input {
  loanId: string;
  eventId: string;
  reason: string;
}

interface At {
  region: string;
  org: string;
  loan: PaidOutLoan;
  event: LoanEvent;
}

interface ReversalAnswer {
  correctionId: string;
  eventsVoided: number;
  eventsBooked: number;
  loan: LoanAnswer;
}

export const reverseLoanEvent = defineAct<Input, At, ReversalAnswer>({
  name: 'loans.reverse-event',
  title: '冲正贷款业务',
  permission: 'loans.reverse-event',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    eventId: idField('业务编号'),
    reason: textField(500, '冲正原因'),
  }),
  answer: shape<ReversalAnswer>({
    correctionId: idField('更正编号'),
    eventsVoided: answer.count('作废的业务'),
    eventsBooked: answer.count('重新入账的业务'),
    loan: loanAnswerShape,
  }),
  locate: async (work, { loanId, eventId }) => {
    const store = new LoanStore(work);
    const loan = await store.get(loanId);
    if (!isPaidOut(loan)) throw P.notRunning();
    const event = await store.standing(loanId, eventId);
    return { region: loan.regionCode, org: loan.bankId, loan, event };
  },
  duty: async (work, _input, { event }) => {
    if (event.causedBy === work.actor.id) throw P.reverserEntered();
  },
  run: async (work, { reason }, { loan, event }) => {
    // A recovery that is a subsidy is the county's, as every subsidy is.
    if (!REVERSIBLE.includes(event.kind) || event.detail?.periodCode) throw P.notReversible();
    if (event.kind === 'write-off') await takeBackWriteOff(work, loan);
    if (loan.compensatedOn && event.happenedOn < loan.compensatedOn) {
      throw P.compensatedSince({ detail: `代偿日 ${loan.compensatedOn}` });
    }
    const store = new LoanStore(work);
    const { loan: after, correction } = await reverseEvent(work, store, loan, event, reason);
    const { id: correctionId } = correction!;
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: event.kind, id: event.originId }, ...relatedOf(loan)],
      before: auditOf(loan),
      after: { ...auditOf(after), correctionId, reversed: event.originId },
    });
    // A listener may have written the loan; the answer tells it as it stands at the end.
    const { eventsVoided, eventsBooked } = await store.correction(correctionId);
    return { correctionId, eventsVoided, eventsBooked, loan: loanAnswer(await store.get(loan.id)) };
  },
});

/** The approval of a write-off no longer stands when the write-off is taken back; another may be proposed. */
async function takeBackWriteOff(work: Work, { id }: PaidOutLoan): Promise<void> {
  const store = new WriteOffStore(work);
  const approval = await store.standing(id);
  if (approval) await store.change(approval, { state: 'reversed', standingLoanId: null });
}
