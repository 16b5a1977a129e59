/**
 * 发起导入: an uploaded list is read and compared with the register; nothing is changed before the officer has seen
 * what would come of it and confirms. The list may hold households of the officer's own region only. A file that was
 * imported here before is told at once; read again, it would change nothing.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { fileFor } from '../platform/files/file.store';
import { startTask } from '../platform/jobs/task';
import { answer, codeField, dateField, idField, Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { type HouseholdKind, LISTED_KINDS } from './household-kind';
import { ImportStore } from './import.store';
import { countsText, IMPORT_PURPOSE } from './import-outcome';
import { importTask } from './import-task';
import { HouseholdProblem } from './problems';

interface Input {
  fileId: string;
  source: string;
  status?: { status: HouseholdKind; fromOn: BusinessDate };
  again?: boolean;
}

export const startImport = defineAct({
  name: 'households.start-import',
  title: '发起导入人员名单',
  permission: 'households.import',
  input: shape<Input>({
    fileId: idField(`已上传的名单文件（用途 ${IMPORT_PURPOSE}）`),
    source: textField(200, '名单所依据的文件'),
    status: shape({
      status: codeField(LISTED_KINDS, '身份类别'),
      fromOn: dateField('类别起始日'),
    })
      .description('名单未写户类型的新农户按此登记')
      .optional(),
    again: Joi.boolean().strict().description('同一文件曾导入过，仍再导入').optional(),
  }),
  answer: shape({
    importId: idField(),
    taskId: idField('任务编号，可查进度'),
    version: answer.count(),
  }),
  locate: async (work, { fileId }) => {
    const file = await fileFor(work.tx, fileId);
    return { region: file.region, file };
  },
  // Another's upload is answered as if it did not exist.
  duty: async (work, _input, { file }) => {
    if (file.madeBy !== work.actor.id) throw HouseholdProblem.importFileAbsent();
  },
  run: async (work, input, { file }) => {
    if (file.purpose !== IMPORT_PURPOSE || file.state !== 'kept') {
      throw HouseholdProblem.importFileAbsent();
    }
    if (input.status && input.status.fromOn > work.today) throw HouseholdProblem.statusInFuture();
    const { region } = work.actor;
    const store = new ImportStore(work);
    if (!input.again) await requireNew(store, file.digest, region);
    const importId = work.newId();
    const subject = { kind: 'household-import', id: importId };
    await store.add({
      ...newImport(work),
      id: importId,
      regionCode: region,
      fileId: file.fileId,
      fileName: file.name,
      fileDigest: file.digest,
      openKey: `${region}/${file.digest}`,
      source: input.source,
      defaultStatus: input.status?.status ?? null,
      defaultFromOn: input.status?.fromOn ?? null,
    });
    const taskId = await startTask(work, importTask, {
      subject,
      region,
      title: '导入人员名单：核对',
    });
    await store.update(await store.get(importId), { taskId });
    work.record({ subject, after: { fileId: file.fileId, digest: file.digest } });
    return { importId, taskId, version: 2 };
  },
});

/** @throws Problem households.list-already-imported with what came of it then. */
async function requireNew(store: ImportStore, digest: string, region: string): Promise<void> {
  const before = await store.appliedBefore(digest, region);
  if (!before) return;
  const came = before.appliedCounts ? `：${countsText(before.appliedCounts)}` : '';
  throw HouseholdProblem.listAlreadyImported({
    detail: `${before.endedOn} 由${before.startedByName}导入${came}`,
    extra: { importId: before.id },
  });
}

/** A new import before anything is known of it. */
function newImport(work: Work) {
  return {
    state: 'CHECKING' as const,
    taskId: null,
    startedBy: work.actor.id,
    startedByName: work.actor.name,
    startedOn: work.today,
    startedAt: work.now,
    about: null,
    counts: null,
    countsDigest: null,
    confirmedBy: null,
    appliedOn: null,
    appliedCounts: null,
    errorFileId: null,
    note: null,
    endedOn: null,
    rowsKept: true,
    version: 1,
  };
}
