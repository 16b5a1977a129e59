/** Loading and saving places. */
import { findRow, insertRows, listRows } from '../platform/db/store';
import type { Work } from '../platform/work';
import { P } from './problems';
import { LEVEL_NAMES, type RegionLevel, type RegionRow } from './region';
import { Region } from './region.entity';

export class RegionStore {
  constructor(private readonly work: Work) {}

  /**
   * A place, of one of these levels where they are given.
   * @throws Problem identity.region-unknown
   */
  async get(code: string, ...levels: readonly RegionLevel[]): Promise<Region> {
    const region = await findRow(this.work.tx, Region, { code });
    const wanted = levels.map((level) => LEVEL_NAMES[level]).join('或');
    if (!region) {
      throw P.regionUnknown({ fields: [{ field: 'region', reason: `没有代码 ${code} 的区划` }] });
    }
    if (levels.length > 0 && !levels.includes(region.level)) {
      const reason = `${region.name}不是${wanted}区划`;
      throw P.regionUnknown({ detail: reason, fields: [{ field: 'region', reason }] });
    }
    return region;
  }

  /** Those of the codes that are there. */
  list(codes: readonly string[]): Promise<Region[]> {
    return listRows(this.work.tx, Region, { code: codes });
  }

  /** Adds places, parents first. */
  add(rows: readonly RegionRow[]): Promise<void> {
    return insertRows(this.work.tx, Region, rows);
  }

  /** Gives a place its new name. */
  async rename(code: string, name: string): Promise<void> {
    await this.work.tx.exec('UPDATE region SET name = :name WHERE code = :code', { code, name });
  }
}
