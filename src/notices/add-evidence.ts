/**
 * Adding a photo to an objection: by whoever holds its receipt code, while it is open. Like every photo it is freed of
 * its metadata, which could tell who took it.
 */
import { defineAct } from '../platform/act';
import { PUBLIC } from '../platform/authority';
import { SpooledFile } from '../platform/files/spool';
import { answer, Joi, personal, shape, textField } from '../platform/shape';
import { keepPhoto } from './attach-photo';
import { OBJECTION_LIFE, requireStep } from './life';
import { NoticeStore } from './notice.store';
import { EVIDENCE_MAX, RECEIPT_CODE, receiptDigest } from './objection';
import { placeOfObjection, storyOf } from './objection-duty';
import { P } from './problems';

interface Input {
  receiptCode: string;
  name?: string;
  type?: string;
  file: SpooledFile;
}

/** Keeps one photo as evidence. */
export const addEvidence = defineAct({
  name: 'notices.add-evidence',
  title: '补充异议佐证',
  permission: PUBLIC,
  input: shape<Input>({
    receiptCode: personal(Joi.string().pattern(RECEIPT_CODE, '回执码').description('异议的回执码')),
    name: personal(textField(200, '文件名')).optional(),
    type: textField(100, '媒体类型').optional(),
    file: Joi.object().instance(SpooledFile),
  }),
  answer: shape({ photos: answer.count('已收到的佐证照片数') }),
  locate: async (work, { receiptCode }) => {
    const objection = await new NoticeStore(work).objectionOf(receiptDigest(receiptCode));
    return placeOfObjection(work, objection);
  },
  run: async (work, { file }, at) => {
    const { objection } = at;
    const store = new NoticeStore(work);
    requireStep(OBJECTION_LIFE.addEvidence, objection.state);
    const before = (await store.evidence(objection.id)).length;
    if (before >= EVIDENCE_MAX) throw P.tooMuchEvidence({ detail: `上限 ${EVIDENCE_MAX} 张` });
    const { fileId, digest } = await keepPhoto(work, file, {
      name: objection.id,
      purpose: 'objection-evidence',
      region: at.notice.regionCode,
    });
    await store.addEvidence(objection, {
      id: work.newId(),
      objectionId: objection.id,
      fileId,
      digest,
      addedAt: work.now,
    });
    work.record({
      subject: { kind: 'objection', id: objection.id },
      related: storyOf(at),
      after: { photos: before + 1, digest },
    });
    return { photos: before + 1 };
  },
});
