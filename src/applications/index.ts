/** The face of applications: products and uses as dated rows, and what the loans above need. */
import {
  Application,
  ApplicationSerial,
  ApplicationSigner,
  ApplicationStep,
  Certificate,
  CertificateRevocation,
  DemocraticReview,
  DemocraticVote,
} from './application.entity';

export { amendApplication } from './amend';
export { applicationsPages } from './applications.pages';
export { type ApplicationFace, applicationFor, signersOf } from './applications.queries';
export { applicationsRoutes } from './applications.routes';
export { certifiedBy } from './certificates.queries';
export type { State as ApplicationState } from './chain';
export { checkTownship } from './check-township';
export {
  eligibilityOf,
  markContracted,
  markOwing,
  markSettled,
  onObjectionUpheld,
  requireBankApproved,
  takePart,
} from './contract';
export { decideBank } from './decide-bank';
export { barring, type Finding, type RowFact } from './eligibility';
export { issueCertificate } from './issue-certificate';
export { listNotLent } from './not-lent.queries';
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
export { addRenewalApplication, type RenewalTerms, requireRenewable } from './renewal';
export { revokeCertificate } from './revoke-certificate';
export { listApplications, oneApplication } from './screens.queries';
export { findingShape } from './steps.queries';
export { submitApplication } from './submit';
export { withdrawApplication } from './withdraw';

/** Table maps of this module. */
export const applicationsEntities = [
  Application,
  ApplicationSigner,
  ApplicationStep,
  DemocraticReview,
  DemocraticVote,
  Certificate,
  CertificateRevocation,
  ApplicationSerial,
];
