/** Every way in which the module of public notices says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('notices', {
  noticeAbsent: {
    kind: 'absent',
    title: '没有找到该公示',
    advice: '公示期满后公众页面自动撤下；请核对编号或二维码。',
  },
  objectionAbsent: {
    kind: 'absent',
    title: '没有找到该异议',
    advice: '请核对异议编号或回执码。',
  },
  ruleUnknown: {
    kind: 'invalid',
    title: '没有这种公示规则',
    advice: '请使用已登记的公示规则。',
  },
  alreadyOpened: {
    kind: 'conflict',
    title: '该事项已经公示',
    advice: '同一事项只公示一次，请查看已有的公示。',
  },
  wrongLevel: {
    kind: 'forbidden',
    title: '只能张贴本级的公示',
    advice: '县、乡镇、村三级公示由各级自己的人员张贴。',
  },
  samePoster: {
    kind: 'forbidden',
    title: '同一人不得张贴两级公示',
    advice: '请由该级的另一位工作人员张贴。',
  },
  levelNotRequired: {
    kind: 'refused',
    title: '该级不在公示范围内',
    advice: '请按现行公示规则所列的级别张贴。',
  },
  alreadyPosted: {
    kind: 'refused',
    title: '该级公示已经张贴',
    advice: '无须重复登记；如需更正请联系县级经办人。',
  },
  listGrew: {
    kind: 'conflict',
    title: '张贴的名单不全',
    advice: '打印后又有事项列入本公示，请重新打印、张贴现行名单后再登记。',
  },
  earlierLevelFirst: {
    kind: 'refused',
    title: '须待上一级公示期满后再张贴',
    advice: '本县按先后顺序逐级公示，请在上一级期满次日起张贴。',
  },
  notPosting: {
    kind: 'refused',
    title: '该公示已不在张贴阶段',
    advice: '请查看公示的当前状态。',
  },
  clockBehind: {
    kind: 'refused',
    title: '系统日期早于公示已登记的日期',
    advice: '请联系管理员核对服务器时间后再办理。',
  },
  photoTooLate: {
    kind: 'refused',
    title: '公示已结束，不能再登记照片',
    advice: '公示期内的照片须在公示结束前上传；如有特殊情况请向县级经办人说明。',
  },
  notAPhoto: {
    kind: 'invalid',
    title: '上传的文件不是完整的 JPEG 或 PNG 照片',
    advice: '请直接上传手机或相机拍摄的照片，不要改扩展名，也不要上传文档或视频。',
  },
  photoTooLarge: {
    kind: 'invalid',
    title: '照片超过 8 MB',
    advice: '请用手机的“中等尺寸”重新导出后上传。',
  },
  photoMissing: {
    kind: 'refused',
    title: '缺少公示栏照片，公示不能结束',
    advice: '请由所列各级上传公示栏照片后再办理。',
  },
  photoAbsent: {
    kind: 'absent',
    title: '没有找到该照片',
    advice: '该级尚未上传公示栏照片。',
  },
  sheetFull: {
    kind: 'refused',
    title: '一张公示名单的项数已达上限',
    advice: '请分成几张名单公示。',
  },
  notPosted: {
    kind: 'refused',
    title: '该级公示尚未张贴',
    advice: '请先登记该级的张贴。',
  },
  alreadyTakenDown: {
    kind: 'refused',
    title: '该级公示已登记撤下',
    advice: '无须重复登记。',
  },
  notOpened: {
    kind: 'refused',
    title: '该事项尚未公示',
    advice: '县级复查通过后由系统开启公示。',
  },
  notPostedEverywhere: {
    kind: 'refused',
    title: '三级公示尚未全部张贴',
    advice: '请由尚未张贴的级别张贴并登记；公示期自最后一级张贴之日起算。',
  },
  stillRunning: {
    kind: 'refused',
    title: '公示期未满',
    advice: '请在公示期满次日起办理。',
  },
  objectionOpen: {
    kind: 'refused',
    title: '有异议尚未办结',
    advice: '请先核查并答复异议，再办理下一步。',
  },
  objectionUpheld: {
    kind: 'refused',
    title: '异议成立，该事项不得继续办理',
    advice: '请按异议处理结果办理退回或不予办理。',
  },
  stopped: {
    kind: 'refused',
    title: '公示已终止',
    advice: '该事项已撤回或不予办理，公示随之终止。',
  },
  notOnShow: {
    kind: 'refused',
    title: '该公示不在公示期内，不能提出异议',
    advice: '公示期外的问题请拨打监督电话反映。',
  },
  itemUnknown: {
    kind: 'invalid',
    title: '请指明对公示中的哪一项提出异议',
    advice: '请从公示列表中选择一项。',
  },
  nameRequired: {
    kind: 'invalid',
    title: '本地规定异议须实名提出',
    advice: '请填写姓名；身份信息加密保存，只有纪检人员可以查看。',
  },
  tooManyObjections: {
    kind: 'tooMany',
    title: '该公示项待核查的异议已达上限',
    advice: '已有的异议正在核查，请稍后再提，或拨打监督电话反映。',
  },
  tooMuchEvidence: {
    kind: 'refused',
    title: '该异议的佐证照片已达上限',
    advice: '请保留原件，核查人员入户时出示。',
  },
  sameEvidence: {
    kind: 'conflict',
    title: '这张照片已经提交过',
    advice: '无须重复提交。',
  },
  notTownship: {
    kind: 'forbidden',
    title: '异议由乡镇人员核查',
    advice: '请由被公示村所在乡镇的工作人员核查。',
  },
  notCounty: {
    kind: 'forbidden',
    title: '异议由县级人员处理',
    advice: '乡镇核查后由县级经办人作出处理。',
  },
  alreadyChecked: {
    kind: 'refused',
    title: '该异议已经核查',
    advice: '请由县级经办人处理。',
  },
  checkFirst: {
    kind: 'refused',
    title: '乡镇尚未核查该异议',
    advice: '请等乡镇登记核查情况；逾期未核查的，县级可以直接处理。',
  },
  ownCheck: {
    kind: 'forbidden',
    title: '核查异议的人不得作出处理',
    advice: '请由另一位县级工作人员处理。',
  },
  alreadyDecided: {
    kind: 'refused',
    title: '该异议已经办结',
    advice: '请查看处理结果。',
  },
  ownAct: {
    kind: 'forbidden',
    title: '不得处理针对自己经办事项的异议',
    advice: '请由没有经办、张贴或审核该事项的人员处理。',
  },
});
