/** Every way in which the module of applications says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('applications', {
  applicationAbsent: {
    kind: 'absent',
    title: '没有找到该贷款申请',
    advice: '请核对申请编号；不在您辖区内或不属于贵行的申请不会显示。',
  },
  productUnknown: {
    kind: 'invalid',
    title: '没有这种贷款产品',
    advice: '请选择已登记的产品代码。',
  },
  memberElsewhere: {
    kind: 'invalid',
    title: '借款人不是该户的成员',
    advice: '请从该户的成员中选择借款人；人员有变动的，先更正户籍登记。',
  },
  witnessUnfit: {
    kind: 'invalid',
    title: '见证人不合适',
    advice: '代录申请须由录入人和借款人以外的人见证。',
  },
  householdBusy: {
    kind: 'conflict',
    title: '该户已有在办的申请或未结清的贷款',
    advice: '一户同时只能有一笔，请待前一笔办结或结清后再申请。',
  },
  notEligible: {
    kind: 'refused',
    title: '不符合贷款条件',
    advice: '请按所列各项核对；条件变化后可再办理，也可填写理由不予办理。',
  },
  outOfOrder: {
    kind: 'refused',
    title: '未到办理本环节的时候',
    advice: '请按顺序办理，先完成所列的环节。',
  },
  closed: {
    kind: 'refused',
    title: '该申请已经办结，不能再办理',
    advice: '请查看办理结果；需要时可重新申请。',
  },
  sameActor: {
    kind: 'forbidden',
    title: '同一人不得办理同一申请的两个环节',
    advice: '请由该环节的另一位工作人员办理。',
  },
  wrongLevel: {
    kind: 'forbidden',
    title: '本环节由规定层级的人员办理',
    advice: '请由该层级的工作人员办理。',
  },
  otherBank: {
    kind: 'forbidden',
    title: '只能由承贷银行的人员审批',
    advice: '请由申请所选银行的审批人办理。',
  },
  industryUnknown: {
    kind: 'invalid',
    title: '不是本县的扶持产业',
    advice: '请从本县扶持产业目录中选择；不属于目录的项目不填。',
  },
  returnNowhere: {
    kind: 'invalid',
    title: '退回须说明退到哪里',
    advice: '请选择退回上一环节，或退回申请人补正。',
  },
  certificateAbsent: {
    kind: 'absent',
    title: '没有找到该贷款证',
    advice: '请核对贷款证编号；不在您辖区内或不属于贵行的贷款证不会显示。',
  },
  certificateExpired: {
    kind: 'refused',
    title: '贷款证已过有效期',
    advice: '请由农户撤回申请后重新申请。',
  },
  certificateRevoked: {
    kind: 'refused',
    title: '贷款证已撤销或失效',
    advice: '请查看该申请的办理结果。',
  },
  reasonMissing: {
    kind: 'invalid',
    title: '不予通过或退回须说明理由',
    advice: '请填写理由后重新提交。',
  },
  checksMissing: {
    kind: 'invalid',
    title: '须逐项核对后方可通过',
    advice: '请完成所列各项核对；有一项不实的，请不予通过并说明理由。',
  },
  reviewDate: {
    kind: 'invalid',
    title: '评议日期不对',
    advice: '评议须在申请之后、登记之前举行，请核对日期。',
  },
  quorumMissing: {
    kind: 'refused',
    title: '参加评议的人数不足',
    advice: '亲属回避后，参加表决的人数须达到规定人数，请重新召集评议。',
  },
  relativeVoted: {
    kind: 'invalid',
    title: '借款人及其亲属不得参加表决',
    advice: '请将其登记为回避。',
  },
  voterTwice: {
    kind: 'invalid',
    title: '评议人员有重复',
    advice: '请核对签到名单，每人只登记一次。',
  },
  notApproved: {
    kind: 'refused',
    title: '该申请尚未经银行审批同意',
    advice: '请先完成所列的环节，再签订合同。',
  },
  notContracted: {
    kind: 'refused',
    title: '该申请没有已签订的合同',
    advice: '请核对申请编号。',
  },
});
