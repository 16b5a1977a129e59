/** The public face of inspection: the trail of any record and the proof that it is unchanged. */
export { inspectionRoutes } from './inspection.routes';
export type { TrailLine } from './trail';
export { verifyAuditAct } from './verify-audit';
export { verifyAuditStep } from './verify-audit.job';
