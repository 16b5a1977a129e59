/** Objections as officers see them: those to one notice, those that wait, and boards that share a photo. */
import type { BusinessDate } from '../platform/dates';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, regionField, shape } from '../platform/shape';
import { LEVELS, type Level } from './notice';
import { checkIsLate, decisionIsLate, OBJECTION_STATES, type ObjectionProgress } from './objection';

/** The shape of an objection without its content. */
export const objectionRow = shape({
  id: idField(),
  itemId: idField(),
  level: codeField(LEVELS),
  state: codeField(OBJECTION_STATES),
  raisedOn: answer.date(),
  checkBy: answer.date('乡镇核查期限').allow(null),
  checkedOn: answer.date('乡镇核查日').allow(null),
  checkLate: answer.flag('已逾核查期限'),
  decideBy: answer.date('答复期限').allow(null),
  late: answer.flag('已逾答复期限'),
  decidedOn: answer.date().allow(null),
  answerText: answer.text().allow(null),
});

interface ObjectionRow extends Omit<ObjectionProgress, 'checkFirst'> {
  id: string;
  itemId: string;
  level: Level;
  checkFirst: 0 | 1;
  raisedOn: BusinessDate;
  decidedOn: BusinessDate | null;
  answerText: string | null;
}

const OBJECTION_COLUMNS = `o.id AS id, o.item_id AS itemId, o.level AS level, o.state AS state,
  o.raised_on AS raisedOn, o.check_first AS checkFirst, o.check_by AS checkBy,
  o.checked_on AS checkedOn, o.decide_by AS decideBy, o.decided_on AS decidedOn,
  o.answer_text AS answerText`;

function objectionShown<T extends ObjectionRow>({ checkFirst, ...row }: T, today: BusinessDate) {
  const progress: ObjectionProgress = { ...row, checkFirst: checkFirst === 1 };
  return {
    ...row,
    checkLate: checkIsLate(progress, today),
    late: decisionIsLate(progress, today),
  };
}

/** The objections to a notice that the caller found within its scope. */
export async function objectionsOf(read: Reader, noticeId: string) {
  const rows = await read
    .unscoped('objections to a notice found within scope')
    .rows<ObjectionRow>(
      `SELECT ${OBJECTION_COLUMNS} FROM objection o WHERE o.notice_id = :noticeId ORDER BY o.id`,
      { noticeId },
    );
  return rows.map((row) => objectionShown(row, read.today));
}

/** Open objections by the day they are due, the late ones first; `late` leaves only those. */
export const listObjections = defineQuery({
  name: 'notices.objections',
  title: '待办异议',
  permission: 'notices.read',
  input: shape<{ late?: boolean; after?: string; size?: number }>({
    late: Joi.boolean().description('只列逾期未核查或未处理的').optional(),
    ...pageFields,
  }),
  answer: pageOf(objectionRow.keys({ noticeId: idField('公示编号').required() })),
  run: async (read, input) => {
    const page = await readPage<ObjectionRow & { noticeId: string; dueOn: string }>(
      read,
      // An objection whose calendar was not loaded comes last: nobody knows when it is due.
      `SELECT q.* FROM (SELECT ${OBJECTION_COLUMNS}, o.notice_id AS noticeId,
              COALESCE(o.decide_by, '9999-12-31') AS dueOn
         FROM objection o JOIN notice n ON n.id = o.notice_id
        WHERE {scope:n.region_code} AND o.state = 'open'
          AND (:late = 0 OR o.decide_by < :today
            OR (o.check_first = 1 AND o.checked_on IS NULL AND o.check_by < :today))) q
        WHERE {after}`,
      { late: input.late ? 1 : 0, today: read.today },
      {
        keys: [
          { sql: 'q.dueOn', field: 'dueOn' },
          { sql: 'q.id', field: 'id' },
        ],
        direction: 'asc',
      },
      input,
    );
    const items = page.items.map(({ dueOn: _due, ...row }) => objectionShown(row, read.today));
    return { items, next: page.next };
  },
});

/** Boards that share a photo with another one, of whatever notice: how a notice is faked (R15). */
export const listSamePhotos = defineQuery({
  name: 'notices.same-photos',
  title: '照片雷同的公示栏',
  permission: 'notices.read',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(
    shape({
      photoDigest: answer.text('照片摘要'),
      noticeId: idField(),
      level: codeField(LEVELS),
      region: regionField(),
      place: answer.text('张贴地点'),
      postedOn: answer.date(),
      postedBy: answer.text('张贴人编号'),
    }),
  ),
  run: (read, input) =>
    readPage(
      read,
      `SELECT b.photo_digest AS photoDigest, b.notice_id AS noticeId, b.level AS level,
              n.region_code AS region, b.place_text AS place, b.posted_on AS postedOn,
              b.posted_by AS postedBy
         FROM notice_level b JOIN notice n ON n.id = b.notice_id
        WHERE {scope:n.region_code} AND b.photo_digest IS NOT NULL
          AND EXISTS (SELECT 1 FROM notice_level o WHERE o.photo_digest = b.photo_digest
                AND (o.notice_id <> b.notice_id OR o.level <> b.level))
          AND {after}`,
      {},
      {
        keys: [
          { sql: 'b.photo_digest', field: 'photoDigest' },
          { sql: 'b.notice_id', field: 'noticeId' },
          { sql: 'b.level', field: 'level' },
        ],
        direction: 'asc',
      },
      input,
    ),
});
