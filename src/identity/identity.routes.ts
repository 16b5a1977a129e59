/** Addresses of signing in, users, organisations, places, roles and tokens. */
import { get, post, type Route } from '../platform/http/routes';
import { changePassword } from './change-password';
import { createUser } from './create-user';
import { disableUser } from './disable-user';
import { grantRole } from './grant-role';
import { issueToken } from './issue-token';
import { readMe } from './me.queries';
import { listOrganisations } from './organisation.queries';
import { listRegions } from './region.queries';
import { registerOrganisation } from './register-organisation';
import { resetPassword } from './reset-password';
import { revokeRole } from './revoke-role';
import { revokeToken } from './revoke-token';
import { listRoles } from './role.queries';
import { signIn } from './sign-in';
import { signOut } from './sign-out';
import { listTokens, listUsers, readUser } from './user.queries';

export const identityRoutes: Route[] = [
  post('/session', signIn, { status: 200, session: 'open' }),
  post('/session/end', signOut, { status: 200, session: 'close' }),
  get('/session', readMe),
  // The new session's token becomes the cookie; the old ones are dead.
  post('/password', changePassword, { status: 200, session: 'open' }),
  get('/users', listUsers),
  post('/users', createUser),
  get('/users/:userId', readUser),
  post('/users/:userId/disable', disableUser, { status: 200 }),
  post('/users/:userId/password', resetPassword, { status: 200 }),
  post('/users/:userId/roles', grantRole),
  post('/users/:userId/roles/:role/revoke', revokeRole, { status: 200 }),
  get('/organisations', listOrganisations),
  post('/organisations', registerOrganisation),
  get('/regions', listRegions),
  get('/roles', listRoles),
  get('/tokens', listTokens),
  post('/tokens', issueToken),
  post('/tokens/:tokenId/revoke', revokeToken, { status: 200 }),
];
