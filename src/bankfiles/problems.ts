/** Every way in which bank files say no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('bankfiles', {
  absent: {
    kind: 'absent',
    title: '没有找到这份银行文件',
    advice: '请核对编号；不在您辖区或本行的文件不会显示。',
  },
  uploadAbsent: {
    kind: 'absent',
    title: '没有找到已上传的银行文件',
    advice: '请先由本人以用途 bank-file 上传文件，再发起核对。',
  },
  notABank: {
    kind: 'forbidden',
    title: '只有承贷银行的人员可以办理',
    advice: '请由承贷银行的人员上传本行文件。',
  },
  empty: {
    kind: 'invalid',
    title: '文件中没有一笔款项',
    advice: '请确认选对了文件，并且标题行下有数据。',
  },
  over: {
    kind: 'refused',
    title: '这份银行文件已办结或已取消',
    advice: '请查看该文件的结果；需要时重新上传。',
  },
  notChecked: {
    kind: 'refused',
    title: '这份银行文件不在待复核状态',
    advice: '请等核对完成后再确认；已确认的不必再确认。',
  },
  uploaderConfirms: {
    kind: 'forbidden',
    title: '上传人不得确认本人上传的文件',
    advice: '请由本行其他人员复核确认。',
  },
  countsDiffer: {
    kind: 'refused',
    title: '所见核对结果与现在的不一致',
    advice: '请刷新后按最新的核对结果确认。',
  },
  noErrors: {
    kind: 'refused',
    title: '这份银行文件没有错误清单',
    advice: '没有出错或未匹配的行，或者核对尚未完成。',
  },
  rowAbsent: {
    kind: 'absent',
    title: '没有找到这笔待处理款项',
    advice: '请核对编号；不在您辖区或本行的款项不会显示。',
  },
  rowNotOpen: {
    kind: 'refused',
    title: '这笔款项不在待处理状态',
    advice: '请查看该款项的处理结果。',
  },
  uploaderResolves: {
    kind: 'forbidden',
    title: '上传人不得处理本人上传的款项',
    advice: '请由本行其他人员处理。',
  },
  payoutPostsNothing: {
    kind: 'refused',
    title: '放款文件的差异不能由此入账',
    advice: '放款在柜面凭贷款证办理；差异核清后注明原因注销。',
  },
  interestTakesPrincipal: {
    kind: 'refused',
    title: '利息实收超过应收利息',
    advice: '多出部分将冲减本金，须由他人确认后入账。',
  },
});
