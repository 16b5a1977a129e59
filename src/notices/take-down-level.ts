/** Taking down the board of a level after the notice has run out: the body that posted it also clears it. */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape } from '../platform/shape';
import { LEVELS } from './notice';
import { levelDuty, locateNotice, takeDownLevel } from './posting';

const input = shape<{ noticeId: string }>({ noticeId: idField('公示编号') });

const takenDown = shape({
  noticeId: idField(),
  level: codeField(LEVELS),
  takenDownOn: answer.date('撤下日'),
});

/** The county takes down its board. */
export const takeDownCounty = defineAct({
  name: 'notices.take-down-county',
  title: '撤下县级公示',
  permission: 'notices.post-county',
  input,
  answer: takenDown,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'county'),
  run: (work, _input, at) => takeDownLevel(work, at.notice, 'county'),
});

/** The township takes down its board. */
export const takeDownTownship = defineAct({
  name: 'notices.take-down-township',
  title: '撤下乡镇级公示',
  permission: 'notices.post-township',
  input,
  answer: takenDown,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'township'),
  run: (work, _input, at) => takeDownLevel(work, at.notice, 'township'),
});

/** The village takes down its board. */
export const takeDownVillage = defineAct({
  name: 'notices.take-down-village',
  title: '撤下村级公示',
  permission: 'notices.post-village',
  input,
  answer: takenDown,
  locate: locateNotice,
  duty: (work) => levelDuty(work, 'village'),
  run: (work, _input, at) => takeDownLevel(work, at.notice, 'village'),
});
