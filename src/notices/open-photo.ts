/** Looking at kept photos: of a board, by whoever sees the notice; of an objection, with a reason like its content. */
import { defineAct } from '../platform/act';
import { fileFor } from '../platform/files/file.store';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { LEVELS, type Level } from './notice';
import { NoticeStore } from './notice.store';
import { locateObjection, storyOf, strangerDuty } from './objection-duty';
import { locateNotice } from './posting';
import { P } from './problems';

const photo = shape({
  fileId: idField('文件编号'),
  name: answer.text('文件名'),
  type: answer.text('媒体类型'),
  bytes: answer.count('字节数'),
});

/** Opens the photo of a board. */
export const openBoardPhoto = defineAct({
  name: 'notices.open-board-photo',
  title: '查看公示栏照片',
  permission: 'notices.read',
  input: shape<{ noticeId: string; level: Level }>({
    noticeId: idField('公示编号'),
    level: codeField(LEVELS, '级别'),
  }),
  answer: photo,
  locate: locateNotice,
  run: async (work, { level }, { notice }) => {
    const board = await new NoticeStore(work).level(notice.id, level);
    if (!board?.photoFileId) throw P.photoAbsent();
    work.record({ subject: { kind: 'notice', id: notice.id }, after: { photoSeen: level } });
    return faceOf(work, board.photoFileId);
  },
});

/** Opens a photo that came with an objection. */
export const openEvidence = defineAct({
  name: 'notices.open-evidence',
  title: '查看异议佐证',
  permission: 'notices.read-objection',
  input: shape<{ objectionId: string; fileId: string; reason: string }>({
    objectionId: idField('异议编号'),
    fileId: idField('文件编号'),
    reason: textField(200, '查看事由'),
  }),
  answer: photo,
  locate: locateObjection,
  duty: (work, _input, at) => strangerDuty(work, at),
  run: async (work, { fileId, reason }, at) => {
    const photos = await new NoticeStore(work).evidence(at.objection.id);
    if (!photos.some((one) => one.fileId === fileId)) throw P.photoAbsent();
    work.record({
      subject: { kind: 'objection', id: at.objection.id },
      related: storyOf(at),
      after: { evidenceSeenFor: reason },
    });
    return faceOf(work, fileId);
  },
});

async function faceOf(work: Work, id: string) {
  const { fileId, name, type, bytes } = await fileFor(work.tx, id);
  return { fileId, name, type, bytes };
}
