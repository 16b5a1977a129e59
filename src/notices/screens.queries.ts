/** What officers and the public see of notices. */
import { PUBLIC } from '../platform/authority';
import { type BusinessDate, daysBetween } from '../platform/dates';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import type { PublicField } from './masking';
import { isOnShow, LEVELS, type Level, NOTICE_STATES, type NoticeState } from './notice';
import { OBJECTION_STATES, type ObjectionState, RECEIPT_CODE, receiptDigest } from './objection';
import { P } from './problems';

const board = shape({
  level: codeField(LEVELS),
  postedOn: answer.date().allow(null),
  place: answer.text().allow(null),
  photo: answer.flag('已登记照片'),
  samePhoto: answer.flag('与另一级的照片相同'),
  takenDownOn: answer.date().allow(null),
});

const listed = shape({
  id: idField(),
  kind: answer.text(),
  title: answer.text(),
  region: regionField(),
  state: codeField(NOTICE_STATES),
  openedOn: answer.date(),
  startsOn: answer.date().allow(null),
  endsOn: answer.date('公示末日').allow(null),
  daysLeft: answer.count('剩余天数，含末日').allow(null),
  boards: listOf(board),
  missing: listOf(codeField(LEVELS)).description('尚未张贴的级别'),
  openObjections: answer.count(),
  version: answer.count(),
});

interface NoticeRow {
  id: string;
  kind: string;
  title: string;
  region: string;
  state: NoticeState;
  levels: string;
  openedOn: BusinessDate;
  startsOn: BusinessDate | null;
  endsOn: BusinessDate | null;
  openObjections: number;
  version: number;
}

interface BoardRow {
  noticeId: string;
  level: Level;
  postedOn: BusinessDate;
  place: string;
  photoDigest: string | null;
  takenDownOn: BusinessDate | null;
}

const SELECT_NOTICE = `SELECT n.id AS id, n.kind AS kind, n.title AS title, n.region_code AS region,
       n.state AS state, n.levels AS levels, n.opened_on AS openedOn, n.starts_on AS startsOn,
       n.ends_on AS endsOn, n.version AS version,
       (SELECT COUNT(*) FROM objection o WHERE o.notice_id = n.id AND o.state = 'open') AS openObjections
  FROM notice n`;

/** Notices for the officers who post and close them: what is missing and how many days are left. */
export const listNotices = defineQuery({
  name: 'notices.list',
  title: '公示台账',
  permission: 'notices.read',
  input: shape<{ state?: NoticeState; after?: string; size?: number }>({
    state: codeField(NOTICE_STATES).optional(),
    ...pageFields,
  }),
  answer: pageOf(listed),
  run: async (read, input) => {
    const page = await readPage<NoticeRow>(
      read,
      `${SELECT_NOTICE} WHERE {scope:n.region_code} AND (:state IS NULL OR n.state = :state)
          AND {after}`,
      { state: input.state ?? null },
      { keys: [{ sql: 'n.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const ids = page.items.map((row) => row.id);
    const boards = await boardsOf(read, ids);
    return { items: page.items.map((row) => shown(row, boards, read.today)), next: page.next };
  },
});

const objectionRow = shape({
  id: idField(),
  itemId: idField(),
  level: codeField(LEVELS),
  state: codeField(OBJECTION_STATES),
  raisedOn: answer.date(),
  decideBy: answer.date('答复期限').allow(null),
  late: answer.flag('已逾答复期限'),
  decidedOn: answer.date().allow(null),
  answerText: answer.text().allow(null),
});

const field = shape({ code: answer.text(), name: answer.text(), value: answer.text() });

const itemRow = shape({
  id: idField(),
  subjectKind: answer.text(),
  subjectId: answer.text(),
  state: codeField(['shown', 'stopped']),
  fields: listOf(field),
});

/** One notice with its items and objections; the content of an objection is read by an act of its own. */
export const oneNotice = defineQuery({
  name: 'notices.one',
  title: '公示详情',
  permission: 'notices.read',
  input: shape<{ noticeId: string }>({ noticeId: idField() }),
  answer: listed.keys({
    items: listOf(itemRow).required(),
    objections: listOf(objectionRow).required(),
  }),
  run: async (read, input) => {
    const row = await read.one<NoticeRow>(
      `${SELECT_NOTICE} WHERE {scope:n.region_code} AND n.id = :id`,
      { id: input.noticeId },
    );
    if (!row) throw P.noticeAbsent();
    const boards = await boardsOf(read, [row.id]);
    return {
      ...shown(row, boards, read.today),
      items: await itemsOf(read, row.id),
      objections: await objectionsOf(read, row.id),
    };
  },
});

function boardsOf(read: Reader, noticeIds: readonly string[]): Promise<BoardRow[]> {
  return read.unscoped('boards of notices that were found within scope').rows<BoardRow>(
    `SELECT b.notice_id AS noticeId, b.level AS level, b.posted_on AS postedOn, b.place_text AS place,
            b.photo_digest AS photoDigest, b.taken_down_on AS takenDownOn
       FROM notice_level b WHERE b.notice_id IN (:noticeIds)`,
    { noticeIds },
  );
}

function shown({ levels, ...row }: NoticeRow, boards: readonly BoardRow[], today: BusinessDate) {
  const own = boards.filter((found) => found.noticeId === row.id);
  const required = JSON.parse(levels) as Level[];
  return {
    ...row,
    daysLeft: row.endsOn === null ? null : Math.max(0, daysBetween(today, row.endsOn) + 1),
    boards: required.map((level) => boardShown(level, own)),
    missing: required.filter((level) => !own.some((found) => found.level === level)),
  };
}

function boardShown(level: Level, boards: readonly BoardRow[]) {
  const own = boards.find((found) => found.level === level);
  const digest = own?.photoDigest ?? null;
  return {
    level,
    postedOn: own?.postedOn ?? null,
    place: own?.place ?? null,
    photo: digest !== null,
    // One photo for two boards is how a notice is faked (R15).
    samePhoto:
      digest !== null &&
      boards.some((other) => other.level !== level && other.photoDigest === digest),
    takenDownOn: own?.takenDownOn ?? null,
  };
}

interface ItemRow {
  id: string;
  subjectKind: string;
  subjectId: string;
  state: 'shown' | 'stopped';
  content: string;
}

async function itemsOf(read: Reader, noticeId: string) {
  const rows = await read.unscoped('items of a notice that was found within scope').rows<ItemRow>(
    `SELECT i.id AS id, i.subject_kind AS subjectKind, i.subject_id AS subjectId, i.state AS state,
            i.content AS content
       FROM notice_item i WHERE i.notice_id = :noticeId ORDER BY i.position`,
    { noticeId },
  );
  return rows.map(({ content, ...item }) => ({
    ...item,
    fields: JSON.parse(content) as PublicField[],
  }));
}

interface ObjectionRow {
  id: string;
  itemId: string;
  level: Level;
  state: ObjectionState;
  raisedOn: BusinessDate;
  decideBy: BusinessDate | null;
  decidedOn: BusinessDate | null;
  answerText: string | null;
}

async function objectionsOf(read: Reader, noticeId: string) {
  const rows = await read.unscoped('objections to a notice found within scope').rows<ObjectionRow>(
    `SELECT o.id AS id, o.item_id AS itemId, o.level AS level, o.state AS state,
            o.raised_on AS raisedOn, o.decide_by AS decideBy, o.decided_on AS decidedOn,
            o.answer_text AS answerText
       FROM objection o WHERE o.notice_id = :noticeId ORDER BY o.id`,
    { noticeId },
  );
  return rows.map((row) => ({
    ...row,
    late: row.state === 'open' && row.decideBy !== null && read.today > row.decideBy,
  }));
}

/** The page without sign-in: masked, and gone when the days have run out. */
export const publicNotice = defineQuery({
  name: 'notices.public',
  title: '公示页面',
  permission: PUBLIC,
  input: shape<{ noticeId: string }>({ noticeId: idField() }),
  answer: shape({
    id: idField(),
    title: answer.text(),
    startsOn: answer.date(),
    endsOn: answer.date(),
    items: listOf(shape({ id: idField(), fields: listOf(field) })),
    phones: listOf(answer.text()).description('监督电话'),
    noIndex: Joi.boolean().valid(true).description('搜索引擎不得收录'),
  }),
  run: async (read, input) => {
    const row = await read.one<NoticeRow & { phones: string }>(
      `SELECT n.id AS id, n.title AS title, n.state AS state, n.starts_on AS startsOn,
              n.ends_on AS endsOn, n.phones AS phones
         FROM notice n WHERE {scope:n.region_code} AND n.id = :id`,
      { id: input.noticeId },
    );
    if (!row || !isOnShow(row, read.today)) throw P.noticeAbsent();
    const items = (await itemsOf(read, row.id)).filter((item) => item.state === 'shown');
    if (items.length === 0) throw P.noticeAbsent();
    return {
      id: row.id,
      title: row.title,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      items: items.map(({ id, fields }) => ({ id, fields })),
      phones: JSON.parse(row.phones) as string[],
      noIndex: true as const,
    };
  },
});

/** How an objection stands, for whoever holds its receipt code. */
export const followObjection = defineQuery({
  name: 'notices.follow-objection',
  title: '查询异议处理结果',
  permission: PUBLIC,
  input: shape<{ receiptCode: string }>({
    receiptCode: Joi.string().pattern(RECEIPT_CODE, '回执码').description('回执码'),
  }),
  answer: shape({
    state: codeField(OBJECTION_STATES),
    raisedOn: answer.date(),
    decideBy: answer.date('答复期限').allow(null),
    decidedOn: answer.date().allow(null),
    answerText: answer.text('答复').allow(null),
  }),
  run: async (read, input) => {
    const found = await read.unscoped('whoever holds the receipt code may ask').one(
      `SELECT o.state AS state, o.raised_on AS raisedOn, o.decide_by AS decideBy,
              o.decided_on AS decidedOn, o.answer_text AS answerText
         FROM objection o WHERE o.receipt_digest = :digest`,
      { digest: receiptDigest(input.receiptCode) },
    );
    if (!found) throw P.objectionAbsent();
    return found;
  },
});
