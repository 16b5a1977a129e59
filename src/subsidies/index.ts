/** Interest subsidy: the face of the module. */
import {
  SubsidyAccount,
  SubsidyAppropriation,
  SubsidyClaim,
  SubsidyExclusion,
  SubsidyPayment,
  SubsidyRun,
} from './subsidy.entity';

export { appropriate } from './appropriate';
export { approveQuarter } from './approve-quarter';
export { type SubsidyFace, subsidiesOf } from './claim.queries';
export { payQuarter } from './pay-quarter';
export { proposeQuarter } from './propose-quarter';
export { subsidiesRoutes } from './subsidies.routes';

/** Table maps of this module. */
export const subsidiesEntities = [
  SubsidyRun,
  SubsidyClaim,
  SubsidyExclusion,
  SubsidyAccount,
  SubsidyAppropriation,
  SubsidyPayment,
];
