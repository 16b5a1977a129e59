/**
 * 复核确认银行文件: what the dry run found is posted. Whoever confirms is another person of the bank than the uploader,
 * and confirms the counts that the screen showed. A file whose task broke off is confirmed again to go on.
 */
import { defineAct } from '../platform/act';
import { startTask } from '../platform/jobs/task';
import { findTask } from '../platform/jobs/task-row';
import { answer, idField, Joi, shape, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import { KIND_NAMES } from './bank-file';
import type { BankFile } from './bank-file.entity';
import { BankFileStore } from './bank-file.store';
import { bankFileTask } from './bank-file-task';
import { P } from './problems';

interface Input {
  bankFileId: string;
  version: number;
  countsDigest: string;
}

export const confirmBankFile = defineAct({
  name: 'bankfiles.confirm-bank-file',
  title: '复核确认银行文件',
  permission: 'bankfiles.confirm',
  input: shape<Input>({
    bankFileId: idField('银行文件编号'),
    version: versionField(),
    countsDigest: Joi.string().hex().length(64).description('所见核对结果的摘要'),
  }),
  answer: shape({
    bankFileId: idField('银行文件编号'),
    taskId: idField('任务编号'),
    version: answer.count(),
  }),
  locate: locateFile,
  duty: async (work, _input, { file }) => {
    if (work.actor.organisation?.kind !== 'bank') throw P.notABank();
    if (file.startedBy === work.actor.id) throw P.uploaderConfirms();
  },
  run: async (work, { version, countsDigest }, { file }) => {
    if (file.state !== 'CHECKED' && !(file.state === 'POSTING' && (await brokeOff(work, file)))) {
      throw P.notChecked();
    }
    if (countsDigest !== file.countsDigest) throw P.countsDiffer();
    const subject = { kind: 'bank-file', id: file.id };
    const title = `银行回盘文件（${KIND_NAMES[file.kind]}）：入账`;
    const task = { subject, region: file.regionCode, title };
    const taskId = await startTask(work, bankFileTask, task);
    const before = { state: file.state };
    const now = await new BankFileStore(work).update(Object.assign(file, { version }), {
      ...{ state: 'POSTING', taskId, confirmedBy: work.actor.id },
      ...{ confirmedByName: work.actor.name, confirmedOn: work.today },
    });
    work.record({ subject, before, after: { state: 'POSTING', counts: file.counts } });
    return { bankFileId: file.id, taskId, version: now.version };
  },
});

/** Where an act on a bank file stands. @throws Problem bankfiles.absent */
export async function locateFile(work: Work, { bankFileId }: { bankFileId: string }) {
  const file = await new BankFileStore(work).get(bankFileId);
  return { region: file.regionCode, org: file.bankId, file };
}

/** Whether the task of the file has ended without ending the file. */
export async function brokeOff(work: Work, { taskId }: BankFile): Promise<boolean> {
  const task = taskId === null ? null : await findTask(work.tx, taskId);
  return task?.state === 'failed' || task?.state === 'cancelled';
}
