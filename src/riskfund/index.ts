/** The risk-compensation fund: the face of the module. */
import { Fund, FundClaim, FundMovement, FundRecovery, FundSignature } from './fund.entity';

export { type ClaimFace, claimsOf } from './claim.queries';
export { claimCompensation } from './claim-compensation';
export { contribute } from './contribute';
export { type FundFace, fundOf } from './fund.queries';
export { type LoanRepaid, onLoanRepaid } from './on-loan-repaid';
export { payCompensation } from './pay-compensation';
export { refuseClaim } from './refuse-claim';
export { returnRecovery } from './return-recovery';
export { riskfundRoutes } from './riskfund.routes';
export { signClaim } from './sign-claim';

/** Table maps of this module. */
export const riskfundEntities = [Fund, FundClaim, FundSignature, FundRecovery, FundMovement];
