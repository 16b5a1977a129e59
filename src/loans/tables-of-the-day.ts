/** The classification tables of one date, asked for once a county: many loans are graded by few tables. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { policyAsOf } from '../policy';
import { type ClassTable, classificationTable } from './classification';

/** Holds the tables that were asked for. */
export class TablesOfTheDay {
  private readonly known = new Map<string, ClassTable>();

  constructor(
    private readonly sql: Sql,
    private readonly date: BusinessDate,
  ) {}

  /** The table of the county in which this region lies. @throws Problem policy.no-row-in-force */
  async of(regionCode: string): Promise<ClassTable> {
    const county = regionCode.slice(0, 6);
    let table = this.known.get(county);
    if (!table) {
      const place = { region: regionCode, date: this.date };
      table = (await policyAsOf(this.sql, classificationTable, place)).value;
      this.known.set(county, table);
    }
    return table;
  }
}
