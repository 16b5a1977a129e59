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
});
