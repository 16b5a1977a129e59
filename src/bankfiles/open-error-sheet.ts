/** Fetching the sheet of errors of a bank file: whoever of the bank works on it, each time noted in the audit. */
import { defineAct } from '../platform/act';
import { fileFor } from '../platform/files/file.store';
import { FileProblem } from '../platform/files/problems';
import { answer, idField, shape } from '../platform/shape';
import { locateFile } from './confirm-bank-file';
import { P } from './problems';

export const openErrorSheet = defineAct({
  name: 'bankfiles.open-error-sheet',
  title: '下载银行文件错误清单',
  permission: 'bankfiles.errors',
  input: shape<{ bankFileId: string }>({ bankFileId: idField('银行文件编号') }),
  answer: shape({
    fileId: idField('文件编号'),
    name: answer.text('文件名'),
    type: answer.text('媒体类型'),
    bytes: answer.count('字节数'),
  }),
  locate: locateFile,
  run: async (work, _input, { file }) => {
    if (file.errorFileId === null) throw P.noErrors();
    const { fileId, name, type, bytes, state } = await fileFor(work.tx, file.errorFileId);
    if (state === 'swept') throw FileProblem.fileSwept();
    work.record({ subject: { kind: 'bank-file', id: file.id }, after: { errorSheet: fileId } });
    return { fileId, name, type, bytes };
  },
});
