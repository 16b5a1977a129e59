/** Paths of the register. Acts that make no record answer 200. */
import { get, post, type Route } from '../platform/http/routes';
import { changeStatus } from './change-status';
import { findByIdNumber } from './find-by-id-number';
import { listHouseholds, showHousehold } from './register.queries';
import { registerHousehold } from './register-household';
import { revealMember } from './reveal-member';

export const householdsRoutes: Route[] = [
  get('/households', listHouseholds),
  post('/households', registerHousehold),
  post('/households/find-by-id-number', findByIdNumber, { status: 200 }),
  get('/households/:householdId', showHousehold),
  post('/households/:householdId/status', changeStatus),
  post('/members/:memberId/reveal', revealMember, { status: 200 }),
];
