/** Uploading a file, to be used by a later act: a list to import, a paper to attach. */
import { defineAct } from '../act';
import { answer, idField, Joi, shape, textField } from '../shape';
import { PURPOSE } from './file';
import { keepFile } from './file.store';
import { FileProblem } from './problems';
import { SpooledFile } from './spool';

/** `file` and `type` are put in by the upload route, from the body and its content type. */
export interface UploadInput {
  name: string;
  purpose: string;
  type: string;
  file: SpooledFile;
}

export const uploadFile = defineAct({
  name: 'platform.upload-file',
  title: '上传文件',
  permission: 'files.upload',
  input: shape<UploadInput>({
    name: textField(200, '文件名'),
    purpose: Joi.string().max(40).pattern(PURPOSE).description('用途，如 households-import'),
    type: textField(100, '媒体类型'),
    file: Joi.object().instance(SpooledFile),
  }),
  answer: shape({
    fileId: idField('文件编号'),
    name: answer.text('文件名'),
    bytes: answer.count('字节数'),
    digest: answer.text('SM3 摘要'),
  }),
  locate: async (work) => ({ region: work.actor.region }),
  run: async (work, { name, purpose, type, file }, { region }) => {
    if (file.bytes === 0) throw FileProblem.fileEmpty();
    const kept = await keepFile(work, { name, type, purpose, region, content: file.read() });
    const { fileId, bytes, digest } = kept;
    work.record({
      subject: { kind: 'file', id: fileId },
      after: { purpose, bytes, digest },
    });
    return { fileId, name, bytes, digest };
  },
});
