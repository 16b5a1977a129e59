/** The face of the register: households, their members and statuses. Nothing else is imported from outside. */
import { Household, HouseholdMember, HouseholdStatus } from './household.entity';

export { changeStatus } from './change-status';
export { HOUSEHOLD_KINDS, type HouseholdKind, KIND_NAMES, RELATION_NAMES } from './household-kind';
export {
  type HouseholdFace,
  householdFor,
  type MemberFace,
  memberFor,
  statusOn,
} from './households.queries';
export { householdsRoutes } from './households.routes';
export { touchHousehold } from './households.store';
export { checkCharacter } from './id-number';
export { registerHousehold } from './register-household';

/** Table maps of this module. */
export const householdsEntities = [Household, HouseholdMember, HouseholdStatus];
