/** Every way in which rating and credit lines say no. */
import { catalogue } from '../platform/problems';

export const CreditProblem = catalogue('credit', {
  ratingAbsent: {
    kind: 'absent',
    title: '没有找到该评级',
    advice: '请核对评级编号；不在您辖区内的评级不会显示。',
  },
  evidenceTyped: {
    kind: 'invalid',
    title: '还款记录由系统从贷款台账取得，不得填写',
    advice: '请删去还款记录(REPAYMENT_HISTORY)一项后重新提交；如台账有误，请先更正台账。',
  },
  inputsInvalid: {
    kind: 'invalid',
    title: '评级指标填写有误',
    advice:
      '请按评分表逐项改正：每项必填一次，分值为 0 至该项满分的整数；不清楚的须先核实，不得以 0 分代替。',
  },
  appraisersTooFew: {
    kind: 'refused',
    title: '村民评议人数不足',
    advice: '请补足评议员后重新提交；每名评议员单独打分。',
  },
  appraiserUnknowing: {
    kind: 'refused',
    title: '有评议员不了解该户',
    advice: '不了解该户的评议无效：请去掉这名评议员，另请了解该户的人评议。',
  },
  vetoUndecided: {
    kind: 'refused',
    title: '评议员提出的否决尚未核实',
    advice: '请在“否决情形”中对所列情形逐项填写核实结论(属实或不属实)和理由。',
  },
  ratingOpen: {
    kind: 'conflict',
    title: '该户已有待审定的评级',
    advice: '请等待银行审定人确认或退回后再评。',
  },
  notProposed: {
    kind: 'refused',
    title: '该评级不在待审定状态',
    advice: '只有待审定的评级可以确认或退回；请刷新后查看其当前状态。',
  },
  ownRating: {
    kind: 'forbidden',
    title: '评级人不得审定自己所评的等级',
    advice: '请由另一名银行审定人办理。',
  },
  contentChanged: {
    kind: 'stale',
    title: '所确认的内容与该评级不符',
    advice: '请重新打开该评级，核对分值、等级和额度后再确认。',
  },
});
