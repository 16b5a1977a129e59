/** Addresses of applications. */
import { get, post, type Route } from '../platform/http/routes';
import { checkTownship } from './check-township';
import { decideBank } from './decide-bank';
import { issueCertificate } from './issue-certificate';
import { recheckCounty } from './recheck-county';
import { recordVillageReview } from './record-village-review';
import { listApplications, oneApplication } from './screens.queries';
import { submitApplication } from './submit';
import { withdrawApplication } from './withdraw';

export const applicationsRoutes: readonly Route[] = [
  get('/applications', listApplications),
  get('/applications/:applicationId', oneApplication),
  post('/applications', submitApplication),
  post('/applications/:applicationId/village-review', recordVillageReview),
  post('/applications/:applicationId/township-check', checkTownship),
  post('/applications/:applicationId/county-recheck', recheckCounty),
  post('/applications/:applicationId/certificate', issueCertificate),
  post('/applications/:applicationId/bank-decision', decideBank),
  post('/applications/:applicationId/withdrawal', withdrawApplication),
];
