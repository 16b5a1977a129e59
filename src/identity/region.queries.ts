/** Reading places: for screens, and for other modules that print where a record stands. */
import { NATIONAL, SELF } from '../platform/authority';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { defineQuery } from '../platform/query';
import { answer, codeField, listOf, regionField, shape } from '../platform/shape';
import { P } from './problems';
import { chainCodes, REGION_LEVELS, type RegionInfo } from './region';
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
    parent: regionField('上级区划代码,缺省为本人辖区').optional(),
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
