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
  clockBehind: {
    kind: 'refused',
    title: '系统时钟早于贷款证出示的时刻',
    advice: '请由管理员校准服务器时钟后再放款。',
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
  notPossible: {
    kind: 'refused',
    title: '按该贷款的业务经过，此事不成立',
    advice: '请核对业务日期和金额；需要时先冲正其后的业务。',
  },
  eventAbsent: {
    kind: 'absent',
    title: '没有找到这笔业务，或已被冲正',
    advice: '请在贷款明细中核对业务编号。',
  },
  notReversible: {
    kind: 'refused',
    title: '这类业务不能在此冲正',
    advice: '放款、结息、贴息和代偿由各自的流程更正。',
  },
  borrowedSince: {
    kind: 'refused',
    title: '该户其后又有一笔贷款，本笔不能恢复为未结清',
    advice: '一户同时只有一笔贷款；请与借款人核对后，将差额登记到现在的贷款，或待其结清。',
  },
  reverserEntered: {
    kind: 'forbidden',
    title: '不得冲正本人登记的业务',
    advice: '请由本行其他有权人员复核后冲正。',
  },
  compensatedSince: {
    kind: 'refused',
    title: '该贷款其后已获代偿',
    advice: '代偿按当时的欠款办理，此前的业务不能再补记或冲正；请由县级先行处理代偿。',
  },
  beforeDisbursal: {
    kind: 'refused',
    title: '该日期早于放款日',
    advice: '请查询放款当日或以后的数额。',
  },
  nothingPaid: {
    kind: 'invalid',
    title: '还款金额须大于零',
    advice: '请填写实际到账的金额。',
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
  writtenOff: {
    kind: 'refused',
    title: '该贷款已核销',
    advice: '核销之后收到的款项请登记为核销后收回。',
  },
  notWrittenOff: {
    kind: 'refused',
    title: '该贷款没有核销',
    advice: '没有核销的贷款请登记还款。',
  },
  recoveredTooSoon: {
    kind: 'refused',
    title: '到账日早于核销日',
    advice: '核销之前到账的款项请登记还款，核销金额随之更正。',
  },
  writeOffAbsent: {
    kind: 'absent',
    title: '没有找到这份核销提议',
    advice: '请核对核销编号；不在您辖区或本行的不会显示。',
  },
  writeOffGround: {
    kind: 'invalid',
    title: '核销事由不在规定之列',
    advice: '请从核销条款所列的事由中选择。',
  },
  writeOffEvidence: {
    kind: 'invalid',
    title: '核销证据不齐',
    advice: '请按核销条款补齐该事由要求的证据。',
  },
  writeOffTooSoon: {
    kind: 'refused',
    title: '该贷款未达到核销条件',
    advice: '请继续催收，达到逾期天数和分类条件后再提议。',
  },
  fundUndecided: {
    kind: 'refused',
    title: '风险补偿金尚未就该贷款作出决定',
    advice: '请先申请代偿，待支付或退回之后再提议核销，损失不重复承担。',
  },
  writeOffWaits: {
    kind: 'conflict',
    title: '该贷款已有核销提议',
    advice: '请办结已有的提议，不必重复提出。',
  },
  writeOffDecided: {
    kind: 'conflict',
    title: '这份核销提议已办结',
    advice: '请在核销台账中查看结果。',
  },
  writeOffOwn: {
    kind: 'forbidden',
    title: '提议人不得审批本人提议的核销',
    advice: '请由本行其他有权审批人办理。',
  },
  writeOffApprover: {
    kind: 'forbidden',
    title: '您所在的机构不能审批核销',
    advice: '请由核销条款规定的机构的审批人办理。',
  },
  writeOffOther: {
    kind: 'mismatch',
    title: '核销提议与您所见的不是同一份',
    advice: '请重新载入提议，核对后再审批。',
  },
  writeOffChanged: {
    kind: 'refused',
    title: '提议核销之后该贷款有变化',
    advice: '请不予批准，由信贷员按现在的欠款重新提议。',
  },
  moreThanHeld: {
    kind: 'refused',
    title: '退还金额超过多收待退的金额',
    advice: '请核对金额；只能退还多收的部分。',
  },
  returnerReceived: {
    kind: 'forbidden',
    title: '登记收款的人不得办理退还',
    advice: '请由本行未经手该笔收款的审批人办理。',
  },
});
