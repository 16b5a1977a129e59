/** A write-off as the API shows it and as the audit keeps it. */
import { addFen, subFen, yuan } from '../platform/money';
import {
  answer,
  codeField,
  idField,
  Joi,
  listOf,
  regionField,
  shape,
  textField,
} from '../platform/shape';
import { type Evidence, WRITE_OFF_STATE_NAMES, WRITE_OFF_STATES } from './write-off';
import type { LoanWriteOff } from './write-off.entity';

/** A write-off in an answer; money in yuan. */
export interface WriteOffAnswer {
  id: string;
  loanId: string;
  householdId: string;
  village: string;
  bankId: string;
  ground: string;
  reason: string;
  evidence: Evidence[];
  principal: string;
  interest: string;
  penalty: string;
  total: string;
  compensation: string;
  loss: string;
  fundState: string;
  daysOverdue: number;
  classCode: string;
  policyRowId: string;
  contentDigest: string;
  state: string;
  stateName: string;
  proposedBy: string;
  proposedOn: string;
  decidedBy: string | null;
  decidedOn: string | null;
  decisionNote: string | null;
  eventId: string | null;
  version: number;
}

/** The code of a ground or of a kind of evidence, as policy lists them. */
export const policyCode = (description: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z_]{1,29}$/, '政策所列代码')
    .description(description);

/** Shape of one piece of evidence. */
export const evidenceShape = shape<Evidence>({
  kind: policyCode('证据种类'),
  reference: textField(200, '文号或存放处，不写个人信息'),
});

/** Fields of a write-off in an answer. */
export const writeOffFields = {
  id: idField('核销编号'),
  loanId: idField('贷款编号'),
  householdId: idField('户编号'),
  village: regionField('村'),
  bankId: answer.text('承贷银行'),
  ground: policyCode('核销事由'),
  reason: answer.text('说明'),
  evidence: listOf(evidenceShape),
  principal: answer.yuan('提议日所欠本金'),
  interest: answer.yuan('提议日所欠利息'),
  penalty: answer.yuan('提议日所欠罚息'),
  total: answer.yuan('提议日所欠合计'),
  compensation: answer.yuan('其中由已收代偿款承担'),
  loss: answer.yuan('银行损失'),
  fundState: codeField(['none', 'refused', 'paid'], '代偿结果'),
  daysOverdue: answer.count('逾期天数'),
  classCode: answer.text('五级分类'),
  policyRowId: answer.text('核销条款的政策行'),
  contentDigest: answer.text('提议内容摘要，审批时原样填回'),
  state: codeField(WRITE_OFF_STATES, '状态'),
  stateName: answer.text('状态名称'),
  proposedBy: answer.text('提议人'),
  proposedOn: answer.date('提议日'),
  decidedBy: answer.text('审批人').allow(null),
  decidedOn: answer.date('审批日').allow(null),
  decisionNote: answer.text('审批意见').allow(null),
  eventId: answer.text('核销业务编号').allow(null),
  version: answer.count('版本'),
};

/** Shape of a write-off in an answer. */
export const writeOffShape = shape<WriteOffAnswer>(writeOffFields);

/** The write-off for an answer. */
export function writeOffAnswer(row: LoanWriteOff): WriteOffAnswer {
  const { id, loanId, householdId, bankId, reason, fundState, daysOverdue, classCode } = row;
  const { policyRowId, contentDigest, state, proposedBy, proposedOn } = row;
  const { decidedBy, decidedOn, decisionNote, eventId, version } = row;
  const total = addFen(row.principalFen, row.interestFen, row.penaltyFen);
  return {
    ...{ id, loanId, householdId, village: row.regionCode, bankId, ground: row.groundCode, reason },
    evidence: row.evidence.map(({ kind, reference }) => ({ kind, reference })),
    principal: yuan(row.principalFen),
    interest: yuan(row.interestFen),
    penalty: yuan(row.penaltyFen),
    total: yuan(total),
    compensation: yuan(row.compensationFen),
    loss: yuan(subFen(total, row.compensationFen)),
    ...{ fundState, daysOverdue, classCode, policyRowId, contentDigest },
    ...{ state, stateName: WRITE_OFF_STATE_NAMES[state], proposedBy, proposedOn },
    ...{ decidedBy, decidedOn, decisionNote, eventId, version },
  };
}
