/**
 * 取消导入: an import that is being checked or waits for confirmation is given up; nothing of the register has been
 * changed. One whose task broke off halfway is closed; what was imported stays.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField, versionField } from '../platform/shape';
import { brokeOff, locateImport } from './confirm-import';
import { ImportStore } from './import.store';
import { HouseholdProblem } from './problems';

interface Input {
  importId: string;
  version: number;
  reason: string;
}

export const cancelImport = defineAct({
  name: 'households.cancel-import',
  title: '取消导入人员名单',
  permission: 'households.import',
  input: shape<Input>({
    importId: idField('导入编号'),
    version: versionField(),
    reason: textField(200, '取消的原因'),
  }),
  answer: shape({ importId: idField(), state: answer.text(), version: answer.count() }),
  locate: locateImport,
  run: async (work, { version, reason }, { row }) => {
    const open = row.state === 'CHECKING' || row.state === 'CHECKED';
    if (!open && !(row.state === 'APPLYING' && (await brokeOff(work, row)))) {
      throw HouseholdProblem.importOver();
    }
    const now = await new ImportStore(work).update(Object.assign(row, { version }), {
      state: 'CANCELLED',
      openKey: null,
      endedOn: work.today,
      note: `由${work.actor.name}取消：${reason}`,
    });
    work.record({
      subject: { kind: 'household-import', id: row.id },
      after: { state: 'CANCELLED', reason },
    });
    return { importId: row.id, state: now.state, version: now.version };
  },
});
