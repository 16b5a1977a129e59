/** The rules over HTTP. */
import { get, post, type Route } from '../platform/http/routes';
import { confirmChange } from './confirm-change';
import { proposeChange } from './propose-change';
import { rejectChange } from './reject-change';
import { listParameters, listProposals, parameterHistory, ruleAsOf } from './screens.queries';

export const policyRoutes: Route[] = [
  get('/policy/parameters', listParameters),
  get('/policy/parameters/:parameter/rows', parameterHistory),
  get('/policy/parameters/:parameter/as-of', ruleAsOf),
  get('/policy/proposals', listProposals),
  post('/policy/parameters/:parameter/rows', proposeChange),
  post('/policy/rows/:rowId/confirmation', confirmChange, { status: 200 }),
  post('/policy/rows/:rowId/rejection', rejectChange, { status: 200 }),
];
