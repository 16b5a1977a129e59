/** Routes of the subsidy. */
import { get, post, type Route } from '../platform/http/routes';
import { showAccount } from './account.queries';
import { appropriate } from './appropriate';
import { approveQuarter } from './approve-quarter';
import { explainLoan, listClaims } from './claim.queries';
import { payQuarter } from './pay-quarter';
import { proposeQuarter } from './propose-quarter';
import { listQuarters, showQuarter } from './quarter.queries';

export const subsidiesRoutes: Route[] = [
  post('/subsidies/quarters', proposeQuarter),
  post('/subsidies/quarters/:county/:periodCode/approval', approveQuarter, { status: 200 }),
  post('/subsidies/quarters/:county/:periodCode/payment', payQuarter, { status: 200 }),
  post('/subsidies/appropriations', appropriate),
  get('/subsidies/quarters', listQuarters),
  get('/subsidies/quarters/:county/:periodCode', showQuarter),
  get('/subsidies/quarters/:county/:periodCode/claims', listClaims),
  get('/subsidies/accounts/:county', showAccount),
  get('/loans/:loanId/subsidies', explainLoan),
];
