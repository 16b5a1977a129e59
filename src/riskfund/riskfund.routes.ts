/** Routes of the risk-compensation fund. */
import { get, post, type Route } from '../platform/http/routes';
import { listClaims, listRecoveries, showClaim } from './claim.queries';
import { claimCompensation } from './claim-compensation';
import { contribute } from './contribute';
import { listMovements, showFund } from './fund.queries';
import { payCompensation } from './pay-compensation';
import { refuseClaim } from './refuse-claim';
import { returnRecovery } from './return-recovery';
import { signClaim } from './sign-claim';

export const riskfundRoutes: Route[] = [
  post('/riskfund/contributions', contribute),
  post('/loans/:loanId/compensation-claims', claimCompensation),
  post('/riskfund/claims/:claimId/signatures', signClaim),
  post('/riskfund/claims/:claimId/refusal', refuseClaim, { status: 200 }),
  post('/riskfund/claims/:claimId/payment', payCompensation, { status: 200 }),
  post('/riskfund/recoveries/:recoveryId/return', returnRecovery, { status: 200 }),
  get('/riskfund/funds/:county', showFund),
  get('/riskfund/funds/:county/movements', listMovements),
  get('/riskfund/claims', listClaims),
  get('/riskfund/claims/:claimId', showClaim),
  get('/riskfund/recoveries', listRecoveries),
];
