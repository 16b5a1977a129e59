/** The face of applications: products and uses as dated rows, and what the loans above need. */
import {
  Application,
  ApplicationSerial,
  Certificate,
  ReviewStep,
  ReviewVote,
  VillageReview,
} from './application.entity';

export { type ApplicationFace, applicationFor, signersOf } from './applications.queries';
export { applicationsRoutes } from './applications.routes';
export type { State as ApplicationState } from './chain';
export { checkTownship } from './check-township';
export { markContracted, markSettled, onObjectionUpheld, requireBankApproved } from './contract';
export { decideBank } from './decide-bank';
export { issueCertificate } from './issue-certificate';
export {
  type AsOf,
  type LoanUses,
  PRODUCT_CODES,
  type ProductCode,
  type ProductTerms,
  productTerms,
  usesOn,
} from './product';
export { recheckCounty } from './recheck-county';
export { recordVillageReview } from './record-village-review';
export { listApplications, oneApplication } from './screens.queries';
export { submitApplication } from './submit';
export { withdrawApplication } from './withdraw';

/** Table maps of this module. */
export const applicationsEntities = [
  Application,
  ReviewStep,
  VillageReview,
  ReviewVote,
  Certificate,
  ApplicationSerial,
];
