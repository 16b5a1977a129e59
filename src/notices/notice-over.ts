/** The gate that other modules put before their next step: the notice has hung everywhere, long enough, unopposed. */
import type { Subject, Work } from '../platform/work';
import { LEVEL_NAMES } from './notice';
import { type FullStanding, fullStandingOf } from './notices.queries';
import { P } from './problems';

/**
 * Stops the act at hand unless the subject's notice is over as of today.
 * @throws Problem notices.not-opened, objection-upheld, stopped, not-posted-everywhere, objection-open,
 *   still-running, photo-missing; the detail names the missing boards, photos or the last day.
 */
export async function requireNoticeOver(work: Work, subject: Subject): Promise<FullStanding> {
  const standing = await fullStandingOf(work.tx, subject, work.today);
  if (!standing) throw P.notOpened();
  if (standing.upheld) throw P.objectionUpheld();
  if (standing.state === 'stopped') throw P.stopped();
  const missing = standing.levels.filter((board) => board.postedOn === null);
  if (missing.length > 0 || standing.endsOn === null) {
    const names = missing.map((board) => LEVEL_NAMES[board.level]).join('、');
    throw P.notPostedEverywhere({ detail: `尚未张贴：${names}` });
  }
  if (standing.openObjections > 0) {
    throw P.objectionOpen({ detail: `未办结的异议 ${standing.openObjections} 件` });
  }
  if (!standing.over) {
    const { endsOn, objectionsUntil } = standing;
    const window =
      objectionsUntil && objectionsUntil > endsOn ? `，异议期至 ${objectionsUntil}` : '';
    throw P.stillRunning({ detail: `公示至 ${endsOn}(含)${window}` });
  }
  if (standing.photosMissing.length > 0) {
    const names = standing.photosMissing.map((level) => LEVEL_NAMES[level]).join('、');
    throw P.photoMissing({ detail: names });
  }
  return standing;
}
