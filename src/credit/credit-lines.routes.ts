/** Paths of credit lines, raises, appeals, and credit villages and townships. Changes of a line answer 200. */
import { get, post, type Route } from '../platform/http/routes';
import { listAppeals } from './appeal.queries';
import { applyRaise } from './apply-raise';
import { cancelLine } from './cancel-line';
import { checkRaise } from './check-raise';
import { confirmPlace } from './confirm-place';
import { lineOfHousehold, listLines, listRaises } from './credit-line-screens.queries';
import { decideAppeal } from './decide-appeal';
import { decideRaise } from './decide-raise';
import { fileAppeal } from './file-appeal';
import { freezeLine } from './freeze-line';
import { judgePlace } from './judge-place';
import { lowerLine } from './lower-line';
import { listPlaces, showPlace } from './place-award.queries';
import { reportTrigger } from './report-trigger';
import { reviewLine } from './review-line';
import { unfreezeLine } from './unfreeze-line';

export const creditLineRoutes: Route[] = [
  get('/credit-lines', listLines),
  get('/households/:householdId/credit-line', lineOfHousehold),
  post('/households/:householdId/credit-line/freeze', freezeLine, { status: 200 }),
  post('/households/:householdId/credit-line/unfreeze', unfreezeLine, { status: 200 }),
  post('/households/:householdId/credit-line/lower', lowerLine, { status: 200 }),
  post('/households/:householdId/credit-line/cancel', cancelLine, { status: 200 }),
  post('/households/:householdId/credit-line/review', reviewLine, { status: 200 }),
  post('/households/:householdId/credit-line/triggers', reportTrigger, { status: 200 }),
  get('/line-raises', listRaises),
  post('/households/:householdId/line-raises', applyRaise),
  post('/line-raises/:raiseId/check', checkRaise, { status: 200 }),
  post('/line-raises/:raiseId/decision', decideRaise, { status: 200 }),
  get('/credit-appeals', listAppeals),
  post('/households/:householdId/credit-appeals', fileAppeal),
  post('/credit-appeals/:appealId/decision', decideAppeal, { status: 200 }),
  get('/credit-places', listPlaces),
  get('/credit-places/:awardId', showPlace),
  post('/credit-places', judgePlace),
  post('/credit-places/:awardId/decision', confirmPlace, { status: 200 }),
];
