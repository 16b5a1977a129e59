/** Every way in which the loan book says no to an extension, a renewal or an early end. */
import { catalogue } from '../platform/problems';

export const C = catalogue('loans', {
  changeAbsent: {
    kind: 'absent',
    title: '没有找到这项申请',
    advice: '请在该贷款的申请清单中核对编号。',
  },
  changeAsked: {
    kind: 'conflict',
    title: '该贷款已有一项同类申请尚未办结',
    advice: '请先由有权人员决定已有的申请。',
  },
  changeDecided: {
    kind: 'conflict',
    title: '该申请已经决定',
    advice: '请在申请清单中查看结果；仍需办理的请另行申请。',
  },
  changeDeciderAsked: {
    kind: 'forbidden',
    title: '不得决定本人提出的申请',
    advice: '请由本行其他有权人员决定。',
  },
  signerAsked: {
    kind: 'forbidden',
    title: '提出续贷申请的人不得签订本笔合同',
    advice: '请由本行其他信贷员签订合同。',
  },
  changeStale: {
    kind: 'stale',
    title: '贷款或申请与所见不一致',
    advice: '请重新查看；贷款在申请之后有变动的，请不予同意并重新申请。',
  },
  changeRefusalReason: {
    kind: 'invalid',
    title: '不同意须写明理由',
    advice: '请填写理由。',
  },
  troubled: {
    kind: 'refused',
    title: '该贷款有逾期、代偿、核销或提前终止，不能办理',
    advice: '展期和续贷只用于到期前的正常贷款，不得以此掩盖逾期。',
  },
  afterMaturity: {
    kind: 'refused',
    title: '已过办理期限',
    advice: '展期须在到期日当日或以前申请并批准；续贷须在到期日之前签订新合同。',
  },
  extensionTimes: {
    kind: 'refused',
    title: '展期次数已用完',
    advice: '请按期催收，或在到期前按续贷条件办理。',
  },
  extensionLength: {
    kind: 'refused',
    title: '展期后的到期日不符合规定',
    advice: '请将新到期日改在原到期日之后、所列最晚日期以前。',
  },
  notEpidemic: {
    kind: 'refused',
    title: '不适用疫情延期',
    advice: '疫情延期只适用于政策有效期内、规定日期以后到期的贷款；请按一般展期申请。',
  },
  renewalAmount: {
    kind: 'refused',
    title: '续贷金额与原贷款本金余额不符',
    advice: '续贷不发放新增资金；无还本续贷的金额等于本金余额，部分还本的须少于本金余额。',
  },
  renewalTimes: {
    kind: 'refused',
    title: '续贷次数已用完',
    advice: '请在结清后按新的贷款申请办理。',
  },
  renewalExtended: {
    kind: 'refused',
    title: '已展期的贷款不再续贷',
    advice: '请按展期后的到期日收回；因疫情延期的不在此限。',
  },
  renewalConditions: {
    kind: 'refused',
    title: '续贷条件未逐项填写或未全部具备',
    advice: '请按所列条件逐项填写是否具备及理由；有一项不具备的不得批准。',
  },
  withoutRepaying: {
    kind: 'refused',
    title: '该日的政策没有无还本续贷',
    advice: '请先归还部分本金，或在结清后重新申请。',
  },
  renewalNotApproved: {
    kind: 'refused',
    title: '该续贷不在待签约状态',
    advice: '续贷经批准后签订一次新合同。',
  },
  renewalInterestDue: {
    kind: 'refused',
    title: '原贷款尚有应付利息',
    advice: '新贷款只归还原贷款本金；请先登记截至当日利息的还款，再签订续贷合同。',
  },
  renewalPrincipalAbove: {
    kind: 'refused',
    title: '原贷款本金余额高于批准的续贷金额',
    advice: '请先归还差额，再签订续贷合同。',
  },
  terminationDay: {
    kind: 'refused',
    title: '提前终止日不符合规定',
    advice: '终止日须在放款日之后、到期日之前，且不得晚于今日。',
  },
});
