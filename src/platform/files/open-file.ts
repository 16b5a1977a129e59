/**
 * Fetching a file. Lists hold personal data, so only the person who uploaded or made it fetches it, and each time is
 * in the audit.
 */
import { defineAct } from '../act';
import { answer, idField, shape } from '../shape';
import { fileFor } from './file.store';
import { FileProblem } from './problems';

export const openFile = defineAct({
  name: 'platform.open-file',
  title: '取用文件',
  permission: 'files.read',
  input: shape<{ fileId: string }>({ fileId: idField('文件编号') }),
  answer: shape({
    fileId: idField('文件编号'),
    name: answer.text('文件名'),
    type: answer.text('媒体类型'),
    bytes: answer.count('字节数'),
  }),
  locate: async (work, { fileId }) => fileFor(work.tx, fileId),
  duty: async (work, _input, file) => {
    if (file.madeBy !== work.actor.id) throw FileProblem.notOwnFile();
  },
  run: async (work, _input, { fileId, name, type, bytes, purpose, digest, state }) => {
    if (state === 'swept') throw FileProblem.fileSwept();
    work.record({ subject: { kind: 'file', id: fileId }, after: { purpose, bytes, digest } });
    return { fileId, name, type, bytes };
  },
});
