/** Paths of ratings, from the file to the bank's decision. Steps on a rating answer 200: they make no new record. */
import { get, post, type Route } from '../platform/http/routes';
import { appraise } from './appraise';
import { cancelCase } from './cancel-case';
import { checkTownship } from './check-township';
import { collect } from './collect';
import { compute } from './compute';
import { confirmRaise } from './confirm-raise';
import { decide } from './decide';
import { enterAppraisal } from './enter-appraisal';
import { ratingOfHousehold, showRating } from './explain.queries';
import { openCase } from './open-case';
import { listCases, showCase, showSheets } from './rating-cases.queries';
import { listRatings } from './ratings.queries';
import { reviewVillage } from './review-village';
import { appraisalForm, toAppraise } from './to-appraise.queries';

export const creditRoutes: Route[] = [
  get('/rating-cases', listCases),
  get('/rating-cases/:caseId', showCase),
  get('/rating-cases/:caseId/sheets', showSheets),
  get('/rating-cases/:caseId/appraisal-form', appraisalForm),
  get('/appraisals/waiting', toAppraise),
  post('/households/:householdId/rating-cases', openCase),
  post('/rating-cases/:caseId/items', collect, { status: 200 }),
  post('/rating-cases/:caseId/appraisals', appraise),
  post('/rating-cases/:caseId/paper-appraisals', enterAppraisal),
  post('/rating-cases/:caseId/compute', compute),
  post('/rating-cases/:caseId/cancel', cancelCase, { status: 200 }),
  get('/ratings', listRatings),
  get('/ratings/:ratingId', showRating),
  get('/households/:householdId/rating', ratingOfHousehold),
  post('/ratings/:ratingId/village-review', reviewVillage, { status: 200 }),
  post('/ratings/:ratingId/township-check', checkTownship, { status: 200 }),
  post('/ratings/:ratingId/decision', decide, { status: 200 }),
  post('/ratings/:ratingId/raise', confirmRaise, { status: 200 }),
];
