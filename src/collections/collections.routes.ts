/** Where collection is reached. */
import { get, post, type Route } from '../platform/http/routes';
import { collectionOfLoan, overdueReport } from './collections.queries';
import { listOutbox } from './outbox.queries';
import { recordDemand } from './record-demand';
import { recordVisit } from './record-visit';

export const collectionsRoutes: Route[] = [
  post('/loans/:loanId/visits', recordVisit),
  post('/loans/:loanId/demands', recordDemand),
  get('/loans/:loanId/collection', collectionOfLoan),
  get('/collections/overdue-report', overdueReport),
  get('/outbox', listOutbox),
];
