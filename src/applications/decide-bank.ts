/**
 * The bank decides on its own (银行审定): an approver of the very bank that was applied to. Whoever also signed the
 * rating on which the line rests is told so: the rating is another chain, and small banks have few approvers, but the
 * two signatures of one hand are for the inspector to see.
 */
import { lineOn, ratingSigners } from '../credit';
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
    advance(application, 'bank-decision');
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
      warnings: await ownRating(work, application.householdId),
    });
  },
});

async function ownRating(work: Work, householdId: string): Promise<string[]> {
  const line = await lineOn(work.tx, householdId, work.today);
  const signers = line ? await ratingSigners(work.tx, line.ratingId) : [];
  const own = signers.some(({ personId }) => personId === work.actor.id);
  return own ? ['您也签过该户现行的评级授信，建议由另一位审批人审定'] : [];
}

async function bankDuty(work: Work, _input: Input, at: ApplicationAt): Promise<void> {
  const { organisation } = work.actor;
  if (organisation?.kind !== 'bank' || organisation.rootId !== at.application.bankId) {
    throw P.otherBank();
  }
  await stepDuty(work, at, 'bank-decision', null);
}
