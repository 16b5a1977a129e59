/** Tables of bank files: the file as it was uploaded, and its rows with what became of them. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  LongTextColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type {
  BankFileCounts,
  BankFileKind,
  BankFileState,
  Outcome,
  Remark,
  Resolution,
  RowState,
} from './bank-file';

/** What a file turned out to be, told to the officers. */
export interface FileAbout {
  format: 'xlsx' | 'csv';
  /** The sheet that was read, and those that were not. */
  sheet: string | null;
  otherSheets: string[];
  encoding: string | null;
  headerRow: number;
  /** Columns that were understood, by our titles, and those that were not, as the file writes them. */
  columns: string[];
  unknownColumns: string[];
  /** In what the amounts are written: yuan, or ten thousand yuan (万元). */
  unit: 'yuan' | 'wan';
  /** Rows without a payment (totals, signatures), the first of them by number, and how many. */
  skippedRows: number[];
  skipped: number;
  /** The total that the file itself gives, null where it gives none. */
  statedTotalFen: Fen | null;
}

/** One uploaded file. */
@Entity('bank_file')
export class BankFile {
  @IdColumn() id: string;
  @TextColumn(40) bankId: string;
  /** Where the uploader stands; rows are matched with loans of this region only. */
  @TextColumn(12) regionCode: string;
  @TextColumn(12) kind: BankFileKind;
  @TextColumn(26) fileId: string;
  @TextColumn(200) fileName: string;
  @DigestColumn() fileDigest: string;
  /** Bank, kind and digest: the same bytes are one file, unless it was given up. */
  @TextColumn(130, { nullable: true }) digestKey: string | null;
  @TextColumn(12) state: BankFileState;
  @TextColumn(26, { nullable: true }) taskId: string | null;
  @TextColumn(40) startedBy: string;
  @TextColumn(60) startedByName: string;
  @DateColumn() startedOn: BusinessDate;
  @InstantColumn() startedAt: Instant;
  @JsonColumn({ nullable: true }) about: FileAbout | null;
  @JsonColumn({ nullable: true }) counts: BankFileCounts | null;
  @DigestColumn({ nullable: true }) countsDigest: string | null;
  @TextColumn(40, { nullable: true }) confirmedBy: string | null;
  @TextColumn(60, { nullable: true }) confirmedByName: string | null;
  @DateColumn({ nullable: true }) confirmedOn: BusinessDate | null;
  @TextColumn(26, { nullable: true }) errorFileId: string | null;
  @TextColumn(500, { nullable: true }) note: string | null;
  @DateColumn({ nullable: true }) endedOn: BusinessDate | null;
  @VersionColumn() version: number;
}

/** One row of a file. Bank, kind and uploader are copied from the file for keys and checks. */
@Entity('bank_file_row')
export class BankFileRow {
  @IdColumn() id: string;
  @TextColumn(26) bankFileId: string;
  @IntColumn() rowNo: number;
  @TextColumn(40) bankId: string;
  @TextColumn(12) kind: BankFileKind;
  @TextColumn(40) uploadedBy: string;
  /** The contract number as the file writes it; masked where it may be something else. */
  @TextColumn(60, { nullable: true }) contractShown: string | null;
  @TextColumn(60, { nullable: true }) nameMasked: string | null;
  /** Contract number and name as written, sealed; gone once the row has been matched. */
  @LongTextColumn({ nullable: true }) writtenSealed: string | null;
  @TextColumn(64, { nullable: true }) reference: string | null;
  @DateColumn({ nullable: true }) paidOn: BusinessDate | null;
  @MoneyColumn({ nullable: true }) amountFen: Fen | null;
  @TextColumn(26, { nullable: true }) loanId: string | null;
  /** Null until the row has been matched. */
  @TextColumn(10, { nullable: true }) outcome: Outcome | null;
  @JsonColumn() remarks: Remark[];
  @TextColumn(10) state: RowState;
  @TextColumn(26, { nullable: true }) repaymentId: string | null;
  @TextColumn(130, { nullable: true }) workKey: string | null;
  @TextColumn(10, { nullable: true }) resolution: Resolution | null;
  @TextColumn(40, { nullable: true }) resolvedBy: string | null;
  @TextColumn(60, { nullable: true }) resolvedByName: string | null;
  @InstantColumn({ nullable: true }) resolvedAt: Instant | null;
  @TextColumn(300, { nullable: true }) resolveReason: string | null;
  @VersionColumn() version: number;
}
