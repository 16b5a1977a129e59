/** Loading and saving places. */
import { insertRows, listRows } from '../platform/db/store';
import type { Work } from '../platform/work';
import type { RegionRow } from './region';
import { Region } from './region.entity';

export class RegionStore {
  constructor(private readonly work: Work) {}

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
