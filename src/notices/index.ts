/** The face of public notices. They know their subjects as (kind, id, text) only. */
import { Notice, NoticeItem, NoticeLevel, Objection } from './notice.entity';

export { closeNoticesStep } from './close-notices.job';
export { decideObjection, objectionUpheld } from './decide-objection';
export { LEVEL_NAMES, LEVELS, type Level, type NoticeState } from './notice';
export { requireNoticeOver } from './notice-over';
export { type NoticeStanding, noticeOf } from './notices.queries';
export { noticesRoutes } from './notices.routes';
export { type NoticeOpening, openNotice, stopNotice } from './open-notice';
export { postCounty, postTownship, postVillage } from './post-level';
export { raiseObjection } from './raise-objection';
export { followObjection, listNotices, oneNotice, publicNotice } from './screens.queries';
export { deadlineAfter } from './working-days';

/** Table maps of this module. */
export const noticesEntities = [Notice, NoticeLevel, NoticeItem, Objection];
