/**
 * An officer of the bank proposes to write a loan off, with the ground and its evidence. Nothing moves yet: the
 * proposal shows what is owed today and what of it the fund has borne, and an approver decides on exactly that.
 */
import { defineAct } from '../platform/act';
import { idField, listOf, shape, textField } from '../platform/shape';
import { relatedOf } from './loan';
import { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';
import { type Evidence, writeOffDigest } from './write-off';
import type { LoanWriteOff } from './write-off.entity';
import { WriteOffStore } from './write-off.store';
import {
  evidenceShape,
  policyCode,
  type WriteOffAnswer,
  writeOffAnswer,
  writeOffShape,
} from './write-off-answer';
import { writeOffFigures } from './write-off-grounds';

interface Input {
  loanId: string;
  ground: string;
  reason: string;
  evidence: Evidence[];
}

interface At {
  region: string;
  org: string;
  loan: PaidOutLoan;
}

export const proposeWriteOff = defineAct<Input, At, WriteOffAnswer>({
  name: 'loans.propose-write-off',
  title: '提议核销贷款',
  permission: 'loans.propose-write-off',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    ground: policyCode('核销事由，见核销条款'),
    reason: textField(500, '情况说明，不写身份证号、电话'),
    evidence: listOf(evidenceShape).min(1).max(20),
  }),
  answer: writeOffShape,
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { ground: groundCode, reason, evidence }, { loan }) => {
    const store = new WriteOffStore(work);
    if (await store.standing(loan.id)) throw P.writeOffWaits();
    const asked = { groundCode, evidence };
    const { rules, owedFen, ...figures } = await writeOffFigures(work, loan, asked);
    const content = {
      ...{ id: work.newId(), loanId: loan.id, groundCode, reason, evidence, ...figures },
      ...{ proposedBy: work.actor.id, proposedOn: work.today },
    };
    const proposal: LoanWriteOff = {
      ...content,
      ...{ standingLoanId: loan.id, householdId: loan.householdId },
      ...{ regionCode: loan.regionCode, bankId: loan.bankId },
      ...{ contentDigest: writeOffDigest(content), state: 'proposed', proposedAt: work.now },
      ...{ decidedBy: null, decidedOn: null, decidedAt: null, decisionNote: null, eventId: null },
      version: 1,
    };
    await store.add(proposal);
    const told = writeOffAnswer(proposal);
    work.record({
      subject: { kind: 'write-off', id: proposal.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      after: { ...told, policy: rules.fundFirst ? 'fund-first' : 'fund-not-asked' },
    });
    return told;
  },
});
