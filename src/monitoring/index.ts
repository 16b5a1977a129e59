/** Post-loan care: the face of the module. Nothing else of it may be imported from outside. */
import {
  LoanResponsibility,
  LoanResponsibilityShare,
  MonitoringFlag,
  UseCheck,
  UseCheckPhoto,
  UseCheckPlan,
} from './monitoring.entity';

export { assignResponsibility } from './assign-responsibility';
export { type CheckFace, checksOf } from './check-faces.queries';
export { decideFlag } from './decide-flag';
export { keepUsePhoto } from './keep-use-photo';
export { onLineUnfreezing, onLoanDisbursed, onLoanRepaid } from './listeners';
export { planChecksStep } from './monitoring.job';
export { monitoringRoutes } from './monitoring.routes';
export { useDiverted } from './monitoring-events';
export { recordUseCheck } from './record-use-check';
export { USE_NAMES } from './use-check';

/** Table maps of this module. */
export const monitoringEntities = [
  UseCheckPlan,
  UseCheck,
  UseCheckPhoto,
  MonitoringFlag,
  LoanResponsibility,
  LoanResponsibilityShare,
];
