/** Tables of import and export: the import, its sealed rows, its outcome by household, what was said of its rows. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongTextColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { HouseholdKind } from './household-kind';
import type { ImportCounts, ImportState, Outcome, RemarkKind, RemarkPhase } from './import-outcome';

/** What a file turned out to be, told to the officer. */
export interface ImportAbout {
  format: 'xlsx' | 'csv';
  /** The sheet that was read, and those that were not. */
  sheet: string | null;
  otherSheets: string[];
  encoding: string | null;
  headerRow: number;
  /** Columns that were understood, by our titles, and those that were not, as the file writes them. */
  columns: string[];
  unknownColumns: string[];
}

/** One import of a list. */
@Entity('household_import')
export class HouseholdImport {
  @IdColumn() id: string;
  /** Where the importer stands; the list may hold households of this region only. */
  @TextColumn(12) regionCode: string;
  @TextColumn(26) fileId: string;
  @TextColumn(200) fileName: string;
  @DigestColumn() fileDigest: string;
  @TextColumn(80, { nullable: true }) openKey: string | null;
  /** The document by which the list was made. */
  @TextColumn(200) source: string;
  @TextColumn(20, { nullable: true }) defaultStatus: HouseholdKind | null;
  @DateColumn({ nullable: true }) defaultFromOn: BusinessDate | null;
  @TextColumn(12) state: ImportState;
  @TextColumn(26, { nullable: true }) taskId: string | null;
  @TextColumn(40) startedBy: string;
  @TextColumn(60) startedByName: string;
  @DateColumn() startedOn: BusinessDate;
  @InstantColumn() startedAt: Instant;
  @JsonColumn({ nullable: true }) about: ImportAbout | null;
  @JsonColumn({ nullable: true }) counts: ImportCounts | null;
  @DigestColumn({ nullable: true }) countsDigest: string | null;
  @TextColumn(40, { nullable: true }) confirmedBy: string | null;
  @DateColumn({ nullable: true }) appliedOn: BusinessDate | null;
  @JsonColumn({ nullable: true }) appliedCounts: ImportCounts | null;
  @TextColumn(26, { nullable: true }) errorFileId: string | null;
  @TextColumn(500, { nullable: true }) note: string | null;
  @DateColumn({ nullable: true }) endedOn: BusinessDate | null;
  @BoolColumn() rowsKept: boolean;
  @VersionColumn() version: number;
}

/** One row of the list; removed when the import is over. */
@Entity('household_import_row')
export class HouseholdImportRow {
  @KeyColumn(26) importId: string;
  @IntColumn({ key: true }) rowNo: number;
  @TextColumn(32, { nullable: true }) householdCode: string | null;
  @DigestColumn({ nullable: true }) idIndex: string | null;
  @LongTextColumn({ nullable: true }) contentSealed: string | null;
  @IntColumn() faults: number;
}

/** What becomes of one household of the list. */
@Entity('household_import_result')
export class HouseholdImportResult {
  @KeyColumn(26) importId: string;
  @KeyColumn(32) householdCode: string;
  @IntColumn() firstRow: number;
  @IntColumn() rowCount: number;
  @TextColumn(10) outcome: Outcome;
  @TextColumn(500) changes: string;
  @DigestColumn({ nullable: true }) planMac: string | null;
  @TextColumn(10, { nullable: true }) appliedOutcome: Outcome | null;
}

/** What was said of one row. */
@Entity('household_import_remark')
export class HouseholdImportRemark {
  @KeyColumn(26) importId: string;
  @IntColumn({ key: true }) rowNo: number;
  @KeyColumn(8) phase: RemarkPhase;
  @IntColumn({ key: true }) no: number;
  @TextColumn(6) kind: RemarkKind;
  @TextColumn(40) columnTitle: string;
  @TextColumn(80) valueMasked: string;
  @TextColumn(500) reason: string;
  @TextColumn(300) remedy: string;
}

/** One export of the register. */
@Entity('household_export')
export class HouseholdExport {
  @IdColumn() id: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(20, { nullable: true }) status: HouseholdKind | null;
  @DateColumn() onDate: BusinessDate;
  /** With whole ID numbers, phones and accounts. */
  @BoolColumn() fullForm: boolean;
  @TextColumn(200) reason: string;
  @TextColumn(26, { nullable: true }) taskId: string | null;
  @TextColumn(40) askedBy: string;
  @TextColumn(60) askedByName: string;
  @InstantColumn() askedAt: Instant;
  @TextColumn(12) state: 'RUNNING' | 'DONE';
  @IntColumn({ nullable: true }) households: number | null;
  @IntColumn({ nullable: true }) persons: number | null;
  @TextColumn(26, { nullable: true }) fileId: string | null;
  @VersionColumn() version: number;
}
