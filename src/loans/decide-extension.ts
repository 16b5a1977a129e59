/**
 * A bank approver decides on an extension that another person asked for: on or before maturity, of the very request
 * that was seen, and of a loan that has not changed since. An approval moves the maturity at once; the contract's rate
 * goes on.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import {
  bindDecision,
  type DecidedAt,
  type DecideInput,
  decideDuty,
  decideFields,
  locateLoan,
  requireUntroubled,
} from './asked';
import { AskedStore } from './asked.store';
import { C } from './change-problems';
import { extensionDigest, extensionFace, extensionShape, requireWithin } from './extension';
import { Extension } from './extension.entity';
import { extensionRules } from './extension-rules';
import { enterEvent } from './history';
import { auditOf, relatedOf } from './loan';
import { LoanStore } from './loan.store';

type Input = DecideInput & { extensionId: string };

export const decideExtension = defineAct<
  Input,
  DecidedAt<Extension>,
  ReturnType<typeof extensionFace>
>({
  name: 'loans.decide-extension',
  title: '审批展期',
  permission: 'loans.decide-extension',
  input: shape<Input>({ ...decideFields, extensionId: idField('展期申请编号') }),
  answer: extensionShape,
  locate: async (work, input) => ({
    ...(await locateLoan(work, input)),
    request: await new AskedStore(work, Extension).get(input.loanId, input.extensionId),
  }),
  duty: decideDuty,
  run: async (work, input, { loan, request }) => {
    if (request.state !== 'asked') throw C.changeDecided({ detail: `决定日 ${request.decidedOn}` });
    bindDecision(request, input, extensionDigest(loan, request));
    const approved = input.outcome === 'approve' ? await extend(work, { loan, request }) : null;
    const decided = await new AskedStore(work, Extension).decide(
      request,
      { state: approved ? 'approved' : 'refused', reason: input.reason ?? null },
      { eventId: approved?.eventId ?? null },
    );
    const { newMaturesOn, reasonCode } = request;
    work.record({
      subject: { kind: 'extension', id: request.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      before: { state: request.state, loan: auditOf(loan) },
      after: {
        ...{ state: decided.state, newMaturesOn, reasonCode, reason: decided.decisionReason },
        loan: approved ? auditOf(approved.loan) : null,
      },
    });
    return extensionFace(decided);
  },
});

/** Moves the maturity, after everything that was asked at the request is asked again. */
async function extend(
  work: Work,
  { loan, request }: Pick<DecidedAt<Extension>, 'loan' | 'request'>,
) {
  const running = requireUntroubled(loan, work.today);
  const place = { region: loan.regionCode, date: work.today };
  const { value: rules } = await policyAsOf(work.tx, extensionRules, place);
  const before = await new AskedStore(work, Extension).of(loan.id, ['approved']);
  requireWithin(rules, running, request, { today: work.today, before });
  const { newMaturesOn: maturesOn, reasonCode } = request;
  const entered = await enterEvent(work, new LoanStore(work), running, {
    ...{ kind: 'extension', on: work.today, detail: { maturesOn, reasonCode } },
    naturalKey: `extension/${request.id}`,
    memo: `合同 ${loan.number} 展期至 ${maturesOn}`,
    reason: `展期至 ${maturesOn}`,
  });
  check(entered.event, 'An extension that was entered has its event.');
  return { loan: entered.loan, eventId: entered.event.originId };
}
