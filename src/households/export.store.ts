/** Exports as their acts and their task load and save them. */
import { type Fields, findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { HouseholdExport } from './import.entity';
import { HouseholdProblem } from './problems';

/** Loads and saves exports within the work in hand. */
export class ExportStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem households.export-absent */
  async get(id: string): Promise<HouseholdExport> {
    const found = await findRow(this.work.tx, HouseholdExport, { id });
    if (!found) throw HouseholdProblem.exportAbsent();
    return found;
  }

  add(row: Fields<HouseholdExport>): Promise<void> {
    return insertRow(this.work.tx, HouseholdExport, row);
  }

  /** @throws Problem platform.stale */
  update(
    row: HouseholdExport,
    changes: Partial<Omit<Fields<HouseholdExport>, 'version'>>,
  ): Promise<HouseholdExport> {
    return updateVersioned(this.work.tx, HouseholdExport, row, changes);
  }
}
