/** Addresses of public notices. */
import { get, post, type Route } from '../platform/http/routes';
import { decideObjection } from './decide-objection';
import { postCounty, postTownship, postVillage } from './post-level';
import { raiseObjection } from './raise-objection';
import { readObjection } from './read-objection';
import { followObjection, listNotices, oneNotice, publicNotice } from './screens.queries';
import { takeDownCounty, takeDownTownship, takeDownVillage } from './take-down-level';

export const noticesRoutes: readonly Route[] = [
  get('/notices', listNotices),
  get('/notices/:noticeId', oneNotice),
  post('/notices/:noticeId/boards/county', postCounty),
  post('/notices/:noticeId/boards/township', postTownship),
  post('/notices/:noticeId/boards/village', postVillage),
  post('/notices/:noticeId/boards/county/take-down', takeDownCounty, { status: 200 }),
  post('/notices/:noticeId/boards/township/take-down', takeDownTownship, { status: 200 }),
  post('/notices/:noticeId/boards/village/take-down', takeDownVillage, { status: 200 }),
  post('/objections/:objectionId/readings', readObjection, { status: 200 }),
  post('/objections/:objectionId/decision', decideObjection),
  get('/public/notices/:noticeId', publicNotice),
  post('/public/notices/:noticeId/objections', raiseObjection),
  get('/public/objections/:receiptCode', followObjection),
];
