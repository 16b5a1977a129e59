/** Addresses of applications. */
import { get, post, type Route } from '../platform/http/routes';
import { amendApplication } from './amend';
import { checkTownship } from './check-township';
import { decideBank } from './decide-bank';
import { issueCertificate } from './issue-certificate';
import { listNotLent } from './not-lent.queries';
import { recheckCounty } from './recheck-county';
import { recordVillageReview } from './record-village-review';
import { revokeCertificate } from './revoke-certificate';
import { listApplications, oneApplication } from './screens.queries';
import { submitApplication } from './submit';
import { withdrawApplication } from './withdraw';

export const applicationsRoutes: readonly Route[] = [
  get('/applications', listApplications),
  get('/applications/not-lent', listNotLent),
  get('/applications/:applicationId', oneApplication),
  post('/applications', submitApplication),
  post('/applications/:applicationId/village-review', recordVillageReview),
  post('/applications/:applicationId/township-check', checkTownship),
  post('/applications/:applicationId/county-recheck', recheckCounty),
  post('/applications/:applicationId/certificate', issueCertificate),
  post('/applications/:applicationId/bank-decision', decideBank),
  post('/applications/:applicationId/withdrawal', withdrawApplication),
  post('/applications/:applicationId/amendment', amendApplication),
  post('/certificates/:certificateNumber/revocation', revokeCertificate),
];
