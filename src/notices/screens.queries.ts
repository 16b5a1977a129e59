/** What officers see of notices: what is missing and how many days are left. */
import { type BusinessDate, daysBetween } from '../platform/dates';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { field, itemsOf } from './items.queries';
import { LACKS, lacksOf } from './lacks';
import { LEVELS, type Level, NOTICE_STATES, type NoticeState } from './notice';
import { objectionRow, objectionsOf } from './objections.queries';
import { P } from './problems';

const board = shape({
  level: codeField(LEVELS),
  postedOn: answer.date().allow(null),
  place: answer.text().allow(null),
  photo: answer.flag('已登记照片'),
  photoKept: answer.flag('照片已上传'),
  samePhoto: answer.flag('与另一块公示栏的照片相同'),
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
  lacks: listOf(
    shape({
      level: codeField(LEVELS),
      lack: codeField(LACKS),
      remedy: answer.text('怎样补办'),
    }),
  ).description('尚缺的张贴、照片与撤下登记'),
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
  photoRequired: 0 | 1;
  takeDownRequired: 0 | 1;
  version: number;
}

interface BoardRow {
  noticeId: string;
  level: Level;
  postedOn: BusinessDate;
  place: string;
  photoDigest: string | null;
  photoFileId: string | null;
  takenDownOn: BusinessDate | null;
  /** Other boards, of whatever notice, with the same photo. */
  twins: number;
}

const SELECT_NOTICE = `SELECT n.id AS id, n.kind AS kind, n.title AS title, n.region_code AS region,
       n.state AS state, n.levels AS levels, n.opened_on AS openedOn, n.starts_on AS startsOn,
       n.ends_on AS endsOn, n.photo_required AS photoRequired,
       n.take_down_required AS takeDownRequired, n.version AS version,
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

const itemRow = shape({
  id: idField(),
  subjectKind: answer.text(),
  subjectId: answer.text(),
  position: answer.count('序号'),
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
            b.photo_digest AS photoDigest, b.photo_file_id AS photoFileId,
            b.taken_down_on AS takenDownOn,
            (SELECT COUNT(*) FROM notice_level o WHERE o.photo_digest = b.photo_digest
                AND (o.notice_id <> b.notice_id OR o.level <> b.level)) AS twins
       FROM notice_level b WHERE b.notice_id IN (:noticeIds)`,
    { noticeIds },
  );
}

function shown(
  { levels, photoRequired, takeDownRequired, ...row }: NoticeRow,
  boards: readonly BoardRow[],
  today: BusinessDate,
) {
  const own = boards.filter((found) => found.noticeId === row.id);
  const required = JSON.parse(levels) as Level[];
  const demands = { photo: photoRequired === 1, takeDown: takeDownRequired === 1 };
  return {
    ...row,
    daysLeft: row.endsOn === null ? null : Math.max(0, daysBetween(today, row.endsOn) + 1),
    boards: required.map((level) => boardShown(level, own)),
    missing: required.filter((level) => !own.some((found) => found.level === level)),
    lacks: lacksOf({ ...row, levels: required, demands }, own, today),
  };
}

function boardShown(level: Level, boards: readonly BoardRow[]) {
  const own = boards.find((found) => found.level === level);
  return {
    level,
    postedOn: own?.postedOn ?? null,
    place: own?.place ?? null,
    photo: own !== undefined && own.photoDigest !== null,
    photoKept: own !== undefined && own.photoFileId !== null,
    // One photo for two boards is how a notice is faked (R15).
    samePhoto: own !== undefined && own.twins > 0,
    takenDownOn: own?.takenDownOn ?? null,
  };
}
