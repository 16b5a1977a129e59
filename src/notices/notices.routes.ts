/** Addresses of public notices. */
import { readFileParts } from '../platform/files/file.store';
import { download, get, post, type Route, upload } from '../platform/http/routes';
import { addEvidence } from './add-evidence';
import { photographCounty, photographTownship, photographVillage } from './attach-photo';
import { checkObjection } from './check-objection';
import { decideObjection } from './decide-objection';
import { listObjections, listSamePhotos } from './objections.queries';
import { openBoardPhoto, openEvidence } from './open-photo';
import { postCounty, postTownship, postVillage } from './post-level';
import { followObjection, publicNotice } from './public.queries';
import { raiseObjection } from './raise-objection';
import { readObjection } from './read-objection';
import { revealObjector } from './reveal-objector';
import { listNotices, oneNotice } from './screens.queries';
import { takeDownCounty, takeDownTownship, takeDownVillage } from './take-down-level';

export const noticesRoutes: readonly Route[] = [
  get('/notices', listNotices),
  get('/notices/same-photos', listSamePhotos),
  get('/notices/:noticeId', oneNotice),
  post('/notices/:noticeId/boards/county', postCounty),
  post('/notices/:noticeId/boards/township', postTownship),
  post('/notices/:noticeId/boards/village', postVillage),
  upload('/notices/:noticeId/boards/county/photo', photographCounty),
  upload('/notices/:noticeId/boards/township/photo', photographTownship),
  upload('/notices/:noticeId/boards/village/photo', photographVillage),
  download('/notices/:noticeId/boards/:level/photo', openBoardPhoto, (platform, { fileId }) =>
    readFileParts(platform, fileId),
  ),
  post('/notices/:noticeId/boards/county/take-down', takeDownCounty, { status: 200 }),
  post('/notices/:noticeId/boards/township/take-down', takeDownTownship, { status: 200 }),
  post('/notices/:noticeId/boards/village/take-down', takeDownVillage, { status: 200 }),
  get('/objections', listObjections),
  post('/objections/:objectionId/readings', readObjection, { status: 200 }),
  post('/objections/:objectionId/check', checkObjection),
  post('/objections/:objectionId/decision', decideObjection),
  post('/objections/:objectionId/objector-readings', revealObjector, { status: 200 }),
  download('/objections/:objectionId/evidence/:fileId', openEvidence, (platform, { fileId }) =>
    readFileParts(platform, fileId),
  ),
  get('/public/notices/:noticeId', publicNotice),
  post('/public/notices/:noticeId/objections', raiseObjection),
  get('/public/objections/:receiptCode', followObjection),
  upload('/public/objections/:receiptCode/evidence', addEvidence),
];
