/** Refusals of files. */
import { catalogue } from '../problems';

export const FileProblem = catalogue('platform', {
  fileAbsent: {
    kind: 'absent',
    title: '没有找到所指的文件',
    advice: '请核对文件编号。',
  },
  notOwnFile: {
    kind: 'forbidden',
    title: '只有上传或生成文件的本人可以取用',
    advice: '请由本人取用，或自行办理导出。',
  },
  fileSwept: {
    kind: 'refused',
    title: '文件已过保存期，内容已清除',
    advice: '请重新上传，或重新办理导出。',
  },
  fileEmpty: {
    kind: 'invalid',
    title: '上传的文件没有内容',
    advice: '请确认选对了文件后重新上传。',
  },
  fileTooLarge: {
    kind: 'invalid',
    title: '上传的文件过大',
    advice: '请减小文件，或拆成几个文件分批上传。',
  },
  uploadBroken: {
    kind: 'invalid',
    title: '上传中断，文件不完整',
    advice: '请检查网络后重新上传。',
  },
});
