/**
 * Records what people do about an overdue loan beyond visits: the township's meeting (乡镇会商) and the formal
 * demand (催收通知书), each by the role that the ladder of that day names.
 */
import { type LoanFace, loanFor } from '../loans';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import {
  answer,
  codeField,
  dateField,
  idField,
  personal,
  shape,
  textField,
} from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { paidOut, relatedOf } from './collected-loan';
import type { DemandKind } from './collection.entity';
import { CollectionStore } from './collection.store';
import { P } from './problems';
import { type LadderStep, reminderLadder, stepOfKind } from './reminder-ladder';

interface Input {
  loanId: string;
  kind: DemandKind;
  heldOn: BusinessDate;
  evidence: string;
}

interface DemandAnswer {
  demandId: string;
  loanId: string;
  kind: string;
  stepCode: string;
  heldOn: string;
  countsForClaim: boolean;
}

export const recordDemand = defineAct<
  Input,
  { region: string; org: string; loan: LoanFace },
  DemandAnswer
>({
  name: 'collections.record-demand',
  title: '登记会商或催收',
  permission: 'collections.record-demand',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    kind: codeField(['TOWNSHIP_MEETING', 'FORMAL_DEMAND'], '乡镇会商或催收通知书'),
    heldOn: dateField('办理日期'),
    evidence: personal(textField(2000, '依据：会商纪要或送达回执')),
  }),
  answer: shape<DemandAnswer>({
    demandId: idField('记录编号'),
    loanId: idField('贷款编号'),
    kind: answer.text('种类'),
    stepCode: answer.text('阶梯步骤'),
    heldOn: answer.date('办理日期'),
    countsForClaim: answer.flag('计入代偿所需的催收记录'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await loanFor(work.tx, loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  duty: async (work, input, { loan }) => {
    const { step } = await ladderStep(work, input, loan);
    if (!work.actor.roles.includes(step.role)) throw P.notYourStep({ detail: step.title });
  },
  run: async (work, input, at) => {
    const loan = paidOut(at.loan);
    const { kind, heldOn, evidence } = input;
    if (heldOn > work.today) {
      throw P.inFuture({ fields: [{ field: 'heldOn', reason: `今日为 ${work.today}` }] });
    }
    if (heldOn <= loan.maturesOn || loan.state !== 'running') {
      throw P.notOverdue({ detail: `到期日 ${loan.maturesOn}` });
    }
    const { step, rowId } = await ladderStep(work, input, loan);
    const { code: stepCode, countsForClaim } = step;
    const demand = await new CollectionStore(work).addDemand(loan, {
      ...{ stepCode, kind, heldOn, evidence, countsForClaim, policyRowId: rowId },
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      after: { demandId: demand.id, kind, stepCode, heldOn, countsForClaim },
    });
    return { demandId: demand.id, loanId: loan.id, kind, stepCode, heldOn, countsForClaim };
  },
});

/** The step of this kind in the ladder of the day. @throws Problem collections.not-in-ladder */
async function ladderStep(
  work: Work,
  { kind, heldOn }: Input,
  loan: LoanFace,
): Promise<{ step: LadderStep; rowId: string }> {
  const place = { region: loan.regionCode, date: heldOn };
  const { value: ladder, rowId } = await policyAsOf(work.tx, reminderLadder, place);
  const step = stepOfKind(ladder, kind);
  if (!step || step.automatic) throw P.notInLadder({ detail: kind });
  return { step, rowId };
}
