/** How the dated rules say no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('policy', {
  noRowInForce: {
    kind: 'refused',
    title: '该日没有生效的政策规定',
    advice: '请由县级经办人依据文件提出一条规定，经另一人确认后再办理；系统不作推定。',
  },
  calendarUnknown: {
    kind: 'refused',
    title: '该年的节假日安排尚未载入',
    advice: '请依据国务院办公厅公布的该年节假日安排提出“节假日与调休”，经另一人确认后再办理。',
  },
  parameterUnknown: {
    kind: 'absent',
    title: '没有这个政策参数',
    advice: '请从政策参数一览中选择。',
  },
  rowAbsent: {
    kind: 'absent',
    title: '没有找到该条政策规定',
    advice: '请核对编号；不在您辖区内的记录不会显示。',
  },
  datesOverlap: {
    kind: 'conflict',
    title: '与已生效的规定在日期上重叠',
    advice:
      '新规定要么晚于该地区现有各条规定开始(前一条自动到期),要么只填补没有规定的空档，不得改写已经生效的日子。',
  },
  endsBeforeStart: {
    kind: 'invalid',
    title: '终止日期早于开始日期',
    advice: '请核对文件所定的起止日期。',
  },
  retroactive: {
    kind: 'refused',
    title: '开始日期早于今天，须写明系追溯生效',
    advice:
      '请核对日期；文件确实规定追溯生效的，请勾选“追溯生效”后再提交。已办业务仍按当时的规定。',
  },
  doesNotFit: {
    kind: 'invalid',
    title: '规定内容与起止日期或地区不符',
    advice: '请按所列原因改正后重新提交。',
  },
  samePerson: {
    kind: 'forbidden',
    title: '提出人不得确认自己提出的规定',
    advice: '请由另一位有权限的人员确认。',
  },
  notProposed: {
    kind: 'refused',
    title: '该条规定不在待确认状态',
    advice: '已生效或已退回的规定不再变更；如需修改，请重新提出一条。',
  },
  contentChanged: {
    kind: 'stale',
    title: '您所核对的内容与待确认的内容不一致',
    advice: '请重新载入，逐项核对后再确认。',
  },
  fileInvalid: {
    kind: 'invalid',
    title: '政策文件有误，系统不能启动',
    advice: '请运行 node reference/check.mjs 查找错误，改正文件后重新启动。',
  },
  fileChanged: {
    kind: 'conflict',
    title: '政策文件改动了已载入的规定，系统不能启动',
    advice: '已载入的规定不得改写：请恢复文件中该行原文，另以新的编号增加一行。',
  },
});
