/** The face of the register: households, their members and statuses. Nothing else is imported from outside. */

import { exportTask } from './export-task';
import {
  Household,
  HouseholdEdit,
  HouseholdHead,
  HouseholdMember,
  HouseholdPlace,
  HouseholdStatus,
  MemberTraits,
  VillageMerger,
} from './household.entity';
import {
  HouseholdExport,
  HouseholdImport,
  HouseholdImportRemark,
  HouseholdImportResult,
  HouseholdImportRow,
} from './import.entity';
import { importTask } from './import-task';
import { remapTask } from './remap-task';

export { changeStatus } from './change-status';
export {
  type HouseholdChanging,
  type HouseholdMoved,
  householdChanging,
  householdMoved,
} from './household-events';
export {
  HOUSEHOLD_KINDS,
  type HouseholdKind,
  KIND_NAMES,
  LISTED_KINDS,
  RELATION_NAMES,
} from './household-kind';
export {
  type HouseholdFace,
  householdFor,
  isListed,
  listedHouseholds,
  statusOn,
} from './households.queries';
export { householdsRoutes } from './households.routes';
export { touchHousehold } from './households.store';
export { checkCharacter } from './id-number';
export { sweepImportsStep } from './imports.job';
export { LIST_COLUMNS, type ListField, titleOf } from './list-columns';
export {
  headOn,
  householdOf,
  type MemberFace,
  type MemberOn,
  memberFor,
  membersOfAll,
  membersOn,
  placeOn,
  type Workers,
  workersAmong,
  workersOf,
} from './members.queries';
export { registerHousehold } from './register-household';

/** Table maps of this module. */
export const householdsEntities = [
  Household,
  HouseholdEdit,
  HouseholdExport,
  HouseholdHead,
  HouseholdImport,
  HouseholdImportRemark,
  HouseholdImportResult,
  HouseholdImportRow,
  HouseholdMember,
  HouseholdPlace,
  HouseholdStatus,
  MemberTraits,
  VillageMerger,
];

/** Long tasks of this module. */
export const householdsTasks = [importTask, exportTask, remapTask];
