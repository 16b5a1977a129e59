/**
 * A bank approver decides on the early end of a loan that another person asked for. Approved, everything is due from
 * the day named, at the surcharge for diversion, and the right to the subsidy is lost from that day; refused, the
 * subsidy is paid as if nothing had been.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { settlementPeriod } from '../platform/dates';
import { answer, idField, listOf, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import {
  bindDecision,
  type DecidedAt,
  type DecideInput,
  decideDuty,
  decideFields,
  locateLoan,
  requireOnCourse,
} from './asked';
import { AskedStore } from './asked.store';
import { C } from './change-problems';
import { enterEvent } from './history';
import { auditOf, relatedOf } from './loan';
import { LoanStore } from './loan.store';
import { loanTerminated } from './loan-events';
import { loseSubsidy, releaseSubsidy } from './subsidy-hold';
import {
  holdCause,
  requireEndsWithin,
  terminationDigest,
  terminationFace,
  terminationFields,
} from './termination';
import { Termination } from './termination.entity';

type Input = DecideInput & { terminationId: string };

type TerminationDecided = ReturnType<typeof terminationFace> & { subsidisedPeriods: string[] };

export const decideTermination = defineAct<Input, DecidedAt<Termination>, TerminationDecided>({
  name: 'loans.decide-termination',
  title: '审批提前终止',
  permission: 'loans.decide-termination',
  input: shape<Input>({ ...decideFields, terminationId: idField('提前终止申请编号') }),
  answer: shape<TerminationDecided>({
    ...terminationFields,
    subsidisedPeriods: listOf(answer.text('终止日以后的天数已收到贴息的季度，由县级追回')),
  }),
  locate: async (work, input) => ({
    ...(await locateLoan(work, input)),
    request: await new AskedStore(work, Termination).get(input.loanId, input.terminationId),
  }),
  duty: decideDuty,
  run: async (work, input, { loan, request }) => {
    if (request.state !== 'asked') throw C.changeDecided({ detail: `决定日 ${request.decidedOn}` });
    bindDecision(request, input, terminationDigest(loan, request));
    const approved = input.outcome === 'approve' ? await end(work, { loan, request }) : null;
    if (!approved) await releaseSubsidy(work, holdCause(request.id));
    const decided = await new AskedStore(work, Termination).decide(
      request,
      { state: approved ? 'approved' : 'refused', reason: input.reason ?? null },
      { eventId: approved?.eventId ?? null },
    );
    const { endsOn } = request;
    work.record({
      subject: { kind: 'termination', id: request.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      before: { state: request.state, loan: auditOf(loan) },
      after: {
        ...{ state: decided.state, reason: decided.decisionReason },
        subsidyLostFrom: approved ? endsOn : null,
        loan: approved ? auditOf(approved.loan) : null,
      },
    });
    if (approved) {
      const { id: loanId, householdId } = loan;
      await work.emit(loanTerminated, { loanId, householdId, endsOn, decidedOn: work.today });
    }
    return { ...terminationFace(decided), subsidisedPeriods: approved?.subsidised ?? [] };
  },
});

async function end(
  work: Work,
  { loan, request }: Pick<DecidedAt<Termination>, 'loan' | 'request'>,
) {
  const running = requireOnCourse(loan);
  const { endsOn, surchargePpm } = request;
  requireEndsWithin(running, endsOn, work.today);
  const store = new LoanStore(work);
  const entered = await enterEvent(work, store, running, {
    ...{ kind: 'termination', on: endsOn },
    detail: { surchargePpm, surchargeBeforePpm: running.surchargePpm },
    naturalKey: `termination/${request.id}`,
    memo: `合同 ${loan.number} 因挪用提前终止，自 ${endsOn} 起全部到期`,
    reason: `因挪用自 ${endsOn} 起提前终止`,
  });
  check(entered.event, 'An end that was entered has its event.');
  await loseSubsidy(work, { ...holdCause(request.id), from: endsOn });
  const subsidised = (await store.events(loan.id)).flatMap(({ kind, detail }) => {
    const code = kind === 'subsidy' ? detail?.periodCode : undefined;
    return code && settlementPeriod(code).untilExclusive > endsOn ? [code] : [];
  });
  const periods = [...new Set(subsidised)].sort();
  return { loan: entered.loan, eventId: entered.event.originId, subsidised: periods };
}
