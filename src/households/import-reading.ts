/** Reading the file of an import: its header, then row by row, each with what is wrong with it. */
import { placesAround } from '../identity';
import { readFileParts } from '../platform/files/file.store';
import { type ColumnMap, HEADER_WITHIN, mapColumns } from '../platform/sheets/columns';
import { SheetProblem } from '../platform/sheets/problems';
import { readSheet } from '../platform/sheets/read-sheet';
import type { SheetAbout, SheetRow } from '../platform/sheets/sheet';
import type { Platform } from '../platform/work';
import type { HouseholdImport, ImportAbout } from './import.entity';
import type { ReadRow } from './import.store';
import { LIST_COLUMNS, titleOf } from './list-columns';
import { type ListContext, readListRow } from './list-row';
import { VillageNames } from './village-names';

/** Rows of one list: ten times the persons on the list of a large county. */
export const MAX_LIST_ROWS = 1_000_000;

/** The rows of the file as they are read, after its header. */
export class ListReader {
  /** Whether there was a row at all. */
  any = false;
  private sheet: SheetAbout | undefined;
  private map: ColumnMap | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly row: HouseholdImport,
  ) {}

  async *rows(): AsyncGenerator<ReadRow> {
    const { platform } = this;
    const region = this.row.regionCode;
    const villages = new VillageNames(await placesAround(platform.db.reader(), region), region);
    const source = readSheet(readFileParts(platform, this.row.fileId), {
      name: this.row.fileName,
      maxRows: MAX_LIST_ROWS,
      opened: (about) => {
        this.sheet = about;
      },
    });
    try {
      const head = await firstRows(source);
      const map = columnsOf(head);
      this.map = map;
      const context = { columns: map.columns, villages, today: this.row.startedOn };
      const first = head.filter(({ number }) => number > map.headerRow);
      for (const sheetRow of first) yield this.read(sheetRow, context);
      for await (const sheetRow of source) yield this.read(sheetRow, context);
    } finally {
      await source.return(undefined);
    }
  }

  private read(sheetRow: SheetRow, context: ListContext): ReadRow {
    this.any = true;
    const { row, code, idNumber, faults, notes } = readListRow(sheetRow, context);
    const at = sheetRow.number;
    const remarks = [
      ...faults.map((fault) => ({ ...fault, row: at, kind: 'FAULT' as const })),
      ...notes.map(({ column, text }) => {
        return { row: at, kind: 'TOLD' as const, column, value: '', reason: text, remedy: '' };
      }),
    ];
    return { row: at, code, idNumber, content: row, remarks };
  }

  /** What the file turned out to be. */
  about(): ImportAbout {
    const { sheet, map } = this;
    return {
      format: sheet?.format ?? 'csv',
      sheet: sheet?.sheet ?? null,
      otherSheets: [...(sheet?.others ?? [])],
      encoding: sheet?.encoding ?? null,
      headerRow: map?.headerRow ?? 1,
      columns: LIST_COLUMNS.filter(({ field }) => map?.columns.has(field)).map(
        ({ title }) => title,
      ),
      unknownColumns: [...(map?.unknown ?? [])],
    };
  }
}

async function firstRows(source: AsyncGenerator<SheetRow>): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  while (rows.length < HEADER_WITHIN) {
    const { value, done } = await source.next();
    if (done) break;
    rows.push(value);
  }
  return rows;
}

/** @throws Problem platform.sheet-columns when a column is missing that cannot be done without. */
function columnsOf(head: readonly SheetRow[]): ColumnMap {
  const map = mapColumns(head, LIST_COLUMNS);
  const missing = map.missing.map((spec) => spec.title);
  if (!map.columns.has('village') && !map.columns.has('villageCode')) {
    missing.push(`${titleOf('village')}（或${titleOf('villageCode')}）`);
  }
  if (missing.length === 0) return map;
  throw SheetProblem.sheetColumns({ detail: `缺少：${missing.join('、')}` });
}
