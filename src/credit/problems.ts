/** Every way in which rating and credit lines say no. */
import { catalogue } from '../platform/problems';

export const CreditProblem = catalogue('credit', {
  ratingAbsent: {
    kind: 'absent',
    title: '没有找到该评级',
    advice: '请核对评级编号；不在您辖区内的评级不会显示。',
  },
  caseAbsent: {
    kind: 'absent',
    title: '没有找到该评级档案',
    advice: '请核对档案编号；不在您辖区内的档案不会显示。',
  },
  notCollecting: {
    kind: 'refused',
    title: '该评级档案不在采集状态',
    advice: '已测算的须由村评议小组或乡镇退回后才能补充；已办结的请另建档案。',
  },
  evidenceTyped: {
    kind: 'invalid',
    title: '该指标由系统取得，不得填写',
    advice: '还款记录取自贷款台账，劳动力取自户册，村民评议取自评议表；有误的请先更正来源。',
  },
  sheetTwice: {
    kind: 'conflict',
    title: '该评议员已有一份评议表',
    advice: '每名评议员对一户只评一次，本人登录与纸质表不得并用；同名的请在姓名后加注组别。',
  },
  witnessNeeded: {
    kind: 'invalid',
    title: '纸质评议表须有他人见证',
    advice: '见证人不得是评议员本人，也不得是录入人；录入人本人评议的请登录本人账号。',
  },
  appraisalUnderway: {
    kind: 'refused',
    title: '评议尚在进行，各人的评议表不得查看',
    advice: '背靠背评议在测算之后才可查阅。',
  },
  cardNotSimulated: {
    kind: 'refused',
    title: '新评分表尚未在现有户册上试算',
    advice:
      '请先对这一稿试算，看清多少户变更等级、授信总额增减多少，再予确认；内容改动后须重新试算。',
  },
  inputsInvalid: {
    kind: 'invalid',
    title: '评级指标填写有误',
    advice:
      '请按评分表逐项改正：每项填一次，从所列档次中选择；查不清的选“情况不明”（NOT_KNOWN），不得以最低档代替。',
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
    title: '该户已有未办结的评级',
    advice: '请继续办理已有的评级档案；确需重来的，先撤销该档案。',
  },
  notProposed: {
    kind: 'refused',
    title: '该评级不在这一环节',
    advice: '次序为测算、村评议小组、乡镇核查、银行审定；请刷新后查看其当前状态。',
  },
  samePerson: {
    kind: 'forbidden',
    title: '同一人不得在一笔评级中办理两个环节',
    advice: '测算、村评议小组、乡镇核查、银行审定须由不同的人办理。',
  },
  collectorDecides: {
    kind: 'forbidden',
    title: '建档、采集或录入评议表的人不得审定该评级',
    advice: '请由没有参与采集的银行审定人办理。',
  },
  notBank: {
    kind: 'forbidden',
    title: '只有银行的人员可以审定评级',
    advice: '请由承贷银行的审定人办理。',
  },
  reasonMissing: {
    kind: 'invalid',
    title: '须写明理由',
    advice: '退回、降低、提高或不予授信，请在“理由”中写明原因。',
  },
  decisionInvalid: {
    kind: 'invalid',
    title: '审定的等级或额度有误',
    advice: '降低须低于测算结果，且不超过所定等级的最高额度；按测算确认的不填等级和额度。',
  },
  raiseTooHigh: {
    kind: 'refused',
    title: '提高后的额度超出该等级允许的范围',
    advice: '须高于测算额度，不超过评分表中该等级的最高额度。',
  },
  moveWhileOpen: {
    kind: 'refused',
    title: '该户有未办结的评级，不能迁移、合并或分户',
    advice: '请先办结或撤销该户的评级档案，再办理户籍变动。',
  },
  contentChanged: {
    kind: 'stale',
    title: '所确认的内容与该评级不符',
    advice: '请重新打开该评级，核对分值、等级和额度后再办理。',
  },
  // Credit lines.
  lineAbsent: {
    kind: 'absent',
    title: '该户没有授信额度',
    advice: '请核对农户编号；没有授信的农户请先评级。',
  },
  lineState: {
    kind: 'refused',
    title: '授信额度当前的状态不能办理此事',
    advice: '请刷新后查看额度的当前状态；已取消或已到期的须重新评级授信。',
  },
  lineNotLower: {
    kind: 'invalid',
    title: '调减后的额度须低于现有额度',
    advice: '请填写低于现有额度的金额；提高额度请走增信申请，收回全部额度请办理取消。',
  },
  lineOwnFreeze: {
    kind: 'forbidden',
    title: '冻结人不得自行解冻',
    advice: '请由另一名有权人员核实后解冻。',
  },
  lineTriggerStands: {
    kind: 'refused',
    title: '冻结的原因仍在，不能解冻',
    advice: '该户的贷款仍逾期超过规定天数；请在还清逾期后再办理。',
  },
  reviewNotDue: {
    kind: 'refused',
    title: '该户的授信没有待办的年审',
    advice: '年审由系统按周年列出；需要随时调整的，请办理调减、冻结或取消。',
  },
  raiseAbsent: {
    kind: 'absent',
    title: '没有找到该增信申请',
    advice: '请核对申请编号；不在您辖区内的申请不会显示。',
  },
  raiseOpen: {
    kind: 'conflict',
    title: '该户已有在办的增信申请',
    advice: '请等待在办的申请审定后再提出。',
  },
  raiseState: {
    kind: 'refused',
    title: '该增信申请不在这一步',
    advice: '须先由乡镇核实，再由银行审定；请刷新后查看其当前状态。',
  },
  raiseOwn: {
    kind: 'forbidden',
    title: '同一人不得办理同一增信申请的两个步骤',
    advice: '申请、核实、审定须由三个不同的人办理。',
  },
  raiseGround: {
    kind: 'invalid',
    title: '增信理由不在规定之内',
    advice: '请从授信管理规则所列的增信理由中选择。',
  },
  raiseAmount: {
    kind: 'refused',
    title: '增信金额不在允许的范围内',
    advice: '金额须高于现有额度，不超过该等级的最高额度、产品上限和申请金额。',
  },
  raiseOutdated: {
    kind: 'stale',
    title: '提出申请后该户的授信已经变化',
    advice: '请退回此申请，按现在的授信重新提出。',
  },
  // Appeals.
  appealAbsent: {
    kind: 'absent',
    title: '没有找到该申诉',
    advice: '请核对申诉编号；不在您辖区内的申诉不会显示。',
  },
  appealAgainst: {
    kind: 'invalid',
    title: '所申诉的决定不属于该户或不可申诉',
    advice:
      '请选择该户的一次评级或一次额度变动，只选其一；授信生效、到期本身不在申诉之列，请对评级申诉。',
  },
  appealMember: {
    kind: 'refused',
    title: '申诉人不是该户成员',
    advice: '申诉须由该户在册的成员提出，由村级协办员代为登记。',
  },
  appealMade: {
    kind: 'conflict',
    title: '对这一决定已提出过申诉',
    advice: '同一决定只申诉一次；对申诉结论不服的，请向上级主管部门反映。',
  },
  appealLate: {
    kind: 'refused',
    title: '已超过申诉期限',
    advice: '申诉须在决定作出后的规定天数内提出；情况有变化的，请申请重新评级。',
  },
  appealDecided: {
    kind: 'refused',
    title: '该申诉已经办结',
    advice: '请刷新后查看申诉结论。',
  },
  appealSigner: {
    kind: 'forbidden',
    title: '参与过该决定的人不得处理对它的申诉',
    advice: '请由没有在该评级、额度变动或申诉登记上签字的人处理。',
  },
  // Rounds of rating.
  roundAbsent: {
    kind: 'absent',
    title: '没有找到该轮评级',
    advice: '请核对编号；不在您辖区内的不会显示。',
  },
  roundOpen: {
    kind: 'conflict',
    title: '该地已有进行中的一轮评级',
    advice: '请在已有的一轮中办理，或先将其结束。',
  },
  roundClosed: {
    kind: 'refused',
    title: '该轮评级已结束',
    advice: '未办结的档案和评级仍可逐户办理；需要再评的请另开一轮。',
  },
  roundPart: {
    kind: 'invalid',
    title: '所选地区不在本轮评级之内',
    advice: '请选择本轮评级的地区，或其下的乡镇、村。',
  },
  roundDue: {
    kind: 'invalid',
    title: '截止日期已过',
    advice: '截止日期须为今日或以后。',
  },
  roundEmpty: {
    kind: 'refused',
    title: '本轮在此地没有等待这一环节的档案或评级',
    advice: '请刷新后查看本轮进度。',
  },
  roundSeen: {
    kind: 'stale',
    title: '等待办理的评级与所见的不同',
    advice: '请重新试办，核对户数和额度合计后再办理。',
  },
  runAbsent: {
    kind: 'absent',
    title: '没有找到该次批量办理',
    advice: '请核对编号；不在您辖区内的不会显示。',
  },
  // Trials of a new scorecard.
  cardNotProposed: {
    kind: 'absent',
    title: '没有这一稿待确认的评分表',
    advice: '只有已提出、尚未确认的评分表可以试算；请核对规定编号。',
  },
  simulationAbsent: {
    kind: 'absent',
    title: '没有找到该次试算',
    advice: '请核对编号；不在您辖区内的不会显示。',
  },
  // Credit villages and townships.
  placeYear: {
    kind: 'refused',
    title: '该年度尚未结束，不能评定',
    advice: '信用村、信用乡镇按全年数据评定，请在次年办理。',
  },
  placeJudged: {
    kind: 'conflict',
    title: '该地该年度已经评定',
    advice: '请查看已有的评定；确有错误的，须先由复核人退回。',
  },
  awardAbsent: {
    kind: 'absent',
    title: '没有找到该评定',
    advice: '请核对编号；不在您辖区内的评定不会显示。',
  },
  awardDecided: {
    kind: 'refused',
    title: '该评定已经复核',
    advice: '请刷新后查看复核结论。',
  },
  awardOwn: {
    kind: 'forbidden',
    title: '评定人不得复核自己的评定',
    advice: '请由另一名有权人员复核。',
  },
});
