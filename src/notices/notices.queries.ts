/** The narrow questions that other modules and the night ask of notices. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Subject } from '../platform/work';
import { hasRunOut, type Level, type NoticeState } from './notice';

/** How the notice of a subject stands on a date. */
export interface NoticeStanding {
  noticeId: string;
  state: NoticeState;
  /** The last day, null while a board is missing. */
  endsOn: BusinessDate | null;
  /** Whether the days have run out; objections are told apart below. */
  over: boolean;
  openObjections: number;
  upheld: boolean;
  /** The required boards, in the order of the rule. */
  levels: { level: Level; postedOn: BusinessDate | null }[];
}

/** The standing with what the gate asks besides. */
export interface FullStanding extends NoticeStanding {
  /** Last day on which objections are taken, null while a board is missing. */
  objectionsUntil: BusinessDate | null;
  /** Boards whose photo is missing, where the rule lets nothing move without it. */
  photosMissing: Level[];
}

interface Row {
  noticeId: string;
  itemId: string;
  state: NoticeState;
  itemState: 'shown' | 'stopped';
  endsOn: BusinessDate | null;
  objectionsUntil: BusinessDate | null;
  photoHolds: 0 | 1;
  levels: string;
}

interface BoardRow {
  level: Level;
  postedOn: BusinessDate;
  photoFileId: string | null;
}

/** The standing of a subject's notice on a date, null when it was never opened. */
export async function noticeOf(
  sql: Sql,
  subject: Subject,
  date: BusinessDate,
): Promise<NoticeStanding | null> {
  const full = await fullStandingOf(sql, subject, date);
  if (!full) return null;
  const { objectionsUntil: _until, photosMissing: _photos, ...standing } = full;
  return standing;
}

/** The same with what the gate asks besides. */
export async function fullStandingOf(
  sql: Sql,
  subject: Subject,
  date: BusinessDate,
): Promise<FullStanding | null> {
  const row = await sql.one<Row>(
    `SELECT n.id AS noticeId, i.id AS itemId, n.state AS state, i.state AS itemState,
            n.ends_on AS endsOn, n.objections_until AS objectionsUntil, n.photo_holds AS photoHolds,
            n.levels AS levels
       FROM notice_item i JOIN notice n ON n.id = i.notice_id
      WHERE i.subject_kind = :kind AND i.subject_id = :id`,
    { kind: subject.kind, id: subject.id },
  );
  if (!row) return null;
  const boards = await sql.rows<BoardRow>(
    `SELECT level, posted_on AS postedOn, photo_file_id AS photoFileId
       FROM notice_level WHERE notice_id = :noticeId`,
    { noticeId: row.noticeId },
  );
  const objections = await sql.rows<{ state: string; n: number }>(
    'SELECT state, COUNT(*) AS n FROM objection WHERE item_id = :itemId GROUP BY state',
    { itemId: row.itemId },
  );
  const count = (state: string) => objections.find((found) => found.state === state)?.n ?? 0;
  const state = row.itemState === 'stopped' ? 'stopped' : row.state;
  const required = JSON.parse(row.levels) as Level[];
  const boardOf = (level: Level) => boards.find((board) => board.level === level);
  return {
    noticeId: row.noticeId,
    state,
    endsOn: row.endsOn,
    over: state !== 'stopped' && hasRunOut(row, date),
    objectionsUntil: row.objectionsUntil,
    openObjections: count('open'),
    upheld: count('upheld') > 0,
    levels: required.map((level) => ({
      level,
      postedOn: boardOf(level)?.postedOn ?? null,
    })),
    photosMissing:
      row.photoHolds === 1 ? required.filter((level) => !boardOf(level)?.photoFileId) : [],
  };
}

/**
 * Running notices whose days have run out and that neither an open objection nor a missing photo holds back: ids
 * greater than `after`, ascending, at most `limit`.
 */
export async function noticesDue(
  sql: Sql,
  date: BusinessDate,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT n.id AS id FROM notice n
      WHERE n.state = 'running' AND n.ends_on < :date AND n.id > :after
        AND (n.objections_until IS NULL OR n.objections_until < :date)
        AND (n.photo_holds = 0 OR NOT EXISTS (
          SELECT 1 FROM notice_level b WHERE b.notice_id = n.id AND b.photo_file_id IS NULL))
        AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.notice_id = n.id AND o.state = 'open')
      ORDER BY n.id LIMIT :limit`,
    { date, after: after ?? '', limit },
  );
  return rows.map((row) => row.id);
}
