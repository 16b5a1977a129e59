/** Every way in which the fund says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('riskfund', {
  fundAbsent: {
    kind: 'absent',
    title: '本县还没有风险补偿金',
    advice: '请先登记风险补偿金的注入。',
  },
  claimAbsent: {
    kind: 'absent',
    title: '没有这份代偿申请',
    advice: '请核对申请编号。',
  },
  recoveryAbsent: {
    kind: 'absent',
    title: '没有这笔追回款',
    advice: '请核对追回款编号。',
  },
  nothingContributed: {
    kind: 'invalid',
    title: '注入金额须大于零',
    advice: '请填写实际到账的金额。',
  },
  documentUsed: {
    kind: 'conflict',
    title: '这份文件已经登记过注入',
    advice: '请核对文件号；同一份文件只登记一次。',
  },
  claimantIsNoBank: {
    kind: 'forbidden',
    title: '只有承贷银行可以申请代偿',
    advice: '请由承贷银行的信贷员办理。',
  },
  notOverdueEnough: {
    kind: 'refused',
    title: '逾期天数未达到代偿条件',
    advice: '请继续催收，满足规定的逾期天数后再申请。',
  },
  tooFewRecords: {
    kind: 'refused',
    title: '催收记录不足',
    advice: '请补登逾期通知、走访、会商、催收通知书等记录后再申请。',
  },
  useNotChecked: {
    kind: 'refused',
    title: '还没有用途核查记录',
    advice: '请先上门核查贷款用途并登记走访记录。',
  },
  alreadyCompensated: {
    kind: 'refused',
    title: '这笔贷款已经代偿',
    advice: '一笔贷款只代偿一次；后续还款按比例返还风险补偿金。',
  },
  alreadyClaimed: {
    kind: 'conflict',
    title: '这笔贷款已有在办的代偿申请',
    advice: '请办结已有的申请，不必重复提出。',
  },
  nothingToCompensate: {
    kind: 'refused',
    title: '没有可代偿的本息',
    advice: '请核对贷款余额和风险补偿金的覆盖范围。',
  },
  fundShort: {
    kind: 'refused',
    title: '风险补偿金可用余额不足',
    advice: '请先补充风险补偿金，再提出申请。',
  },
  noSeat: {
    kind: 'forbidden',
    title: '您所在的单位不是签署席位',
    advice: '代偿由扶贫办、财政局、平台公司三方签署。',
  },
  claimantSigns: {
    kind: 'forbidden',
    title: '申请人不得签署自己提出的代偿',
    advice: '请由三方席位的其他人签署。',
  },
  seatTaken: {
    kind: 'conflict',
    title: '本席位已经签署',
    advice: '每个席位只签署一次；请查看还缺哪一方。',
  },
  signedAlready: {
    kind: 'conflict',
    title: '您已经签署过这份申请',
    advice: '同一人不得签署两个席位。',
  },
  notOpen: {
    kind: 'refused',
    title: '这份申请不在待签署状态',
    advice: '请查看申请状态：已签齐、已支付或已退回的不再签署。',
  },
  contentChanged: {
    kind: 'mismatch',
    title: '申请内容与您所见的不是同一份',
    advice: '请重新载入申请，核对后再签署。',
  },
  notRefusable: {
    kind: 'refused',
    title: '这份申请已支付或已退回',
    advice: '已支付的不能退回。',
  },
  unknownRefusal: {
    kind: 'invalid',
    title: '退回原因不在规定之列',
    advice: '请从列出的原因中选择，其他情况在说明中写明。',
  },
  notSigned: {
    kind: 'refused',
    title: '三方尚未签齐，不能支付',
    advice: '请先由扶贫办、财政局、平台公司各签署一次。',
  },
  claimantPays: {
    kind: 'forbidden',
    title: '申请人不得支付代偿款',
    advice: '请由财政局或平台公司的经办人支付。',
  },
  positionChanged: {
    kind: 'refused',
    title: '申请之后借款人已还款',
    advice: '请退回本申请，由银行按现在的欠款重新申请。',
  },
  alreadyReturned: {
    kind: 'refused',
    title: '这笔追回款已经返还',
    advice: '每笔追回款只返还一次。',
  },
  recoveryVoided: {
    kind: 'refused',
    title: '这笔追回款已随还款更正作废',
    advice: '请在追回返还台账中查看更正后的追回款。',
  },
  partReturned: {
    kind: 'refused',
    title: '该笔款项的基金份额已返还风险补偿金，更正后应返还的少于已返还的',
    advice: '已返还的不能在此收回；请先与县级风险补偿金管理单位商定处理，再更正贷款业务。',
  },
});
