/** What the inspector asks for. */
import { get, post, type Route } from '../platform/http/routes';
import { loanFile } from './loan-file.queries';
import { dailyHeads, findEntries, storyOf } from './trail.queries';
import { verifyAuditAct } from './verify-audit';

export const inspectionRoutes: Route[] = [
  get('/loans/:loanId/file', loanFile),
  get('/inspection/stories/:kind/:id', storyOf),
  get('/inspection/entries', findEntries),
  get('/inspection/heads', dailyHeads),
  post('/inspection/verifications', verifyAuditAct, { status: 200 }),
];
