/** Looking at a photo of a check: it shows people and their homes, so the reason is asked for and on record. */
import { defineAct } from '../platform/act';
import { fileFor } from '../platform/files/file.store';
import { answer, idField, shape, textField } from '../platform/shape';
import { P } from './problems';
import { UseCheckStore } from './use-check.store';

export const openUsePhoto = defineAct({
  name: 'monitoring.open-use-photo',
  title: '查看用途检查照片',
  permission: 'monitoring.read',
  input: shape<{ checkId: string; photoId: string; reason: string }>({
    checkId: idField('检查编号'),
    photoId: idField('照片编号'),
    reason: textField(200, '查看事由'),
  }),
  answer: shape({
    fileId: idField('文件编号'),
    name: answer.text('文件名'),
    type: answer.text('媒体类型'),
    bytes: answer.count('字节数'),
  }),
  locate: async (work, { checkId }) => {
    const check = await new UseCheckStore(work).check(checkId);
    return { region: check.regionCode, org: check.bankId, check };
  },
  run: async (work, { photoId, reason }, { check }) => {
    const photo = await new UseCheckStore(work).photo(check.id, photoId);
    if (!photo) throw P.photoAbsent();
    work.record({
      subject: { kind: 'check', id: check.id },
      related: [
        { kind: 'loan', id: check.loanId },
        { kind: 'household', id: check.householdId },
      ],
      after: { photoSeenFor: reason, digest: photo.digest },
    });
    const { fileId, name, type, bytes } = await fileFor(work.tx, photo.photoId);
    return { fileId, name, type, bytes };
  },
});
