/** The face of public notices. They know their subjects as (kind, id, text) only. */
import { Notice, NoticeItem, NoticeLevel, Objection, ObjectionEvidence } from './notice.entity';

export { qrCode } from '../platform/qr-code';
export { keepPhoto, photographCounty, photographTownship, photographVillage } from './attach-photo';
export { checkObjection } from './check-objection';
export { closeNoticesStep } from './close-notices.job';
export { decideObjection, objectionUpheld } from './decide-objection';
export { LEVEL_NAMES, LEVELS, type Level, type NoticeKind, type NoticeState } from './notice';
export { requireNoticeOver } from './notice-over';
export { noticesPages } from './notices.pages';
export { type NoticeStanding, noticeOf } from './notices.queries';
export { noticesRoutes } from './notices.routes';
export {
  type ItemOpening,
  joinNotice,
  type NoticeOpening,
  openNotice,
  openSheet,
  type SheetOpening,
  stopNotice,
} from './open-notice';
export { postCounty, postTownship, postVillage } from './post-level';
export { followObjection, publicNotice } from './public.queries';
export { raiseObjection } from './raise-objection';
export { listNotices, oneNotice } from './screens.queries';
export { type SignersOf, useSigners } from './signers';
export { deadlineAfter } from './working-days';

/** Table maps of this module. */
export const noticesEntities = [Notice, NoticeLevel, NoticeItem, Objection, ObjectionEvidence];
