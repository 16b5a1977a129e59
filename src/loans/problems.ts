/** Every way in which the loan book says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('loans', {
  absent: {
    kind: 'absent',
    title: '没有找到这笔贷款',
    advice: '请核对贷款编号；不在您辖区或本行的贷款不会显示。',
  },
  signerDecided: {
    kind: 'forbidden',
    title: '审批人不得签订本人审批的合同',
    advice: '请由本行其他信贷员签订合同。',
  },
  payerSigned: {
    kind: 'forbidden',
    title: '签订合同的人不得办理本笔放款',
    advice: '请由本行其他人员办理放款。',
  },
  runningLoan: {
    kind: 'refused',
    title: '该户已有一笔未结清的贷款',
    advice: '请在原贷款结清后再签订新合同。',
  },
  alreadySigned: {
    kind: 'conflict',
    title: '该申请已签订合同',
    advice: '请在贷款台账中查看该申请的合同。',
  },
  numberUsed: {
    kind: 'conflict',
    title: '合同号已被使用',
    advice: '请核对合同号，换用未使用过的合同号。',
  },
  amountAboveApproved: {
    kind: 'refused',
    title: '合同金额超过银行审批金额',
    advice: '请将合同金额改为不高于审批金额，或重新报批。',
  },
  termAboveApproved: {
    kind: 'refused',
    title: '合同期限超过审批期限',
    advice: '请将合同期限改为不长于审批期限，或重新报批。',
  },
  rateAboveCap: {
    kind: 'refused',
    title: '合同利率超过上限',
    advice: '请按签约日的基准利率或贷款市场报价利率上限定价。',
  },
  termWithoutCap: {
    kind: 'refused',
    title: '该期限没有对应的利率档次',
    advice: '请缩短期限到产品允许的最长期限以内。',
  },
  basisNotAllowed: {
    kind: 'refused',
    title: '不允许的计息天数基准',
    advice: '请选用本行计息参数中允许的年天数。',
  },
  notSigned: {
    kind: 'refused',
    title: '该合同不在待放款状态',
    advice: '请在贷款台账中查看放款记录；一份合同只能放款一次。',
  },
  certificateMismatch: {
    kind: 'refused',
    title: '出示的贷款证与申请不符',
    advice: '请核对借款人出示的贷款证号；没有贷款证不得放款。',
  },
  presentationAbsent: {
    kind: 'absent',
    title: '没有找到该贷款证的出示记录',
    advice: '请核对贷款证编号；只能办理本行网点登记过的贷款证。',
  },
  notPresented: {
    kind: 'refused',
    title: '贷款证尚未在柜面出示',
    advice: '请由借款人到承贷银行网点出示贷款证，登记后再签订合同、放款。',
  },
  alreadyPresented: {
    kind: 'conflict',
    title: '该贷款证已在柜面出示',
    advice: '一张贷款证只登记一次，请到首次出示的网点办理。',
  },
  notPresentable: {
    kind: 'refused',
    title: '该贷款证已使用',
    advice: '请查看该申请的合同与放款记录。',
  },
  notABranch: {
    kind: 'forbidden',
    title: '只能由承贷银行的网点办理',
    advice: '请由申请所选银行的网点人员办理。',
  },
  otherBranch: {
    kind: 'forbidden',
    title: '该贷款证在另一网点出示',
    advice: '请由出示贷款证的网点签订合同。',
  },
  notPayable: {
    kind: 'refused',
    title: '柜面复核未通过',
    advice: '请按所列各项核对；原因消除后可再次出示。',
  },
  accountNotOwn: {
    kind: 'refused',
    title: '收款账户不是借款人本人的账户',
    advice: '请核对户名和账号；账号有变动的，请先由村、乡更正台账。',
  },
  payoutReferenceUsed: {
    kind: 'conflict',
    title: '银行流水号已用于另一笔放款',
    advice: '请核对流水号；同一流水只入账一次。',
  },
  notLate: {
    kind: 'refused',
    title: '该笔放款没有超时',
    advice: '只有超过时限的放款需要说明原因。',
  },
  alreadyExplained: {
    kind: 'conflict',
    title: '该笔放款已说明超时原因',
    advice: '请在放款时效中查看。',
  },
  notRunning: {
    kind: 'refused',
    title: '该贷款未放款或已结清',
    advice: '请核对贷款编号；未放款的合同和已结清的贷款不能办理此事。',
  },
  paidInFuture: {
    kind: 'invalid',
    title: '还款日不得晚于今日',
    advice: '请填写款项实际到账的日期。',
  },
  paidBeforeDisbursal: {
    kind: 'invalid',
    title: '还款日不得早于放款日',
    advice: '请核对款项实际到账的日期。',
  },
  alreadyBooked: {
    kind: 'refused',
    title: '该日之前的利息已经入账',
    advice: '请填写不早于已入账日期的还款日；补记更早的还款须由银行先行更正。',
  },
  beforeLastBooking: {
    kind: 'refused',
    title: '该日期早于最近一次入账',
    advice: '请查询最近一次入账当日或以后的数额；以前的数额见贷款明细。',
  },
  nothingPaid: {
    kind: 'invalid',
    title: '还款金额须大于零',
    advice: '请填写实际到账的金额。',
  },
  overpayment: {
    kind: 'refused',
    title: '还款金额超过结清金额',
    advice: '请按结清金额入账，多收部分退还借款人。',
  },
  referenceUsed: {
    kind: 'conflict',
    title: '银行流水号已用于另一笔内容不同的还款',
    advice: '请核对流水号、贷款、日期和金额；同一流水只入账一次。',
  },
  notSettlementDay: {
    kind: 'refused',
    title: '该日不是结息日',
    advice: '结息日为每季末月的20日。',
  },
  subsidyConflict: {
    kind: 'conflict',
    title: '同一笔贴息已按不同金额入账',
    advice: '请核对季度与金额；差额以下一季度的调整入账。',
  },
  alreadyCompensated: {
    kind: 'refused',
    title: '该贷款已获代偿',
    advice: '一笔贷款只代偿一次。',
  },
  notOverdue: {
    kind: 'refused',
    title: '该贷款没有逾期',
    advice: '请在到期未还之后办理。',
  },
  wrongWay: {
    kind: 'invalid',
    title: '止息日早于起息日',
    advice: '请改正起止日期，算头不算尾。',
  },
});
