/** Every way in which the register says no. */
import { catalogue } from '../platform/problems';

export const HouseholdProblem = catalogue('households', {
  householdAbsent: {
    kind: 'absent',
    title: '没有找到该农户',
    advice: '请核对户编号；不在您辖区内的农户不会显示。',
  },
  memberAbsent: {
    kind: 'absent',
    title: '没有找到该家庭成员',
    advice: '请从农户详情中选择成员。',
  },
  memberInvalid: {
    kind: 'invalid',
    title: '家庭成员的信息有误',
    advice: '请按所列字段逐项对照身份证原件改正后重新提交。',
  },
  idNumberInvalid: {
    kind: 'invalid',
    title: '公民身份号码有误',
    advice: '请对照身份证原件改正；系统不猜测、不补全号码。',
  },
  headNotSingle: {
    kind: 'invalid',
    title: '每户须有且只有一名户主',
    advice: '请将一名成员的关系填为“户主”(HEAD),其余成员填与户主的关系。',
  },
  personTwice: {
    kind: 'invalid',
    title: '同一人在本户中填了两次',
    advice: '请删去重复的成员。',
  },
  codeTaken: {
    kind: 'conflict',
    title: '户编号已被使用',
    advice: '请核对户编号；该户可能已经登记，请先查找。',
  },
  personElsewhere: {
    kind: 'conflict',
    title: '有成员已登记在其他农户',
    advice: '一人同一时间只能属于一户：请先在原户办理转出，或核对身份号码。',
  },
  statusInFuture: {
    kind: 'refused',
    title: '身份类别的起始日不能晚于今天',
    advice: '请填文件认定的日期；尚未生效的变更请在生效当日办理。',
  },
  statusUnchanged: {
    kind: 'refused',
    title: '该户已是此身份类别',
    advice: '无需重复登记；如只需补充依据文件，请在下次变更时注明。',
  },
  statusOverlap: {
    kind: 'refused',
    title: '身份类别的时间段重叠',
    advice: '新类别的起始日须晚于现有类别的起始日；更正历史记录请联系县扶贫办。',
  },
  dayInFuture: {
    kind: 'refused',
    title: '起始日不能晚于今天',
    advice: '请填实际发生的日期；尚未发生的变更请在当日办理。',
  },
  periodOverlap: {
    kind: 'refused',
    title: '与现有记录的时间段重叠',
    advice: '起始日须晚于现有记录的起始日。',
  },
  memberLeft: {
    kind: 'refused',
    title: '该成员已不在本户',
    advice: '已转出的成员保留原记录，不再修改。',
  },
  joinedBeforeBirth: {
    kind: 'refused',
    title: '加入日早于出生日期或本户登记起始日',
    advice: '请填该成员实际成为本户成员的日期。',
  },
  leftBeforeJoined: {
    kind: 'refused',
    title: '离开日早于加入本户之日',
    advice: '请填在本户的最后一日。',
  },
  headLeaving: {
    kind: 'refused',
    title: '户主离开前须先确定新户主',
    advice: '请在本次办理中选定一名家庭成员为新户主，或先办理变更户主。',
  },
  headUnchanged: {
    kind: 'refused',
    title: '该成员已是户主',
    advice: '无需重复变更。',
  },
  notOfHousehold: {
    kind: 'refused',
    title: '所选成员当日不属于本户',
    advice: '请从本户现有成员中选择，起始日不得早于该成员加入本户之日。',
  },
  relationsIncomplete: {
    kind: 'invalid',
    title: '未填齐与新户主的关系',
    advice: '请为其余每名成员填写与新户主的关系，新户主本人填“户主”。',
  },
  nothingChanged: {
    kind: 'refused',
    title: '没有需要修改的内容',
    advice: '所填内容与登记相同，无需修改。',
  },
  accountMissing: {
    kind: 'refused',
    title: '该成员没有登记收款账号',
    advice: '请先更正成员信息，登记其本人的账号。',
  },
  placeUnchanged: {
    kind: 'refused',
    title: '该户已在此村',
    advice: '请选择迁入的村。',
  },
  sameHousehold: {
    kind: 'refused',
    title: '不能与自身合并',
    advice: '请选择另一农户。',
  },
  householdEmpty: {
    kind: 'refused',
    title: '该户已无成员',
    advice: '已无成员的农户只保留记录；请为此人登记新户，或并入其他农户。',
  },
  placeOutside: {
    kind: 'forbidden',
    title: '迁入村不在您的辖区内',
    advice: '跨辖区的迁移请由共同的上级办理。',
  },
  importAbsent: {
    kind: 'absent',
    title: '没有找到该次导入',
    advice: '请从导入列表中选择；不在您辖区内的导入不会显示。',
  },
  importFileAbsent: {
    kind: 'absent',
    title: '没有可导入的名单文件',
    advice: '请先由本人上传名单文件，再发起导入；文件只保留 30 天。',
  },
  importEmpty: {
    kind: 'invalid',
    title: '名单中没有数据行',
    advice: '请确认标题行下面有人员数据，再重新上传。',
  },
  importOpen: {
    kind: 'conflict',
    title: '同一文件正在导入',
    advice: '请到导入列表中确认或取消该次导入。',
  },
  importOver: {
    kind: 'refused',
    title: '该次导入已结束或正在办理',
    advice: '请重新载入导入列表；正在办理的任务可在任务列表中取消。',
  },
  importNotChecked: {
    kind: 'refused',
    title: '该次导入不在待确认状态',
    advice: '请等核对结束后，看过结果再确认。',
  },
  importCountsDiffer: {
    kind: 'mismatch',
    title: '确认的不是现有的核对结果',
    advice: '请重新载入核对结果，看过后再确认。',
  },
  listAlreadyImported: {
    kind: 'conflict',
    title: '此文件已导入过',
    advice: '内容相同，再导入不会有变化；确需再次核对的，请选择“仍再导入”。',
  },
  exportAbsent: {
    kind: 'absent',
    title: '没有找到该次导出',
    advice: '请从导出列表中选择。',
  },
});
