/**
 * A bank approver decides on a renewal that another person asked for, before the old loan matures; all conditions must
 * be met. What was approved and is not signed yet may still be refused.
 */
import { defineAct } from '../platform/act';
import { idField, shape } from '../platform/shape';
import {
  bindDecision,
  type DecidedAt,
  type DecideInput,
  decideDuty,
  decideFields,
  locateLoan,
} from './asked';
import { AskedStore } from './asked.store';
import { C } from './change-problems';
import { relatedOf } from './loan';
import { requireToRenew } from './renewable';
import { renewalDigest, renewalFace, renewalShape } from './renewal';
import { Renewal } from './renewal.entity';
import { unmet } from './renewal-rules';

type Input = DecideInput & { renewalId: string };

export const decideRenewal = defineAct<Input, DecidedAt<Renewal>, ReturnType<typeof renewalFace>>({
  name: 'loans.decide-renewal',
  title: '审批续贷',
  permission: 'loans.decide-renewal',
  input: shape<Input>({ ...decideFields, renewalId: idField('续贷申请编号') }),
  answer: renewalShape,
  locate: async (work, input) => ({
    ...(await locateLoan(work, input)),
    request: await new AskedStore(work, Renewal).get(input.loanId, input.renewalId),
  }),
  duty: decideDuty,
  run: async (work, input, { loan, request }) => {
    const approves = input.outcome === 'approve';
    const open = request.state === 'asked' || (request.state === 'approved' && !approves);
    if (!open) throw C.changeDecided({ detail: `决定日 ${request.decidedOn}` });
    bindDecision(request, input, renewalDigest(loan, request));
    if (approves) {
      const { rules } = await requireToRenew(work, loan, request);
      const missing = unmet(rules, request.conditions);
      if (missing.length > 0) {
        throw C.renewalConditions({ detail: `不具备：${missing.join('；')}` });
      }
    }
    const decided = await new AskedStore(work, Renewal).decide(request, {
      state: approves ? 'approved' : 'refused',
      reason: input.reason ?? null,
      stillOpen: approves,
    });
    work.record({
      subject: { kind: 'renewal', id: request.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      before: { state: request.state },
      after: { state: decided.state, reason: decided.decisionReason },
    });
    return renewalFace(decided);
  },
});
