/** What the inspector asks for. */
import { get, post, type Route } from '../platform/http/routes';
import { dailyHeads, findEntries, storyOf } from './trail.queries';
import { verifyAuditAct } from './verify-audit';

export const inspectionRoutes: Route[] = [
  get('/inspection/stories/:kind/:id', storyOf),
  get('/inspection/entries', findEntries),
  get('/inspection/heads', dailyHeads),
  post('/inspection/verifications', verifyAuditAct, { status: 200 }),
];
