/** Every way in which the subsidy says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('subsidies', {
  runAbsent: {
    kind: 'absent',
    title: '没有这个季度的贴息',
    advice: '请核对县代码和季度；须先由县经办提出该季度的贴息。',
  },
  claimAbsent: {
    kind: 'absent',
    title: '这笔贷款没有贴息记录',
    advice: '请核对贷款编号和季度。',
  },
  quarterRunning: {
    kind: 'refused',
    title: '本季度尚未结束',
    advice: '请在结息日(季末月20日)的次日起提出。',
  },
  nothingToSubsidise: {
    kind: 'refused',
    title: '本季度没有已计息的贷款',
    advice: '请确认结息日的夜间结息已完成，再提出贴息。',
  },
  notSettled: {
    kind: 'refused',
    title: '有贷款的利息尚未结到季末',
    advice: '请先补跑结息日的夜间任务，再提出贴息。',
  },
  booksDiffer: {
    kind: 'refused',
    title: '贷款的计息记录与合同利率算得的利息不符',
    advice: '请与承贷银行核对该笔贷款的计息记录。',
  },
  alreadyProposed: {
    kind: 'conflict',
    title: '本季度的贴息已经提出',
    advice: '同一季度只提出一次；请查看已有的贴息清单。',
  },
  notProposed: {
    kind: 'refused',
    title: '本季度的贴息不在待审批状态',
    advice: '请查看季度状态：已审批或已支付的不再审批。',
  },
  notApproved: {
    kind: 'refused',
    title: '本季度的贴息尚未审批或已经支付',
    advice: '须先由县审批人审批；已支付的不得重复支付。',
  },
  contentChanged: {
    kind: 'mismatch',
    title: '贴息清单与您所见的不是同一份',
    advice: '请重新载入清单，核对后再办理。',
  },
  proposerApproves: {
    kind: 'forbidden',
    title: '提出人不得审批自己提出的贴息',
    advice: '请由另一名审批人审批。',
  },
  payerTookPart: {
    kind: 'forbidden',
    title: '提出人和审批人不得支付',
    advice: '请由财政局另一名经办人支付。',
  },
  payeeIsHousehold: {
    kind: 'refused',
    title: '本县规定贴息付给农户',
    advice: '先付后贴须先登记农户的付息凭证，不能直接付给银行；请核对贴息周期的政策参数。',
  },
  appropriationShort: {
    kind: 'refused',
    title: '贴息资金余额不足',
    advice: '请先登记到位的贴息资金，再支付。',
  },
  documentUsed: {
    kind: 'conflict',
    title: '这份拨款文件已经登记过',
    advice: '请核对文件号；同一份文件只登记一次。',
  },
  nothingAppropriated: {
    kind: 'invalid',
    title: '拨款金额须大于零',
    advice: '请填写实际到账的金额。',
  },
});
