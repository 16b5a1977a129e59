/** A change that was asked for, whatever it is, as answers show it. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { answer, codeField, idField, regionField } from '../platform/shape';
import type { AskedState } from './asked.entity';

/** What officers call each state. */
export const ASKED_STATE_NAMES: Readonly<Record<AskedState, string>> = {
  asked: '待决定',
  approved: '已同意',
  refused: '不同意',
  signed: '已签新合同',
};
export const ASKED_STATES = Object.keys(ASKED_STATE_NAMES);

/** What every request shows. */
export interface AskedFace {
  id: string;
  loanId: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  state: AskedState;
  reason: string;
  evidence: string;
  contentDigest: string;
  askedBy: string;
  askedByName: string;
  askedOn: BusinessDate;
  askedAt: Instant;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedOn: BusinessDate | null;
  decisionReason: string | null;
}

/** The fields of every request in an answer. */
export const askedAnswer = {
  id: idField('申请编号'),
  loanId: idField('贷款编号'),
  householdId: idField('户编号'),
  regionCode: regionField('村'),
  bankId: answer.text('承贷银行'),
  state: codeField(ASKED_STATES, '状态'),
  stateName: answer.text('状态名称'),
  reason: answer.text('申请理由'),
  evidence: answer.text('依据材料'),
  contentDigest: answer.text('摘要，决定时原样填回'),
  askedBy: answer.text('申请人编号'),
  askedByName: answer.text('申请人'),
  askedOn: answer.date('申请日'),
  askedAt: answer.instant('申请时刻'),
  decidedBy: answer.text('决定人编号').allow(null),
  decidedByName: answer.text('决定人').allow(null),
  decidedOn: answer.date('决定日').allow(null),
  decisionReason: answer.text('决定理由').allow(null),
};

/** What every request shows, for an answer. */
export function askedFace(request: AskedFace) {
  const { id, loanId, householdId, regionCode, bankId, state, reason, evidence } = request;
  const { contentDigest, askedBy, askedByName, askedOn, askedAt } = request;
  const { decidedBy, decidedByName, decidedOn, decisionReason } = request;
  return {
    ...{ id, loanId, householdId, regionCode, bankId, state, reason, evidence, contentDigest },
    stateName: ASKED_STATE_NAMES[state],
    ...{ askedBy, askedByName, askedOn, askedAt: isoInstant(askedAt) },
    ...{ decidedBy, decidedByName, decidedOn, decisionReason },
  };
}
