/** A quarter as the API shows it, and as the audit keeps it. */
import { isoInstant } from '../platform/clock';
import { yuan } from '../platform/money';
import { answer, codeField, Joi, regionField, shape } from '../platform/shape';
import { PERIOD_CODE, RUN_STATE_NAMES, RUN_STATES } from './quarter';
import type { SubsidyRun } from './subsidy.entity';

/** A quarter's code, e.g. 2018Q3. */
export function periodField() {
  return Joi.string().pattern(PERIOD_CODE, '季度，如 2018Q3').description('季度，如 2018Q3');
}

/** The digest of the list as the officer saw it. */
export function digestField() {
  return Joi.string()
    .pattern(/^[0-9a-f]{64}$/, '64 位摘要')
    .description('所见清单的摘要(contentDigest)');
}

/** A quarter in an answer; money in yuan. */
export interface RunAnswer {
  county: string;
  periodCode: string;
  from: string;
  to: string;
  state: string;
  stateName: string;
  claimCount: number;
  interest: string;
  subsidised: string;
  excluded: string;
  contentDigest: string;
  proposedBy: string;
  proposedOn: string;
  proposedAt: string;
  approvedBy: string | null;
  approvedOn: string | null;
  paidBy: string | null;
  paidOn: string | null;
  voucher: string | null;
  version: number;
}

/** Fields of a quarter in an answer. */
export const runFields = {
  county: regionField('县'),
  periodCode: answer.text('季度'),
  from: answer.date('起始日'),
  to: answer.date('结息日'),
  state: codeField(RUN_STATES, '状态'),
  stateName: answer.text('状态名称'),
  claimCount: answer.count('笔数'),
  interest: answer.yuan('利息合计'),
  subsidised: answer.yuan('应贴合计'),
  excluded: answer.yuan('不贴合计'),
  contentDigest: answer.text('清单摘要，审批和支付时原样填回'),
  proposedBy: answer.text('提出人'),
  proposedOn: answer.date('提出日'),
  proposedAt: answer.instant('提出时刻'),
  approvedBy: answer.text('审批人').allow(null),
  approvedOn: answer.date('审批日').allow(null),
  paidBy: answer.text('支付人').allow(null),
  paidOn: answer.date('支付日').allow(null),
  voucher: answer.text('支付凭证号').allow(null),
  version: answer.count('版本'),
};

/** Shape of an answer that is one quarter. */
export const runShape = shape<RunAnswer>(runFields);

/** The quarter for an answer. */
export function runAnswer(run: SubsidyRun): RunAnswer {
  const { periodCode, state, claimCount, contentDigest, version } = run;
  const { proposedBy, proposedOn, approvedBy, approvedOn, paidBy, paidOn, voucher } = run;
  return {
    ...{ county: run.regionCode, periodCode, from: run.fromOn, to: run.toOn },
    ...{ state, stateName: RUN_STATE_NAMES[state], claimCount },
    interest: yuan(run.interestFen),
    subsidised: yuan(run.subsidisedFen),
    excluded: yuan(run.excludedFen),
    ...{ contentDigest, proposedBy, proposedOn, proposedAt: isoInstant(run.proposedAt) },
    ...{ approvedBy, approvedOn, paidBy, paidOn, voucher, version },
  };
}
