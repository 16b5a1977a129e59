/**
 * Places: the administrative tree of the national statistical codes, five levels, 12 digits each. Laws: a place is
 * known by its code, never by its name (names repeat); the parent of a code is the code with its last level
 * zeroed; a place never changes its parent or level, it may change its name. Any county's file can be loaded.
 * Source of the codes: National Bureau of Statistics, see reference/regions/README.md.
 */
import { parse } from 'csv-parse/sync';
import { NATIONAL, regionPrefix } from '../platform/authority';
import { check } from '../platform/check';

/** The levels of the tree, widest first. */
export const REGION_LEVELS = ['province', 'city', 'county', 'township', 'village'] as const;

export type RegionLevel = (typeof REGION_LEVELS)[number];

/** What the levels are called. */
export const LEVEL_NAMES: Readonly<Record<RegionLevel, string>> = {
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇级',
  village: '村级',
};

/** A place as other modules see it. */
export interface RegionInfo {
  code: string;
  name: string;
  level: RegionLevel;
}

/** A row of a county's file; `parentCode` null for a province. */
export interface RegionRow extends RegionInfo {
  parentCode: string | null;
}

/** How many digits of the code say where a place of each level lies. */
const DIGITS: Readonly<Record<RegionLevel, number>> = {
  province: 2,
  city: 4,
  county: 6,
  township: 9,
  village: 12,
};

/** The level of a code by its zeros; null for the country. A village whose number is 000 does not exist. */
export function levelOf(code: string): RegionLevel | null {
  const { length } = regionPrefix(code);
  return REGION_LEVELS.find((level) => DIGITS[level] === length) ?? null;
}

/** The codes from the province down to the place itself: `450328100000` → 45…, 4503…, 450328…, itself. */
export function chainCodes(code: string): string[] {
  const own = regionPrefix(code).length;
  return REGION_LEVELS.map((level) => DIGITS[level])
    .filter((digits) => digits <= own)
    .map((digits) => code.slice(0, digits).padEnd(12, '0'));
}

/** The code of the place above; null for a province and for the country. */
export function parentOf(code: string): string | null {
  return chainCodes(code).at(-2) ?? null;
}

/**
 * Reads a county's file: `code,name,level,parent_code`, parents before children.
 * @throws CheckFailed when a row is not of that form; a wrong file is a mistake of whoever made it.
 */
export function parseRegions(csv: string): RegionRow[] {
  const records: Record<string, string>[] = parse(csv, { columns: true, bom: true, trim: true });
  return records.map((record, index) => {
    const { code = '', name = '', level, parent_code: parent } = record;
    const line = `Line ${index + 2} of the regions file`;
    check(/^\d{12}$/.test(code) && code !== NATIONAL, `${line} has no 12-digit code.`);
    check(name.length > 0 && name.length <= 60, `${line} has no name.`);
    const own = levelOf(code);
    check(own !== null && own === level, `${line} has not the level of its code.`);
    const parentCode = parentOf(code);
    check(parent === (parentCode ?? NATIONAL), `${line} has not the parent of its code.`);
    return { code, name, level: own, parentCode };
  });
}
