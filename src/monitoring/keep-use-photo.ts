/**
 * Keeping a photo of a check of use before the check is entered: from a telephone in a village each photo goes up by
 * itself, so that a broken connection costs one photo and not the form. It is freed of its metadata and belongs to
 * nobody's check until its maker names it in one.
 */
import { keepPhoto } from '../notices';
import { defineAct } from '../platform/act';
import { SpooledFile } from '../platform/files/spool';
import { answer, idField, Joi, shape, textField } from '../platform/shape';
import { checkerDuty } from './checker-duty';
import { UseCheckStore } from './use-check.store';
import { PHOTO_PURPOSE, photoName } from './use-photo';
import { locateLoan, relatedOf, watched } from './watched-loan';

interface Input {
  loanId: string;
  name?: string;
  /** The media type that the sender claims; what it is is told by the content. */
  type?: string;
  file: SpooledFile;
}

export const keepUsePhoto = defineAct({
  name: 'monitoring.keep-use-photo',
  title: '上传用途检查照片',
  permission: 'monitoring.record-check',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    name: textField(200, '文件名').optional(),
    type: textField(100, '媒体类型').optional(),
    file: Joi.object().instance(SpooledFile),
  }),
  answer: shape({
    photoId: idField('照片编号'),
    loanId: idField('贷款编号'),
    digest: answer.text('照片去除附加信息后的 SM3 摘要'),
    bytes: answer.count('字节数'),
    photoReused: answer.flag('同一张照片已在另一次检查中用过'),
  }),
  locate: locateLoan,
  duty: (work, _input, { loan }) => checkerDuty(work, loan, work.today),
  run: async (work, { file }, at) => {
    const loan = watched(at.loan);
    const { fileId, digest, bytes } = await keepPhoto(work, file, {
      name: photoName(loan.id),
      purpose: PHOTO_PURPOSE,
      region: loan.regionCode,
    });
    const photoReused = (await new UseCheckStore(work).shownBefore([digest])).has(digest);
    work.record({
      subject: { kind: 'file', id: fileId },
      related: relatedOf(loan),
      after: { digest, bytes, photoReused },
    });
    return { photoId: fileId, loanId: loan.id, digest, bytes, photoReused };
  },
});
