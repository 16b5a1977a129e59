/**
 * 上传银行回盘文件: a file that the officer's own bank made is read and matched with the loan book; nothing is posted
 * before somebody else of the bank has seen what would come of it and confirms. The same bytes again answer the file
 * that stands and change nothing.
 */
import { defineAct } from '../platform/act';
import { fileFor } from '../platform/files/file.store';
import { startTask } from '../platform/jobs/task';
import { answer, codeField, idField, shape } from '../platform/shape';
import { BANK_FILE_PURPOSE, type BankFileKind, KIND_NAMES, KINDS, STATE_NAMES } from './bank-file';
import { BankFileStore } from './bank-file.store';
import { bankFileTask } from './bank-file-task';
import { P } from './problems';

interface Input {
  fileId: string;
  kind: BankFileKind;
}

export const startBankFile = defineAct({
  name: 'bankfiles.start-bank-file',
  title: '上传银行回盘文件',
  permission: 'bankfiles.upload',
  input: shape<Input>({
    fileId: idField(`已上传的文件（用途 ${BANK_FILE_PURPOSE}）`),
    kind: codeField(KINDS, 'repayments 还款，disbursals 放款，interest 利息实收'),
  }),
  answer: shape({
    bankFileId: idField('银行文件编号'),
    taskId: idField('任务编号，可查进度').allow(null),
    state: answer.text('状态'),
    repeated: answer.flag('该文件此前已上传，本次没有改动'),
    note: answer.text('说明'),
    version: answer.count(),
  }),
  locate: async (work, { fileId }) => {
    const file = await fileFor(work.tx, fileId);
    return { region: file.region, file };
  },
  // Another's upload is answered as if it did not exist.
  duty: async (work, _input, { file }) => {
    if (file.madeBy !== work.actor.id) throw P.uploadAbsent();
    if (work.actor.organisation?.kind !== 'bank') throw P.notABank();
  },
  run: async (work, { kind }, { file }) => {
    if (file.purpose !== BANK_FILE_PURPOSE || file.state !== 'kept') throw P.uploadAbsent();
    const { region, organisation } = work.actor;
    const bankId = organisation?.rootId as string;
    const store = new BankFileStore(work);
    const digestKey = `${bankId}/${kind}/${file.digest}`;
    const standing = await store.withDigest(digestKey);
    if (standing) {
      const { id, taskId, state, startedByName, startedOn, version } = standing;
      work.record({ subject: { kind: 'bank-file', id }, after: { repeated: true } });
      const note = `该文件已于 ${startedOn} 由${startedByName}上传，现为${STATE_NAMES[state]}；本次没有改动。`;
      return { bankFileId: id, taskId, state, repeated: true, note, version };
    }
    const id = work.newId();
    const subject = { kind: 'bank-file', id };
    await store.add({
      ...{ id, bankId, regionCode: region, kind, fileId: file.fileId, fileName: file.name },
      ...{ fileDigest: file.digest, digestKey, state: 'CHECKING', taskId: null },
      ...{ startedBy: work.actor.id, startedByName: work.actor.name },
      ...{ startedOn: work.today, startedAt: work.now, about: null, counts: null },
      ...{ countsDigest: null, confirmedBy: null, confirmedByName: null, confirmedOn: null },
      ...{ errorFileId: null, note: null, endedOn: null, version: 1 },
    });
    const title = `银行回盘文件（${KIND_NAMES[kind]}）：核对`;
    const taskId = await startTask(work, bankFileTask, { subject, region, title });
    await store.update(await store.get(id), { taskId });
    work.record({ subject, after: { kind, fileId: file.fileId, digest: file.digest } });
    const note = '已开始核对，尚未入账。';
    return { bankFileId: id, taskId, state: 'CHECKING', repeated: false, note, version: 2 };
  },
});
