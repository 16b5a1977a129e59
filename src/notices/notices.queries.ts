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

interface Row {
  noticeId: string;
  itemId: string;
  state: NoticeState;
  itemState: 'shown' | 'stopped';
  endsOn: BusinessDate | null;
  levels: string;
}

/** The standing of a subject's notice on a date, null when it was never opened. */
export async function noticeOf(
  sql: Sql,
  subject: Subject,
  date: BusinessDate,
): Promise<NoticeStanding | null> {
  const row = await sql.one<Row>(
    `SELECT n.id AS noticeId, i.id AS itemId, n.state AS state, i.state AS itemState,
            n.ends_on AS endsOn, n.levels AS levels
       FROM notice_item i JOIN notice n ON n.id = i.notice_id
      WHERE i.subject_kind = :kind AND i.subject_id = :id`,
    { kind: subject.kind, id: subject.id },
  );
  if (!row) return null;
  const boards = await sql.rows<{ level: Level; postedOn: BusinessDate }>(
    'SELECT level, posted_on AS postedOn FROM notice_level WHERE notice_id = :noticeId',
    { noticeId: row.noticeId },
  );
  const objections = await sql.rows<{ state: string; n: number }>(
    'SELECT state, COUNT(*) AS n FROM objection WHERE item_id = :itemId GROUP BY state',
    { itemId: row.itemId },
  );
  const count = (state: string) => objections.find((found) => found.state === state)?.n ?? 0;
  const state = row.itemState === 'stopped' ? 'stopped' : row.state;
  const required = JSON.parse(row.levels) as Level[];
  return {
    noticeId: row.noticeId,
    state,
    endsOn: row.endsOn,
    over: state !== 'stopped' && hasRunOut(row.endsOn, date),
    openObjections: count('open'),
    upheld: count('upheld') > 0,
    levels: required.map((level) => ({
      level,
      postedOn: boards.find((board) => board.level === level)?.postedOn ?? null,
    })),
  };
}

/**
 * Running notices whose last day lies before the date and that no open objection holds back: ids greater than
 * `after`, ascending, at most `limit`.
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
        AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.notice_id = n.id AND o.state = 'open')
      ORDER BY n.id LIMIT :limit`,
    { date, after: after ?? '', limit },
  );
  return rows.map((row) => row.id);
}
