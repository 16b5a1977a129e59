/** Every way in which collection says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('collections', {
  absent: {
    kind: 'absent',
    title: '没有找到这笔贷款',
    advice: '请核对贷款编号；不在您辖区或本行的贷款不会显示。',
  },
  notPaidOut: {
    kind: 'refused',
    title: '该贷款尚未放款',
    advice: '放款之后才有贷后走访和提醒。',
  },
  noStepToday: {
    kind: 'refused',
    title: '该贷款在这一天没有要自动发出的提醒',
    advice: '提醒按到期日和提醒阶梯发出，请核对到期日。',
  },
  notOverdue: {
    kind: 'refused',
    title: '该贷款在这一天没有逾期',
    advice: '到期未还之后才能登记会商或催收。',
  },
  inFuture: {
    kind: 'invalid',
    title: '日期不得晚于今日',
    advice: '请填写实际办理的日期。',
  },
  beforePayout: {
    kind: 'invalid',
    title: '走访日期不得早于放款日',
    advice: '请核对走访日期。',
  },
  notYourStep: {
    kind: 'forbidden',
    title: '这一催收步骤不由您的岗位登记',
    advice: '乡镇会商由乡镇干部登记，催收通知书由信贷员登记。',
  },
  notInLadder: {
    kind: 'refused',
    title: '当日的提醒阶梯中没有这一步骤',
    advice: '请核对步骤与日期，或由县级维护提醒与催收阶梯。',
  },
  alreadyRecorded: {
    kind: 'conflict',
    title: '该贷款当日的这一步骤已经登记',
    advice: '请在贷款的催收记录中查看。',
  },
});
