/**
 * Keeping the photo of a board: uploaded by the body that posted it, freed of its metadata, with a digest by which
 * one picture at two boards is found. A wrong photo may be replaced while the notice hangs; the audit knows both.
 */
import { defineAct } from '../platform/act';
import { keepFile } from '../platform/files/file.store';
import { SpooledFile } from '../platform/files/spool';
import { answer, codeField, idField, Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { NOTICE_LIFE, requireStep } from './life';
import { LEVEL_NAMES, LEVELS, type Level } from './notice';
import { NoticeStore } from './notice.store';
import { PHOTO_KEPT_DAYS, PHOTO_MAX_BYTES, photoIn } from './photo';
import { levelDuty, locateNotice, type NoticeAt } from './posting';
import { P } from './problems';

interface Input {
  noticeId: string;
  name?: string;
  /** The media type that the sender claims; what it is is told by the content. */
  type?: string;
  file: SpooledFile;
}

const input = shape<Input>({
  noticeId: idField('公示编号'),
  name: textField(200, '文件名').optional(),
  type: textField(100, '媒体类型').optional(),
  file: Joi.object().instance(SpooledFile),
});

const kept = shape({
  noticeId: idField(),
  level: codeField(LEVELS),
  fileId: idField('照片的文件编号'),
  digest: answer.text('照片去除附加信息后的 SM3 摘要'),
  bytes: answer.count('字节数'),
  samePhoto: answer.flag('另一块公示栏已用过同一张照片'),
});

/** The county keeps the photo of its board. */
export const photographCounty = defineAct({
  name: 'notices.photograph-county',
  title: '上传县级公示栏照片',
  permission: 'notices.post-county',
  input,
  answer: kept,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'county'),
  run: (work, { file }, at) => attachPhoto(work, at, 'county', file),
});

/** The township keeps the photo of its board. */
export const photographTownship = defineAct({
  name: 'notices.photograph-township',
  title: '上传乡镇级公示栏照片',
  permission: 'notices.post-township',
  input,
  answer: kept,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'township'),
  run: (work, { file }, at) => attachPhoto(work, at, 'township', file),
});

/** The village keeps the photo of its board. */
export const photographVillage = defineAct({
  name: 'notices.photograph-village',
  title: '上传村级公示栏照片',
  permission: 'notices.post-village',
  input,
  answer: kept,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'village'),
  run: (work, { file }, at) => attachPhoto(work, at, 'village', file),
});

/** @throws Problem notices.not-posted, photo-too-late, not-a-photo, photo-too-large */
async function attachPhoto(
  work: Work,
  { notice, region }: NoticeAt,
  level: Level,
  file: SpooledFile,
) {
  const store = new NoticeStore(work);
  const board = await store.level(notice.id, level);
  if (!board) throw P.notPosted({ detail: LEVEL_NAMES[level] });
  requireStep(NOTICE_LIFE.attachPhoto, notice.state);
  const { fileId, digest, bytes } = await keepPhoto(work, file, {
    name: `${notice.id}-${level}`,
    purpose: 'notice-board',
    region: region ?? notice.regionCode,
  });
  await store.attachPhoto(notice, board, { photoDigest: digest, photoFileId: fileId });
  const samePhoto = (await store.boardsWith(digest, board)) > 0;
  const items = await store.items(notice.id);
  work.record({
    subject: { kind: 'notice', id: notice.id },
    related: items.map((item) => ({ kind: item.subjectKind, id: item.subjectId })),
    before: { level, photoDigest: board.photoDigest },
    after: { level, photoDigest: digest, samePhoto },
  });
  return { noticeId: notice.id, level, fileId, digest, bytes, samePhoto };
}

/** Keeps a photo without its metadata. @throws Problem notices.not-a-photo, photo-too-large */
export async function keepPhoto(
  work: Work,
  file: SpooledFile,
  as: { name: string; purpose: string; region: string },
) {
  if (file.bytes > PHOTO_MAX_BYTES) throw P.photoTooLarge();
  const { type, content } = photoIn(await file.head(file.bytes));
  const name = `${as.name}.${type === 'image/png' ? 'png' : 'jpg'}`;
  return keepFile(work, { ...as, name, type, content: [content], keptDays: PHOTO_KEPT_DAYS });
}
