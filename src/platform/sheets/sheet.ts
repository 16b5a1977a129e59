/**
 * What a sheet is to the rest of the service, wherever it came from: numbered rows of cells, each cell as text
 * with the kind that the file itself gives it. Nothing is guessed: a number stays the text that is stored, so
 * that whoever reads an ID number can see that the spreadsheet made a number of it.
 */

/**
 * What the file says a cell is.
 * - `text`: a string, typed or shared; a CSV has no other kind but `blank`
 * - `number`: the number exactly as stored (`4.50328E+17`, `450328199001010000`, `0.1`)
 * - `date`: a number shown as a date, as `YYYY-MM-DD` or `YYYY-MM-DD hh:mm:ss`
 * - `boolean`: `TRUE` or `FALSE`
 * - `formula`: the result that was last computed, which may be old; the reader refuses or explains it
 * - `error`: `#N/A` and the like
 * - `blank`: nothing; `text` is ''
 */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error' | 'blank';

/** One cell. */
export interface Cell {
  readonly text: string;
  readonly kind: CellKind;
  /** Covered by a merged range of which it is not the first cell; such a cell has no content of its own. */
  readonly merged?: boolean;
}

/** One row that is not wholly blank. */
export interface SheetRow {
  /** As the spreadsheet program shows it, beginning at 1. In a CSV, the line on which the row begins. */
  readonly number: number;
  /** From column A on, without trailing blanks. */
  readonly cells: readonly Cell[];
}

/** What is known of a sheet when it was opened. */
export interface SheetAbout {
  readonly format: 'xlsx' | 'csv';
  /** Name of the sheet that is read: the first visible one. Null for a CSV. */
  readonly sheet: string | null;
  /** Names of the other visible sheets, which are not read. */
  readonly others: readonly string[];
  /** How the text of a CSV was encoded; null for XLSX. */
  readonly encoding: 'utf-8' | 'gb18030' | null;
}

/** Limits of reading; passing one is a problem that says so, never a cut. */
export interface SheetOptions {
  /** Name of the file, for the texts of problems only: the format is told by the content. */
  name: string;
  /** Rows with content, the header included. */
  maxRows: number;
  /** Columns, 256 where nothing is said. A sheet of 16,384 is a formatting accident or an attack. */
  maxColumns?: number;
  /** Unpacked bytes of the whole file, 512 MiB where nothing is said. */
  maxBytes?: number;
  /** Told once, before the first row. */
  opened?: (about: SheetAbout) => void;
}

/** The letters by which a spreadsheet program names a column: 0 → A, 26 → AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** A cell without content. */
export const BLANK: Cell = { text: '', kind: 'blank' };
