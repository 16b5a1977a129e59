/** A loan as the API shows it: money in yuan, rates in percent, dates as text. */
import { isoInstant } from '../platform/clock';
import { yuan } from '../platform/money';
import { percent } from '../platform/rate';
import { answer, idField, regionField, shape } from '../platform/shape';
import type { Loan, LoanEvent, LoanEventKind } from './loan.entity';

/** The words of the states for screens. */
export const STATE_NAMES = { signed: '已签约', running: '在贷', settled: '已结清' } as const;

/** A loan in an answer. */
export interface LoanAnswer {
  id: string;
  number: string;
  applicationId: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  productCode: string;
  renewsLoanId: string | null;
  state: string;
  stateName: string;
  principal: string;
  outstanding: string;
  interestDue: string;
  penaltyDue: string;
  overpaid: string;
  rate: string;
  rateCap: string;
  basis: number;
  termMonths: number;
  signedOn: string;
  disbursedOn: string | null;
  maturesOn: string | null;
  originalMaturesOn: string | null;
  terminatedOn: string | null;
  settledOn: string | null;
  compensatedOn: string | null;
  writtenOffOn: string | null;
  writtenOff: string;
  recovered: string;
  daysOverdue: number;
  interestDaysOverdue: number;
  ownDueSince: string | null;
  classCode: string;
  judgedCode: string | null;
  version: number;
}

/** Shape of a loan in an answer. */
export const loanAnswerFields = {
  id: idField('贷款编号'),
  number: answer.text('合同号'),
  applicationId: idField('申请编号'),
  householdId: idField('户编号'),
  regionCode: regionField('村'),
  bankId: answer.text('承贷银行'),
  productCode: answer.text('产品代码'),
  renewsLoanId: answer.text('所续贷的原贷款编号；新发放的为空').allow(null),
  state: answer.text('状态'),
  stateName: answer.text('状态名称'),
  principal: answer.yuan('合同本金'),
  outstanding: answer.yuan('本金余额'),
  interestDue: answer.yuan('已结未付利息'),
  penaltyDue: answer.yuan('已结未付罚息'),
  overpaid: answer.yuan('多收待退'),
  rate: answer.percent('年利率'),
  rateCap: answer.percent('签约日利率上限'),
  basis: answer.count('年天数'),
  termMonths: answer.count('期限(月)'),
  signedOn: answer.date('签约日'),
  disbursedOn: answer.date('放款日').allow(null),
  maturesOn: answer.date('到期日').allow(null),
  originalMaturesOn: answer.date('变更前的到期日').allow(null),
  terminatedOn: answer.date('提前终止日').allow(null),
  settledOn: answer.date('结清日').allow(null),
  compensatedOn: answer.date('代偿日').allow(null),
  writtenOffOn: answer.date('核销日').allow(null),
  writtenOff: answer.yuan('核销金额'),
  recovered: answer.yuan('核销后收回'),
  daysOverdue: answer.count('本金逾期天数'),
  interestDaysOverdue: answer.count('借款人自付利息逾期天数'),
  ownDueSince: answer.date('最早一笔未付清的自付利息的应付日').allow(null),
  classCode: answer.text('五级分类'),
  judgedCode: answer.text('人工认定的等级；没有时为空').allow(null),
  version: answer.count('版本'),
};

/** Shape of an answer that is one loan. */
export const loanAnswerShape = shape<LoanAnswer>(loanAnswerFields);

/** The loan for an answer. */
export function loanAnswer(loan: Loan): LoanAnswer {
  const { id, number, applicationId, householdId, regionCode, bankId, productCode } = loan;
  const { state, basis, termMonths, signedOn, disbursedOn, maturesOn, settledOn } = loan;
  const { renewsLoanId, originalMaturesOn, terminatedOn, writtenOffOn } = loan;
  const { compensatedOn, version } = loan;
  const { daysOverdue, interestDaysOverdue, ownDueSince, classCode, judgedCode } = loan;
  return {
    ...{ id, number, applicationId, householdId, regionCode, bankId, productCode },
    ...{ state, stateName: STATE_NAMES[state] },
    principal: yuan(loan.principalFen),
    outstanding: yuan(loan.outstandingFen),
    interestDue: yuan(loan.interestDueFen),
    penaltyDue: yuan(loan.penaltyDueFen),
    overpaid: yuan(loan.overpaidFen),
    rate: percent(loan.ratePpm),
    rateCap: percent(loan.rateCapPpm),
    ...{ basis, termMonths, signedOn, disbursedOn, maturesOn, settledOn },
    ...{ renewsLoanId, originalMaturesOn, terminatedOn, compensatedOn, writtenOffOn },
    writtenOff: yuan(loan.writtenOffFen),
    recovered: yuan(loan.recoveredFen),
    ...{ daysOverdue, interestDaysOverdue, ownDueSince, classCode, judgedCode, version },
  };
}

/** The words of the events for screens. */
export const EVENT_NAMES: Readonly<Record<LoanEventKind, string>> = {
  disbursal: '放款',
  repayment: '还款',
  settlement: '结息',
  subsidy: '贴息',
  compensation: '代偿',
  refund: '退还多收',
  extension: '展期',
  termination: '提前终止',
  'write-off': '核销',
  recovery: '核销后收回',
  renewal: '续贷归还',
};

/** An event in an answer. */
export interface LoanEventAnswer {
  id: string;
  kind: string;
  kindName: string;
  on: string;
  amount: string;
  principal: string;
  interest: string;
  penalty: string;
  overpaid: string;
  outstandingAfter: string;
  reference: string;
  recordedAt: string;
}

/** Shape of an event in an answer. */
export const loanEventShape = shape<LoanEventAnswer>({
  id: idField('事件编号'),
  kind: answer.text(
    Object.entries(EVENT_NAMES)
      .map((one) => one.join(' '))
      .join(', '),
  ),
  kindName: answer.text('业务名称'),
  on: answer.date('业务日期'),
  amount: answer.yuan('合计'),
  principal: answer.yuan('本金'),
  interest: answer.yuan('利息'),
  penalty: answer.yuan('罚息'),
  overpaid: answer.yuan('多收'),
  outstandingAfter: answer.yuan('之后的本金余额'),
  reference: answer.text('业务标识'),
  recordedAt: answer.instant('登记时刻'),
});

/** The event for an answer. */
export function loanEventAnswer(event: LoanEvent): LoanEventAnswer {
  return {
    id: event.originId,
    kind: event.kind,
    kindName: EVENT_NAMES[event.kind],
    on: event.happenedOn,
    amount: yuan(event.amountFen),
    principal: yuan(event.principalFen),
    interest: yuan(event.interestFen),
    penalty: yuan(event.penaltyFen),
    overpaid: yuan(event.overpaidFen),
    outstandingAfter: yuan(event.outstandingAfterFen),
    reference: event.naturalKey,
    recordedAt: isoInstant(event.recordedAt),
  };
}

/** What the audit keeps of a loan before and after an act: its figures and dates, no names. */
export function auditOf(loan: Loan): object {
  const { id, applicationId, householdId, ...rest } = loanAnswer(loan);
  return { id, applicationId, householdId, ...rest };
}

/** The records to whose story an act on a loan belongs. */
export function relatedOf(loan: Pick<Loan, 'householdId' | 'applicationId'>) {
  return [
    { kind: 'household', id: loan.householdId },
    { kind: 'application', id: loan.applicationId },
  ];
}
