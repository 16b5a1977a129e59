/**
 * The reference files of this module: one file of places for each county, and the roles. They are read at start
 * and by the operator's tool, never while serving.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fromRoot } from '../platform/root';
import { P } from './problems';
import { parseRegions, type RegionRow } from './region';
import { parseRoles, type RoleDefinition } from './role';

/** The counties whose places lie in the repository, as 6-digit codes. */
export function countiesOnFile(): string[] {
  return readdirSync(fromRoot('reference', 'regions'))
    .flatMap((file) => /^(\d{6})\.csv$/.exec(file)?.[1] ?? [])
    .sort();
}

/** The places of a county. @throws Problem identity.region-unknown when there is no such file. */
export function readRegionFile(county: string): RegionRow[] {
  const path = fromRoot('reference', 'regions', `${county}.csv`);
  if (!/^\d{6}$/.test(county) || !existsSync(path)) {
    throw P.regionUnknown({ detail: `没有 ${county} 的区划文件` });
  }
  return parseRegions(readFileSync(path, 'utf8'));
}

/** The roles as the repository defines them. */
export function readRoleFile(): RoleDefinition[] {
  return parseRoles(JSON.parse(readFileSync(fromRoot('reference', 'roles.json'), 'utf8')));
}
