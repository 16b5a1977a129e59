/** The face of the module `identity`: who may do what, and where places are. */
import type { AnyAct } from '../platform/act';
import { setUpCounty } from './bootstrap';
import { changePassword } from './change-password';
import { createUser } from './create-user';
import { disableUser } from './disable-user';
import { grantRole } from './grant-role';
import { issueToken } from './issue-token';
import { loadCountyRegions } from './load-regions';
import { loadRolesOfFile } from './load-roles';
import { Organisation } from './organisation.entity';
import { Region } from './region.entity';
import { registerOrganisation } from './register-organisation';
import { resetPassword } from './reset-password';
import { revokeRole } from './revoke-role';
import { revokeToken } from './revoke-token';
import { Role, RolePermission, UserRole } from './role.entity';
import { MachineToken, UserSession } from './session.entity';
import { signIn } from './sign-in';
import { signOut } from './sign-out';
import { PasswordHistory, SignInGuard, User } from './user.entity';

export { type Account, actorById, userByLogin } from './account.queries';
export { authorityOf } from './authority';
export {
  type AdministratorInput,
  type BootstrapAnswer,
  type BootstrapInput,
  bootstrap,
  type MadeAdministrator,
} from './bootstrap';
export { identityRoutes } from './identity.routes';
export { loadReferenceRegions, loadRoles } from './load-reference';
export { loadRegions, type RegionsLoaded } from './load-regions';
export { checkRoles } from './load-roles';
export type { OrganisationInfo } from './organisation';
export { organisationById, requireBank } from './organisation.queries';
export { parseRegions, type RegionInfo, type RegionLevel, type RegionRow } from './region';
export { placesAround, regionChain, regionName, requireRegion, villagesOf } from './region.queries';
export {
  type ReadSecurityRules,
  type SecurityRules,
  securityRulesSchema,
  useSecurityRules,
} from './security-rules';
export { sweepSessionsStep } from './sessions.job';
export { countUsers } from './user.queries';
export {
  changePassword,
  createUser,
  disableUser,
  grantRole,
  issueToken,
  registerOrganisation,
  resetPassword,
  revokeRole,
  revokeToken,
  signIn,
  signOut,
};

/** All acts of the module, mounted or not. */
export const identityActs: readonly AnyAct[] = [
  changePassword,
  createUser,
  disableUser,
  grantRole,
  issueToken,
  loadCountyRegions,
  loadRolesOfFile,
  registerOrganisation,
  resetPassword,
  revokeRole,
  revokeToken,
  setUpCounty,
  signIn,
  signOut,
];

/** All table maps of the module. */
export const identityEntities = [
  MachineToken,
  Organisation,
  PasswordHistory,
  Region,
  Role,
  RolePermission,
  SignInGuard,
  User,
  UserRole,
  UserSession,
];
