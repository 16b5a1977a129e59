/** Hanging and taking down the sheet at one level: what the acts of the three levels have in common. */
import { type Place, regionPrefix } from '../platform/authority';
import { type BusinessDate, minDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { NOTICE_LIFE, requireStep } from './life';
import {
  blockingLevel,
  LEVEL_NAMES,
  type Level,
  lastObjectionDay,
  levelOfPrefix,
  missingLevels,
  type NoticeRule,
  noticeEnd,
  type Posting,
} from './notice';
import type { Notice, NoticeItem, NoticeLevel } from './notice.entity';
import { NoticeStore } from './notice.store';
import { P } from './problems';
import { noticeRuleOn } from './rule';
import { orNull, withCalendar } from './working-days';

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
  /** Position of the last item on the printed list; nobody may have joined the sheet since. */
  lastItem: number;
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
  await requirePostable(work, notice, level, boards, rule.value);
  const items = await store.items(notice.id);
  requireWhole(items, input.lastItem);
  const posted: Posting[] = [...boards, { level, postedOn: work.today }];
  const missing = missingLevels(rule.value.levels, posted);
  const days = posted.map((board) => board.postedOn);
  // What hangs already lasts so long; with the last board this is the end of the notice.
  const end = withCalendar(work.tx, notice.regionCode, work.today, (calendar) =>
    noticeEnd(days, rule.value, calendar),
  );
  const endsOn = missing.length > 0 ? null : await end;
  const after = await store.addLevel(notice, boardOf(work, notice, level, input), {
    levels: rule.value.levels,
    photoRequired: rule.value.photoRequired,
    photoHolds: rule.value.photoHolds === true,
    takeDownRequired: rule.value.takeDownRequired,
    showsUntil: endsOn ?? (await orNull(end)),
    ...(endsOn && {
      state: 'running' as const,
      startsOn: work.today,
      endsOn,
      objectionsUntil: lastObjectionDay(endsOn, rule.value.objection),
      ruleRowId: rule.rowId,
    }),
  });
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

async function requirePostable(
  work: Work,
  notice: Notice,
  level: Level,
  boards: readonly NoticeLevel[],
  rule: NoticeRule,
): Promise<void> {
  if (boards.some((board) => board.level === level)) {
    throw P.alreadyPosted({ detail: LEVEL_NAMES[level] });
  }
  requireStep(NOTICE_LIFE.post, notice.state);
  if (!rule.levels.includes(level)) throw P.levelNotRequired({ detail: LEVEL_NAMES[level] });
  // A clock that was set back would otherwise post on a day before the notice was opened, and end it early.
  if ([notice.openedOn, ...boards.map((board) => board.postedOn)].some((on) => work.today < on)) {
    throw P.clockBehind();
  }
  const from = minDate(work.today, ...boards.map((board) => board.postedOn));
  const blocking = await withCalendar(work.tx, notice.regionCode, from, (calendar) =>
    blockingLevel(level, boards, rule, work.today, calendar),
  );
  if (blocking) throw P.earlierLevelFirst({ detail: `${LEVEL_NAMES[blocking]}公示尚未期满` });
}

/**
 * Everybody on the sheet hangs: who joined after it was printed would pass without having been shown to anybody.
 * @throws Problem notices.list-grew
 */
function requireWhole(items: readonly NoticeItem[], lastItem: number): void {
  const last = items.findLast((item) => item.state === 'shown')?.position ?? 0;
  if (last <= lastItem) return;
  throw P.listGrew({ detail: `名单现至第 ${last} 项，张贴稿只至第 ${lastItem} 项` });
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
    photoFileId: null,
    photoBy: null,
    photoAt: null,
    takenDownBy: null,
    takenDownOn: null,
    version: 1,
  };
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
  const detail = notice.endsOn ? `公示至 ${notice.endsOn}(含)` : '三级公示尚未全部张贴';
  requireStep(NOTICE_LIFE.takeDown, notice.state, { detail });
  if (notice.state === 'running' && !(notice.endsOn && work.today > notice.endsOn)) {
    throw P.stillRunning({ detail });
  }
  await store.takeDown(board);
  work.record({
    subject: { kind: 'notice', id: notice.id },
    before: { level, takenDownOn: null },
    after: { level, takenDownOn: work.today },
  });
  return { noticeId: notice.id, level, takenDownOn: work.today };
}
