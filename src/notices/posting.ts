/** Hanging and taking down the sheet at one level: what the acts of the three levels have in common. */
import { type Place, regionPrefix } from '../platform/authority';
import { addDays, CalendarYearUnknown, type BusinessDate, WorkCalendar } from '../platform/dates';
import type { Work } from '../platform/work';
import { calendarFor } from '../policy';
import {
  blockingLevel,
  hasRunOut,
  LEVEL_NAMES,
  type Level,
  levelOfPrefix,
  missingLevels,
  noticeEnd,
  type NoticeRule,
  type Posting,
} from './notice';
import type { Notice, NoticeLevel } from './notice.entity';
import { NoticeStore } from './notice.store';
import { P } from './problems';
import { noticeRuleOn } from './rule';

/** The notice an act was called for, where it stands. */
export interface NoticeAt extends Place {
  notice: Notice;
}

/** Finds the notice; its village decides who covers it. */
export async function locateNotice(work: Work, input: { noticeId: string }): Promise<NoticeAt> {
  const notice = await new NoticeStore(work).get(input.noticeId);
  return { region: notice.regionCode, notice };
}

/**
 * Each board is posted by its own body: the actor is appointed for a place of exactly this level, and has not
 * posted another board of the same notice.
 * @throws Problem notices.wrong-level, notices.same-poster
 */
export async function postingDuty(work: Work, level: Level, at: NoticeAt): Promise<void> {
  await levelDuty(work, level);
  const levels = await new NoticeStore(work).levels(at.notice.id);
  const other = levels.find((board) => board.postedBy === work.actor.id && board.level !== level);
  if (other) throw P.samePoster({ detail: `您已张贴${LEVEL_NAMES[other.level]}公示` });
}

/** @throws Problem notices.wrong-level when the actor is not appointed for a place of this level. */
export async function levelDuty(work: Work, level: Level): Promise<void> {
  if (levelOfPrefix(regionPrefix(work.actor.region)) === level) return;
  throw P.wrongLevel({ detail: `${LEVEL_NAMES[level]}公示由${LEVEL_NAMES[level]}人员张贴和撤下` });
}

/** What is said of the board. */
export interface BoardInput {
  placeText: string;
  photoDigest?: string;
}

/** The answer of the posting acts. */
export interface Posted {
  noticeId: string;
  level: Level;
  postedOn: BusinessDate;
  state: string;
  /** The boards still missing. */
  missing: Level[];
  endsOn: BusinessDate | null;
}

/**
 * Registers a board as posted today; the last one starts the clock under the rule in force today.
 * @throws Problem of the module; nothing is changed then.
 */
export async function postLevel(
  work: Work,
  notice: Notice,
  level: Level,
  input: BoardInput,
): Promise<Posted> {
  const store = new NoticeStore(work);
  const boards = await store.levels(notice.id);
  const rule = await noticeRuleOn(work.tx, notice.ruleKey, notice.regionCode, work.today);
  const calendar = await calendarOf(work, boards, rule.value);
  requirePostable(work, notice, level, boards, rule.value, calendar);
  const posted: Posting[] = [...boards, { level, postedOn: work.today }];
  const missing = missingLevels(rule.value.levels, posted);
  const endsOn = missing.length > 0 ? null : endOf(posted, rule.value, calendar);
  const after = await store.addLevel(notice, boardOf(work, notice, level, input), {
    levels: rule.value.levels,
    ...(endsOn && {
      state: 'running' as const,
      startsOn: work.today,
      endsOn,
      ruleRowId: rule.rowId,
    }),
  });
  const items = await store.items(notice.id);
  work.record({
    subject: { kind: 'notice', id: notice.id },
    related: items.flatMap((item) => [
      { kind: item.subjectKind, id: item.subjectId },
      ...item.related,
    ]),
    before: { state: notice.state, posted: boards.map((board) => board.level) },
    after: { state: after.state, posted: posted.map((board) => board.level), endsOn },
  });
  return { noticeId: notice.id, level, postedOn: work.today, state: after.state, missing, endsOn };
}

function requirePostable(
  work: Work,
  notice: Notice,
  level: Level,
  boards: readonly NoticeLevel[],
  rule: NoticeRule,
  calendar: WorkCalendar,
): void {
  if (boards.some((board) => board.level === level)) {
    throw P.alreadyPosted({ detail: LEVEL_NAMES[level] });
  }
  if (notice.state !== 'posting') throw P.notPosting();
  if (!rule.levels.includes(level)) throw P.levelNotRequired({ detail: LEVEL_NAMES[level] });
  // A clock that was set back would otherwise post on a day before the notice was opened, and end it early.
  if ([notice.openedOn, ...boards.map((board) => board.postedOn)].some((on) => work.today < on)) {
    throw P.clockBehind();
  }
  const blocking = naming(() => blockingLevel(level, boards, rule, work.today, calendar));
  if (blocking) throw P.earlierLevelFirst({ detail: `${LEVEL_NAMES[blocking]}公示尚未期满` });
}

function boardOf(work: Work, notice: Notice, level: Level, input: BoardInput) {
  return {
    noticeId: notice.id,
    level,
    postedBy: work.actor.id,
    postedOn: work.today,
    postedAt: work.now,
    placeText: input.placeText,
    photoDigest: input.photoDigest ?? null,
    takenDownBy: null,
    takenDownOn: null,
    version: 1,
  };
}

function endOf(posted: readonly Posting[], rule: NoticeRule, calendar: WorkCalendar): BusinessDate {
  return naming(() =>
    noticeEnd(
      posted.map((board) => board.postedOn),
      rule,
      calendar,
    ),
  );
}

/** Days beyond the counted ones in which the longest holiday ends for certain. */
const HOLIDAY_REACH = 30;

/** The calendar from the first board to well after the end. */
async function calendarOf(
  work: Work,
  boards: readonly NoticeLevel[],
  rule: NoticeRule,
): Promise<WorkCalendar> {
  const first = boards[0]?.postedOn ?? work.today;
  const from = first < work.today ? first : work.today;
  // Two working days in five calendar days is the worst ratio seen around the long holidays.
  const reach = rule.lengthDays * 3 + HOLIDAY_REACH;
  return calendarFor(work.tx, from, addDays(work.today, reach));
}

/** Turns an unknown year into a refusal that names the remedy. */
function naming<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof CalendarYearUnknown) throw P.calendarUnknown({ detail: `${error.year} 年` });
    throw error;
  }
}

/** The answer of the acts that take a board down. */
export interface TakenDown {
  noticeId: string;
  level: Level;
  takenDownOn: BusinessDate;
}

/**
 * Registers that a board was taken down: not before the notice has run out, or was stopped.
 * @throws Problem notices.not-posted, notices.already-taken-down, notices.still-running
 */
export async function takeDownLevel(work: Work, notice: Notice, level: Level): Promise<TakenDown> {
  const store = new NoticeStore(work);
  const board = await store.level(notice.id, level);
  if (!board) throw P.notPosted({ detail: LEVEL_NAMES[level] });
  if (board.takenDownOn) throw P.alreadyTakenDown({ detail: LEVEL_NAMES[level] });
  if (notice.state !== 'stopped' && !hasRunOut(notice.endsOn, work.today)) {
    throw P.stillRunning({
      detail: notice.endsOn ? `公示至 ${notice.endsOn}(含)` : '三级公示尚未全部张贴',
    });
  }
  await store.takeDown(board);
  work.record({
    subject: { kind: 'notice', id: notice.id },
    before: { level, takenDownOn: null },
    after: { level, takenDownOn: work.today },
  });
  return { noticeId: notice.id, level, takenDownOn: work.today };
}
