/** Every way in which post-loan care says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('monitoring', {
  checkAbsent: {
    kind: 'absent',
    title: '没有找到这次用途检查',
    advice: '请核对检查编号；不在您辖区或本行的检查不会显示。',
  },
  flagAbsent: {
    kind: 'absent',
    title: '没有找到这条用途预警',
    advice: '请核对预警编号；不在您辖区或本行的预警不会显示。',
  },
  photoAbsent: {
    kind: 'absent',
    title: '没有找到所指的检查照片',
    advice: '照片须先由本人为这笔贷款上传，再随检查一并登记。',
  },
  notPaidOut: {
    kind: 'refused',
    title: '该贷款尚未放款',
    advice: '放款之后才检查贷款用途。',
  },
  repaid: {
    kind: 'refused',
    title: '该贷款本金已还清',
    advice: '本金还清之后不再登记用途检查和管户责任。',
  },
  notChecker: {
    kind: 'forbidden',
    title: '您的岗位不办理贷款用途检查',
    advice: '请由政策参数规定的岗位检查，或由县级维护贷后用途检查参数。',
  },
  inFuture: {
    kind: 'invalid',
    title: '检查时间不得晚于现在',
    advice: '请填写实际走访的日期和时间。',
  },
  beforePayout: {
    kind: 'invalid',
    title: '检查日期不得早于放款日',
    advice: '请核对检查日期。',
  },
  alreadyRecorded: {
    kind: 'conflict',
    title: '您已登记过这笔贷款同一时间的检查',
    advice: '请在该贷款的检查记录中查看。',
  },
  photosTooFew: {
    kind: 'refused',
    title: '现场照片不足',
    advice: '请先上传规定张数的现场照片，再登记检查。',
  },
  photoTwice: {
    kind: 'invalid',
    title: '同一张照片在这次检查中用了两次',
    advice: '请换成另一张现场照片。',
  },
  photoUsed: {
    kind: 'conflict',
    title: '这张照片已随另一次检查登记',
    advice: '请为这次检查重新拍照上传。',
  },
  flagDecided: {
    kind: 'conflict',
    title: '这条用途预警已有认定',
    advice: '请在用途预警清单中查看认定结果。',
  },
  ownFlag: {
    kind: 'forbidden',
    title: '不得认定自己检查发现的预警',
    advice: '请由县级扶贫部门的另一人认定。',
  },
  notPovertyOffice: {
    kind: 'forbidden',
    title: '用途预警由县级扶贫部门认定',
    advice: '请转由县级扶贫部门办理。',
  },
  flagOpen: {
    kind: 'refused',
    title: '该户有尚未认定的用途预警，额度不得解冻',
    advice: '请待县级扶贫部门认定之后再办理解冻。',
  },
  sharesNotWhole: {
    kind: 'invalid',
    title: '管户责任比例之和须为 100%',
    advice: '请调整各责任人的比例。',
  },
  notHolder: {
    kind: 'refused',
    title: '所列人员不能为这笔贷款担责',
    advice: '责任人须为承贷银行的在职人员；政策参数允许时也可为当地乡镇、村工作人员。',
  },
});
