/** The risk-compensation fund: the face of the module. */
import { Fund, FundClaim, FundMovement, FundRecovery, FundSignature } from './fund.entity';

export { type ClaimFace, claimsOf, fundStandingOf } from './claim.queries';
export { claimCompensation } from './claim-compensation';
export { contribute } from './contribute';
export { followLoan } from './follow-loan';
export { followed } from './followed';
export { type FundFace, fundOf } from './fund.queries';
export { payCompensation } from './pay-compensation';
export { refuseClaim } from './refuse-claim';
export { returnRecovery } from './return-recovery';
export { riskfundRoutes } from './riskfund.routes';
export { signClaim } from './sign-claim';

/** Table maps of this module. */
export const riskfundEntities = [Fund, FundClaim, FundSignature, FundRecovery, FundMovement];
