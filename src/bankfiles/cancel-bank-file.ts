/**
 * 取消银行文件: a file that is being checked or waits for confirmation is given up; nothing of it was posted, and the
 * same bytes may be uploaded again. One that has begun to post is carried to its end instead.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField, versionField } from '../platform/shape';
import { BankFileStore } from './bank-file.store';
import { locateFile } from './confirm-bank-file';
import { P } from './problems';

interface Input {
  bankFileId: string;
  version: number;
  reason: string;
}

export const cancelBankFile = defineAct({
  name: 'bankfiles.cancel-bank-file',
  title: '取消银行文件',
  permission: 'bankfiles.upload',
  input: shape<Input>({
    bankFileId: idField('银行文件编号'),
    version: versionField(),
    reason: textField(200, '取消的原因'),
  }),
  answer: shape({
    bankFileId: idField('银行文件编号'),
    state: answer.text('状态'),
    version: answer.count(),
  }),
  locate: locateFile,
  run: async (work, { version, reason }, { file }) => {
    if (file.state !== 'CHECKING' && file.state !== 'CHECKED') throw P.over();
    const store = new BankFileStore(work);
    const now = await store.update(Object.assign(file, { version }), {
      ...{ state: 'CANCELLED', digestKey: null, endedOn: work.today },
      note: `由${work.actor.name}取消：${reason}`,
    });
    await store.forgetWritten(file.id);
    const subject = { kind: 'bank-file', id: file.id };
    work.record({ subject, after: { state: 'CANCELLED', reason } });
    return { bankFileId: file.id, state: now.state, version: now.version };
  },
});
