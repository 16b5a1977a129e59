/** Paths of the register. Acts that make no record answer 200. */
import { get, post, type Route } from '../platform/http/routes';
import { addMember } from './add-member';
import { changeHead } from './change-head';
import { changeStatus } from './change-status';
import { changeTraits } from './change-traits';
import { correctMember } from './correct-member';
import { listEdits, listHouseholdEdits } from './edits.queries';
import { findByIdNumber } from './find-by-id-number';
import { listedHousehold, showHousehold } from './household-screen.queries';
import { importsRoutes } from './imports.routes';
import { mergeHouseholds } from './merge-households';
import { moveHousehold } from './move-household';
import { listMembers } from './people.queries';
import { listHouseholds } from './register.queries';
import { registerHousehold } from './register-household';
import { remapVillage } from './remap-village';
import { removeMember } from './remove-member';
import { revealMember } from './reveal-member';
import { setSubsidyAccount } from './set-subsidy-account';
import { splitHousehold } from './split-household';

export const householdsRoutes: Route[] = [
  get('/households', listHouseholds),
  post('/households', registerHousehold),
  post('/households/find-by-id-number', findByIdNumber, { status: 200 }),
  get('/households/:householdId', showHousehold),
  get('/households/:householdId/listed', listedHousehold),
  get('/households/:householdId/edits', listHouseholdEdits),
  post('/households/:householdId/status', changeStatus),
  post('/households/:householdId/head', changeHead),
  post('/households/:householdId/subsidy-account', setSubsidyAccount),
  post('/households/:householdId/move', moveHousehold),
  post('/households/:householdId/merge', mergeHouseholds),
  post('/households/:householdId/split', splitHousehold),
  post('/households/:householdId/members', addMember),
  post('/households/:householdId/members/:memberId/correct', correctMember),
  post('/households/:householdId/members/:memberId/traits', changeTraits),
  post('/households/:householdId/members/:memberId/leave', removeMember),
  get('/household-edits', listEdits),
  post('/village-mergers', remapVillage),
  get('/members', listMembers),
  post('/members/:memberId/reveal', revealMember, { status: 200 }),
  ...importsRoutes,
];
