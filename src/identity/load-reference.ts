/** Bringing the database up to the reference files at start: places of every county on file, and the roles. */
import { perform } from '../platform/act';
import { SYSTEM_ACTOR } from '../platform/authority';
import type { Platform } from '../platform/work';
import { countiesOnFile, readRegionFile, readRoleFile } from './load-files';
import { loadCountyRegions } from './load-regions';
import { loadRolesOfFile } from './load-roles';
import { regionsUpToDate } from './region.queries';
import { rolesUpToDate } from './role.queries';

const REQUEST = { actor: SYSTEM_ACTOR, requestId: 'load-files' };

/**
 * Loads the places that are not in the database as on file, through an audited act of the system for each county;
 * a start that finds nothing new writes nothing. Returns the counties loaded, as 6-digit codes.
 * @param counties 6-digit codes; all on file by default
 */
export async function loadReferenceRegions(
  platform: Platform,
  counties: readonly string[] = countiesOnFile(),
): Promise<string[]> {
  const loaded: string[] = [];
  for (const county of counties) {
    if (await regionsUpToDate(platform.db.reader(), readRegionFile(county))) continue;
    await perform(platform, loadCountyRegions, { ...REQUEST, input: { county } });
    loaded.push(county);
  }
  return loaded;
}

/** Loads reference/roles.json when the database differs from it, likewise. Returns whether it did. */
export async function loadRoles(platform: Platform): Promise<boolean> {
  if (await rolesUpToDate(platform.db.reader(), readRoleFile())) return false;
  await perform(platform, loadRolesOfFile, { ...REQUEST, input: {} });
  return true;
}
