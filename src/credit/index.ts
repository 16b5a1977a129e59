/** The face of credit: ratings and the lines they give. Nothing else is imported from outside. */
import { Rating, RatingContentRow } from './rating.entity';

export { confirmLine } from './confirm-line';
export { creditRoutes } from './credit.routes';
export { type Evidence, type RepaymentRecord, useEvidence } from './evidence';
export { rateHousehold } from './rate-household';
export { type Line, lineOn } from './ratings.queries';

/** Table maps of this module. */
export const creditEntities = [Rating, RatingContentRow];
