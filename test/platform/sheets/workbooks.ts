/** Workbooks as spreadsheet programs write them, put together from their parts, and how a sheet is read in a test. */
import { ZipFile } from 'yazl';
import { readSheet } from '../../../src/platform/sheets/read-sheet';
import type { Cell, SheetOptions, SheetRow } from '../../../src/platform/sheets/sheet';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What a test says of a workbook; XML of the rows as in the file. */
export interface Workbook {
  rows?: string;
  shared?: readonly string[];
  /** What stands after the rows. */
  after?: string;
  /** `<numFmt …/>` and the format ids of the cell styles 0, 1, 2… */
  formats?: string;
  styles?: readonly number[];
  workbookPr?: string;
  /** `<sheet …/>` elements; rId1 is the sheet of `rows`, rId2 another. */
  sheets?: string;
  parts?: Readonly<Record<string, string | Buffer>>;
}

/** The parts of a workbook by name. */
export function partsOf(book: Workbook): Record<string, string | Buffer> {
  const { rows = '', shared = [], after = '', formats = '', styles = [0] } = book;
  const sheets = book.sheets ?? '<sheet name="名单" sheetId="1" r:id="rId1"/>';
  const sheet = (inner: string) => `<worksheet><sheetData>${inner}</sheetData>`;
  return {
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}">${book.workbookPr ?? ''}<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>
      <Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/>
      <Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/>
      <Relationship Id="rId4" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${sheet(rows)}${after}</worksheet>`,
    'xl/worksheets/sheet2.xml': `${sheet('<row r="1"><c r="A1"><v>2</v></c></row>')}</worksheet>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs>${styles.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${shared.map((one) => `<si>${one}</si>`).join('')}</sst>`,
    ...book.parts,
  };
}

/** The bytes of a workbook. */
export function workbook(book: Workbook): Promise<Buffer> {
  return zipped(partsOf(book));
}

/** A zip archive of these parts. */
export async function zipped(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** In pieces of a size that cuts characters and elements. */
export async function* inPieces(content: Buffer, size = 997): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** All rows. */
export async function rowsOf(
  content: Buffer,
  options: Partial<SheetOptions> = {},
): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readSheet(inPieces(content), {
    name: 'list.xlsx',
    maxRows: 1000,
    ...options,
  })) {
    rows.push(row);
  }
  return rows;
}

/** The texts of rows, by row. */
export function textsOf(rows: readonly SheetRow[]): string[][] {
  return rows.map((row) => row.cells.map((cell) => cell.text));
}

/** The only cell of a workbook whose row 1 has this cell A1. */
export async function cellOf(xml: string, book: Workbook = {}): Promise<Cell | undefined> {
  const rows = await rowsOf(
    await workbook({ ...book, rows: `<row r="1">${xml}<c r="B1"><v>1</v></c></row>` }),
  );
  return rows[0]?.cells[0];
}

/** Everything that a writer gives. */
export async function collect(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}
