/** Reading places: for screens, and for other modules that print where a record stands. */
import { NATIONAL, regionPrefix, SELF } from '../platform/authority';
import type { Sql } from '../platform/db/database';
import { findRow, listRows } from '../platform/db/store';
import { defineQuery } from '../platform/query';
import { answer, codeField, listOf, regionField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { P } from './problems';
import {
  chainCodes,
  LEVEL_NAMES,
  REGION_LEVELS,
  type RegionInfo,
  type RegionLevel,
  type RegionRow,
} from './region';
import { Region } from './region.entity';

/** The name of a place, 全国 for the country. @throws Problem identity.region-unknown */
export async function regionName(sql: Sql, code: string): Promise<string> {
  if (code === NATIONAL) return '全国';
  const row = await sql.one<{ name: string }>('SELECT name FROM region WHERE code = :code', {
    code,
  });
  if (!row) throw P.regionUnknown({ detail: `没有代码 ${code} 的区划` });
  return row.name;
}

/** The places from the province down to the place itself. Empty for the country and for unknown codes. */
export async function regionChain(sql: Sql, code: string): Promise<RegionInfo[]> {
  const chain = await listRows(sql, Region, { code: chainCodes(code) });
  if (chain.at(-1)?.code !== code) return [];
  return chain.map(({ code: own, name, level }) => ({ code: own, name, level }));
}

/** A place with those above it and all below it, by code; for whoever must find places by their names. */
export async function placesAround(sql: Sql, code: string): Promise<RegionInfo[]> {
  const below = await sql.rows<RegionInfo>(
    'SELECT code, name, level FROM region WHERE code > :code AND code <= :last ORDER BY code',
    { code, last: regionPrefix(code).padEnd(12, '9') },
  );
  return [...(await regionChain(sql, code)), ...below];
}

/**
 * A place that other modules' input names, of one of these levels where they are given.
 * @throws Problem identity.region-unknown, naming the field `region`
 */
export async function requireRegion(
  work: Work,
  code: string,
  ...levels: readonly RegionLevel[]
): Promise<RegionInfo> {
  const region = await findRow(work.tx, Region, { code });
  const wanted = levels.map((level) => LEVEL_NAMES[level]).join('或');
  const fits = region !== null && (levels.length === 0 || levels.includes(region.level));
  if (fits) return { code: region.code, name: region.name, level: region.level };
  const reason = region ? `${region.name}不是${wanted}区划` : `没有代码 ${code} 的区划`;
  throw P.regionUnknown({ detail: reason, fields: [{ field: 'region', reason }] });
}

/** The villages of a township by code: other modules count them. */
export function villagesOf(sql: Sql, townshipCode: string): Promise<Region[]> {
  return listRows(sql, Region, { parentCode: townshipCode, level: 'village' });
}

/** Whether every row of a county's file stands in the database as it is. */
export async function regionsUpToDate(sql: Sql, rows: readonly RegionRow[]): Promise<boolean> {
  const there = await listRows(sql, Region, { code: rows.map((row) => row.code) });
  const known = new Map(there.map((region) => [region.code, region.name]));
  return rows.every((row) => known.get(row.code) === row.name);
}

/** What a screen shows of a place. */
export const regionShape = () =>
  shape({
    code: regionField(),
    name: answer.text('名称'),
    level: codeField(REGION_LEVELS, '级别'),
  });

/** The places directly below one: the tree, opened level by level. It is public, so it has no limits. */
export const listRegions = defineQuery({
  name: 'identity.regions',
  title: '行政区划',
  permission: SELF,
  input: shape<{ parent?: string }>({
    parent: regionField('上级区划代码，缺省为本人辖区').optional(),
  }),
  answer: shape({ chain: listOf(regionShape()), children: listOf(regionShape()) }),
  run: async (read, input) => {
    const sql = read.unscoped('the administrative tree is published by the state');
    const parent = input.parent ?? read.actor.region;
    const children = await sql.rows<RegionInfo>(
      `SELECT code, name, level FROM region
        WHERE ${parent === NATIONAL ? 'parent_code IS NULL' : 'parent_code = :parent'} ORDER BY code`,
      parent === NATIONAL ? {} : { parent },
    );
    return { chain: await regionChain(sql, parent), children };
  },
});
