/** What the acts and tasks of importing load and save: the import itself, its sealed rows, outcomes and remarks. */
import type { FieldCrypto } from '../platform/crypto/field-crypto';
import type { BusinessDate } from '../platform/dates';
import { isUniqueViolation } from '../platform/db/errors';
import {
  type Fields,
  findRow,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import type { Work } from '../platform/work';
import {
  HouseholdImport,
  HouseholdImportRemark,
  HouseholdImportResult,
  HouseholdImportRow,
} from './import.entity';
import { type ImportState, type Outcome, type Remark, type RemarkPhase } from './import-outcome';
import type { StagedHousehold, StagedRow } from './import-staged';
import type { ListRow } from './list-row';
import { HouseholdProblem } from './problems';
import { accountIndex, idIndex as idIndexOf, phoneIndex } from './sealed-fields';

/** A row as it was read, on its way into the table. */
export interface ReadRow {
  row: number;
  code: string | null;
  idNumber: string | null;
  content: ListRow | null;
  remarks: Remark[];
}

const rowPlace = (importId: string, row: number) => ({
  table: 'household_import_row',
  column: 'content_sealed',
  id: `${importId}/${row}`,
});

/** A row as the table has it. Sealing takes no transaction, so it is done before one is opened. */
export function sealedRow(
  crypto: FieldCrypto,
  importId: string,
  { row, code, idNumber, content, remarks }: ReadRow,
): HouseholdImportRow {
  return {
    importId,
    rowNo: row,
    householdCode: code,
    idIndex: idNumber && idIndexOf(crypto, idNumber),
    contentSealed: content && crypto.seal(JSON.stringify(content), rowPlace(importId, row)),
    faults: remarks.filter((remark) => remark.kind === 'FAULT').length,
  };
}

/** Loads and saves imports within the work in hand. */
export class ImportStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem households.import-absent */
  async get(id: string): Promise<HouseholdImport> {
    const found = await findRow(this.work.tx, HouseholdImport, { id });
    if (!found) throw HouseholdProblem.importAbsent();
    return found;
  }

  /** @throws Problem households.import-open when the same file is being imported in the region. */
  async add(row: Fields<HouseholdImport>): Promise<void> {
    try {
      await insertRow(this.work.tx, HouseholdImport, row);
    } catch (error) {
      if (isUniqueViolation(error, 'household_import')) throw HouseholdProblem.importOpen();
      throw error;
    }
  }

  /** The newest import of a file that was applied in this region, null when there is none. */
  async appliedBefore(fileDigest: string, regionCode: string): Promise<HouseholdImport | null> {
    const found = await listRows(
      this.work.tx,
      HouseholdImport,
      { fileDigest, regionCode, state: 'APPLIED' },
      { id: 'desc' },
      1,
    );
    return found[0] ?? null;
  }

  /** @throws Problem platform.stale */
  update(
    row: HouseholdImport,
    changes: Partial<Omit<Fields<HouseholdImport>, 'version'>>,
  ): Promise<HouseholdImport> {
    return updateVersioned(this.work.tx, HouseholdImport, row, changes);
  }

  /**
   * Writes the import's row, so that a step of its task and a cancel wait for each other.
   * @throws Problem households.import-over when it is no longer in this state.
   */
  async hold(id: string, state: ImportState): Promise<void> {
    const held = await this.work.tx.exec(
      'UPDATE household_import SET state = state WHERE id = :id AND state = :state',
      { id, state },
    );
    if (held !== 1) throw HouseholdProblem.importOver();
  }

  /** Keeps read rows with what was said of them. */
  async addRows(rows: readonly HouseholdImportRow[], remarks: readonly Remark[]): Promise<void> {
    await insertRows(this.work.tx, HouseholdImportRow, rows);
    const [first] = rows;
    if (first) await this.addRemarks(first.importId, 'READ', remarks);
  }

  /** Keeps what was said of rows; the remarks of one row in one phase come in one call. */
  async addRemarks(
    importId: string,
    phase: RemarkPhase,
    remarks: readonly Remark[],
  ): Promise<void> {
    const counted = new Map<number, number>();
    const rows = remarks.map(({ row, kind, column, value, reason, remedy }) => {
      const no = counted.get(row) ?? 0;
      counted.set(row, no + 1);
      const said = { columnTitle: column, valueMasked: value.slice(0, 80) };
      return {
        importId,
        rowNo: row,
        phase,
        no,
        kind,
        ...said,
        reason: reason.slice(0, 500),
        remedy,
      };
    });
    await insertRows(this.work.tx, HouseholdImportRemark, rows);
  }

  /** Household codes of the list after one, in order. */
  async codesAfter(importId: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.work.tx.rows<{ code: string }>(
      `SELECT DISTINCT household_code AS code FROM household_import_row
        WHERE import_id = :importId AND household_code > :after
        ORDER BY household_code LIMIT :limit`,
      { importId, after, limit },
    );
    return rows.map((row) => row.code);
  }

  /** The rows of these households, opened. */
  async staged(importId: string, codes: readonly string[]): Promise<StagedHousehold[]> {
    const rows = await listRows(
      this.work.tx,
      HouseholdImportRow,
      { importId, householdCode: [...codes] },
      { householdCode: 'asc', rowNo: 'asc' },
    );
    const twice = await this.twice(importId, codes);
    const byCode = new Map(
      codes.map((code) => [
        code,
        { code, rows: [] as StagedRow[], faultyRows: [] as number[], twice: twice.get(code) ?? [] },
      ]),
    );
    for (const row of rows) {
      const household = byCode.get(row.householdCode as string);
      if (row.contentSealed === null) household?.faultyRows.push(row.rowNo);
      else household?.rows.push(this.opened(row, row.contentSealed));
    }
    return [...byCode.values()];
  }

  private opened(row: HouseholdImportRow, sealed: string): StagedRow {
    const { crypto } = this.work;
    const content = JSON.parse(crypto.open(sealed, rowPlace(row.importId, row.rowNo))) as ListRow;
    const { phone, account } = content.person;
    return {
      ...content,
      row: row.rowNo,
      idIndex: row.idIndex as string,
      phoneIndex: phone && phoneIndex(crypto, phone),
      accountIndex: account && accountIndex(crypto, account),
    };
  }

  /** Rows of these households whose person stands in another household of the list too, by code. */
  private async twice(importId: string, codes: readonly string[]) {
    const found = await this.work.tx.rows<{ code: string; rowNo: number; otherRow: number }>(
      `SELECT a.household_code AS code, a.row_no AS rowNo, MIN(b.row_no) AS otherRow
         FROM household_import_row a JOIN household_import_row b
              ON b.import_id = a.import_id AND b.id_index = a.id_index
        WHERE a.import_id = :importId AND a.household_code IN (:codes)
          AND b.household_code <> a.household_code
        GROUP BY a.household_code, a.row_no`,
      { importId, codes },
    );
    const byCode = new Map<string, { row: number; otherRow: number }[]>();
    for (const { code, rowNo: row, otherRow } of found) {
      byCode.set(code, [...(byCode.get(code) ?? []), { row, otherRow }]);
    }
    return byCode;
  }

  addResults(results: readonly HouseholdImportResult[]): Promise<void> {
    return insertRows(this.work.tx, HouseholdImportResult, results);
  }

  /** Outcomes that were confirmed and are not applied yet, in order of code. */
  async waiting(importId: string, limit: number): Promise<HouseholdImportResult[]> {
    const outcome: Outcome[] = ['NEW', 'CHANGED'];
    const where = { importId, outcome, appliedOutcome: null };
    return listRows(this.work.tx, HouseholdImportResult, where, { householdCode: 'asc' }, limit);
  }

  /** Notes what became of households of one outcome. */
  async applied(importId: string, outcome: Outcome, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return;
    await this.work.tx.exec(
      `UPDATE household_import_result SET applied_outcome = :outcome
        WHERE import_id = :importId AND household_code IN (:codes)`,
      { importId, outcome, codes },
    );
  }

  /** Households that the confirmation leaves as they are. */
  async applyStill(importId: string): Promise<void> {
    await this.work.tx.exec(
      `UPDATE household_import_result SET applied_outcome = outcome
        WHERE import_id = :importId AND outcome IN ('UNCHANGED', 'REJECTED')`,
      { importId },
    );
  }

  /** Removes at most `limit` rows with their personal data; returns how many. */
  async purgeRows(importId: string, limit: number): Promise<number> {
    const { tx } = this.work;
    const rows = await tx.rows<{ no: number }>(
      `SELECT row_no AS no FROM household_import_row WHERE import_id = :importId
        ORDER BY row_no LIMIT :limit`,
      { importId, limit },
    );
    if (rows.length === 0) return 0;
    return tx.exec(
      'DELETE FROM household_import_row WHERE import_id = :importId AND row_no IN (:numbers)',
      { importId, numbers: rows.map((row) => row.no) },
    );
  }

  /** Imports whose rows are still kept although they are over, or were begun before `day`; by id. */
  async toSweep(after: string, day: BusinessDate, limit: number): Promise<HouseholdImport[]> {
    const rows = await this.work.tx.rows<{ id: string }>(
      `SELECT id FROM household_import
        WHERE rows_kept = 1 AND id > :after AND (ended_on IS NOT NULL OR started_on < :day)
        ORDER BY id LIMIT :limit`,
      { after, day, limit },
    );
    return listRows(this.work.tx, HouseholdImport, { id: rows.map((row) => row.id) });
  }
}
