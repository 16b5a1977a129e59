/** Reading the file of a bank: its header, then payment by payment; totals and signatures are passed over and counted. */
import { readFileParts } from '../platform/files/file.store';
import { type Fen, ZERO_FEN } from '../platform/money';
import { HEADER_WITHIN } from '../platform/sheets/columns';
import { readSheet } from '../platform/sheets/read-sheet';
import type { SheetAbout, SheetRow } from '../platform/sheets/sheet';
import type { Platform } from '../platform/work';
import { MAX_FILE_ROWS } from './bank-file';
import type { BankFile, FileAbout } from './bank-file.entity';
import { columnsOf, type FileColumns, findColumns } from './columns';
import { type FileRow, readLine } from './file-row';

/** So many numbers of rows that were passed over are told. */
const SKIPPED_SHOWN = 20;

/** The payments of a file as they are read, after its header. */
export class FileReader {
  /** Payments so far. */
  count = 0;
  private sheet: SheetAbout | undefined;
  private columns: FileColumns | undefined;
  private readonly skippedRows: number[] = [];
  private skipped = 0;
  private statedTotalFen: Fen | null = null;

  constructor(
    private readonly platform: Platform,
    private readonly file: BankFile,
  ) {}

  async *payments(): AsyncGenerator<FileRow> {
    const source = readSheet(readFileParts(this.platform, this.file.fileId), {
      name: this.file.fileName,
      maxRows: MAX_FILE_ROWS,
      opened: (about) => {
        this.sheet = about;
      },
    });
    try {
      const head: SheetRow[] = [];
      while (head.length < HEADER_WITHIN) {
        const { value, done } = await source.next();
        if (done) break;
        head.push(value);
      }
      const columns = findColumns(head, this.file.kind);
      this.columns = columns;
      for (const row of head.filter(({ number }) => number > columns.headerRow)) {
        yield* this.read(row, columns);
      }
      for await (const row of source) yield* this.read(row, columns);
    } finally {
      await source.return(undefined);
    }
  }

  private *read(row: SheetRow, columns: FileColumns): Generator<FileRow> {
    const { kind, startedOn: today } = this.file;
    const line = readLine(row, { kind, columns, today });
    if (line.kind === 'payment') {
      this.count += 1;
      yield line.payment;
      return;
    }
    this.skipped += 1;
    if (this.skippedRows.length < SKIPPED_SHOWN) this.skippedRows.push(row.number);
    if (line.kind === 'total' && !line.part) this.statedTotalFen = line.totalFen ?? ZERO_FEN;
  }

  /** What the file turned out to be; whole once all payments have been read. */
  about(): FileAbout {
    const { sheet, columns } = this;
    const known = columnsOf(this.file.kind).filter(({ field }) => columns?.columns.has(field));
    return {
      format: sheet?.format ?? 'csv',
      sheet: sheet?.sheet ?? null,
      otherSheets: [...(sheet?.others ?? [])],
      encoding: sheet?.encoding ?? null,
      headerRow: columns?.headerRow ?? 1,
      columns: known.map(({ title }) => title),
      unknownColumns: [...(columns?.unknown ?? [])],
      unit: columns?.unit ?? 'yuan',
      skippedRows: this.skippedRows,
      skipped: this.skipped,
      statedTotalFen: this.statedTotalFen,
    };
  }
}
