/** The bank decides on its own (银行审定): an approver of the very bank that was applied to. */
import { requireNoticeOver } from '../notices';
import { defineAct } from '../platform/act';
import { codeField, idField, shape, textField, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import { advance } from './chain';
import { findingsFor } from './check';
import {
  type ApplicationAt,
  chainOf,
  locateApplication,
  requireSeen,
  stepAnswer,
  stepDuty,
  takeStep,
} from './gate';
import { P } from './problems';

interface Input {
  applicationId: string;
  version: number;
  outcome: 'approve' | 'refuse';
  reason?: string;
}

/** Approves or refuses a certified application. */
export const decideBank = defineAct({
  name: 'applications.decide',
  title: '银行审定',
  permission: 'applications.decide',
  input: shape<Input>({
    applicationId: idField('申请编号'),
    version: versionField(),
    outcome: codeField(['approve', 'refuse'], '同意或不同意'),
    reason: textField(1000, '理由；不同意时必填').optional(),
  }),
  answer: stepAnswer,
  locate: locateApplication,
  duty: bankDuty,
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application.state, 'bank-decision');
    const approves = input.outcome === 'approve';
    if (approves) await requireNoticeOver(work, { kind: 'application', id: application.id });
    const { value: chain } = await chainOf(work, application);
    return takeStep(work, application, {
      step: 'bank-decision',
      chain,
      outcome: approves ? 'passed' : 'refused',
      reason: input.reason,
      findings: await findingsFor(work, application, approves),
      changes: { bankDecisionBy: work.actor.id, bankDecisionOn: work.today },
    });
  },
});

async function bankDuty(work: Work, _input: Input, at: ApplicationAt): Promise<void> {
  const { organisation } = work.actor;
  if (organisation?.kind !== 'bank' || organisation.rootId !== at.application.bankId) {
    throw P.otherBank();
  }
  await stepDuty(work, at, null);
}
