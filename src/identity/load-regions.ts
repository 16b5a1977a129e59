/** Loading places: every county's file can be loaded, again and again, and beside those of other counties. */
import { defineAct } from '../platform/act';
import { answer, Joi, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { readRegionFile } from './load-files';
import { P } from './problems';
import type { RegionRow } from './region';
import { RegionStore } from './region.store';

/** What a load changed. */
export interface RegionsLoaded {
  added: number;
  renamed: number;
}

/** Codes asked for in one statement. */
const PIECE = 500;

/**
 * Adds the places that are not there and gives the others the file's names. Harmless when repeated. The audit
 * hears of it from the act that calls.
 * @param rows parents before children
 * @throws Problem identity.region-moved when a code hangs elsewhere than before
 */
export async function loadRegions(work: Work, rows: readonly RegionRow[]): Promise<RegionsLoaded> {
  const store = new RegionStore(work);
  const loaded = { added: 0, renamed: 0 };
  for (let from = 0; from < rows.length; from += PIECE) {
    const piece = rows.slice(from, from + PIECE);
    const there = await store.list(piece.map((row) => row.code));
    const known = new Map(there.map((region) => [region.code, region]));
    const fresh = piece.filter((row) => !known.has(row.code));
    if (fresh.length > 0) await store.add(fresh);
    loaded.added += fresh.length;
    for (const row of piece) {
      const old = known.get(row.code);
      if (!old) continue;
      if (old.parentCode !== row.parentCode || old.level !== row.level) {
        throw P.regionMoved({ detail: `区划 ${row.code}` });
      }
      if (old.name === row.name) continue;
      await store.rename(row.code, row.name);
      loaded.renamed += 1;
    }
  }
  return loaded;
}

/** Loads the file of one county. No role holds the permission: the service does it at start, an operator may. */
export const loadCountyRegions = defineAct({
  name: 'identity.load-regions',
  title: '导入行政区划',
  permission: 'identity.set-up',
  input: shape<{ county: string }>({
    county: Joi.string()
      .pattern(/^\d{6}$/, '6 位县级区划代码')
      .description('县级区划代码'),
  }),
  answer: shape({ added: answer.count('新增'), renamed: answer.count('更名') }),
  prepare: async (_platform, input) => readRegionFile(input.county),
  locate: async (_work, input) => ({ region: `${input.county}000000` }),
  run: async (work, input, _at, prepared) => {
    const loaded = await loadRegions(work, prepared as RegionRow[]);
    work.record({ subject: { kind: 'region', id: `${input.county}000000` }, after: loaded });
    return loaded;
  },
});
