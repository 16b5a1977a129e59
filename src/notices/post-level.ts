/**
 * Posting the notice at the county's, the township's and the village's board: three acts, because three
 * bodies have three permissions; what they do is one.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, Joi, listOf, shape, textField } from '../platform/shape';
import { LEVELS, NOTICE_STATES } from './notice';
import { SHEET_MAX } from './open-notice';
import { type BoardInput, locateNotice, postingDuty, postLevel } from './posting';

const input = shape<BoardInput & { noticeId: string }>({
  noticeId: idField('公示编号'),
  placeText: textField(200, '张贴地点'),
  photoDigest: Joi.string()
    .pattern(/^[0-9a-f]{64}$/, '64 位十六进制摘要')
    .description('公示栏照片的摘要')
    .optional(),
  lastItem: Joi.number()
    .integer()
    .min(1)
    .max(SHEET_MAX)
    .required()
    .description('张贴稿上最后一项的序号；打印后又有事项列入的，须重新打印'),
});

const posted = shape({
  noticeId: idField(),
  level: codeField(LEVELS),
  postedOn: answer.date('张贴日'),
  state: codeField(NOTICE_STATES),
  missing: listOf(codeField(LEVELS)).description('尚未张贴的级别'),
  endsOn: answer.date('公示末日').allow(null),
});

/** The county posts its board. */
export const postCounty = defineAct({
  name: 'notices.post-county',
  title: '张贴县级公示',
  permission: 'notices.post-county',
  input,
  answer: posted,
  locate: locateNotice,
  duty: (work, _input, at) => postingDuty(work, 'county', at),
  run: (work, board, at) => postLevel(work, at.notice, 'county', board),
});

/** The township posts its board. */
export const postTownship = defineAct({
  name: 'notices.post-township',
  title: '张贴乡镇级公示',
  permission: 'notices.post-township',
  input,
  answer: posted,
  locate: locateNotice,
  duty: (work, _input, at) => postingDuty(work, 'township', at),
  run: (work, board, at) => postLevel(work, at.notice, 'township', board),
});

/** The village posts its board. */
export const postVillage = defineAct({
  name: 'notices.post-village',
  title: '张贴村级公示',
  permission: 'notices.post-village',
  input,
  answer: posted,
  locate: locateNotice,
  duty: (work, _input, at) => postingDuty(work, 'village', at),
  run: (work, board, at) => postLevel(work, at.notice, 'village', board),
});
