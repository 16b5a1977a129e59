/** Paths of rating and credit lines. Decisions on a rating answer 200: they make no new record. */
import { get, post, type Route } from '../platform/http/routes';
import { confirmLine } from './confirm-line';
import { rateHousehold } from './rate-household';
import { listRatings, ratingOfHousehold, showRating } from './ratings.queries';
import { rejectLine } from './reject-line';

export const creditRoutes: Route[] = [
  get('/ratings', listRatings),
  get('/ratings/:ratingId', showRating),
  get('/households/:householdId/rating', ratingOfHousehold),
  post('/households/:householdId/ratings', rateHousehold),
  post('/ratings/:ratingId/confirm', confirmLine, { status: 200 }),
  post('/ratings/:ratingId/reject', rejectLine, { status: 200 }),
];
