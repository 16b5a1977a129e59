/** Every way in which the judgement of a loan's class is refused; the rest of the module's problems are in problems.ts. */
import { catalogue } from '../platform/problems';

export const GP = catalogue('loans', {
  gradeTooGood: {
    kind: 'refused',
    title: '认定的分类不得优于逾期天数所要求的分类',
    advice: '请改为不优于分类表的等级，或待欠款收回后再认定。',
  },
  gradeStands: {
    kind: 'refused',
    title: '该贷款现行的认定与此相同',
    advice: '请在分类记录中核对现行认定。',
  },
  judgementOpen: {
    kind: 'conflict',
    title: '该贷款已有一项待审批的分类认定',
    advice: '请先由审批人决定原认定，再提出新的认定。',
  },
  judgementAbsent: {
    kind: 'absent',
    title: '没有找到这项分类认定',
    advice: '请核对认定编号和贷款编号。',
  },
  judgementDecided: {
    kind: 'refused',
    title: '该项分类认定已作出决定',
    advice: '请在分类记录中查看；需要时提出新的认定。',
  },
  ownJudgement: {
    kind: 'forbidden',
    title: '不得审批本人提出的分类认定',
    advice: '请由本行其他有权人员审批。',
  },
});
