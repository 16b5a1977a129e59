/**
 * Writing a spreadsheet row by row. Every text is a typed text cell, so that nothing of it can be computed by the
 * program that opens it, however it begins; only amounts and counts are numbers.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { check } from '../check';
import { SheetProblem } from './problems';
import { columnName } from './sheet';
import {
  CONTENT_TYPES,
  escapeXml,
  RELATIONS,
  STYLE,
  STYLES,
  sheetHead,
  WORKBOOK_RELATIONS,
  workbookXml,
} from './workbook-parts';

/** A column to be written. `yuan`: decimal text such as "50000.00" becomes a number; `count`: a whole number. */
export interface OutColumn {
  readonly title: string;
  /** In characters, 14 where nothing is said. */
  readonly width?: number;
  /** `text` where nothing is said; dates are written as the text `YYYY-MM-DD`. */
  readonly kind?: 'text' | 'yuan' | 'date' | 'count';
}

export interface OutSheet {
  /** Name of the sheet; the programs allow 31 characters and not []:*?/\ */
  readonly sheet: string;
  readonly columns: readonly OutColumn[];
}

export type OutRow = readonly (string | number | null)[];

/** Rows of a sheet without its header. */
const MAX_ROWS = 1_048_575;
/** Characters of one cell. */
const MAX_TEXT = 32_767;
/** A sheet goes to the packer in pieces of this many characters. */
const PIECE = 64 * 1024;
/** Parts carry no time of their own: equal rows give equal bytes. 1980-01-01 is the oldest time a zip knows. */
const PACKED = { mtime: new Date(315_532_800_000) };

/**
 * An XLSX workbook of one sheet, in pieces.
 * @throws Problem platform.sheet-too-many-rows beyond 1,048,575 rows.
 */
export async function* writeSheet(
  out: OutSheet,
  rows: AsyncIterable<OutRow> | Iterable<OutRow>,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const source = Readable.from(sheetXml(out, rows));
  const output = zip.outputStream as Readable;
  for (const one of [source, zip]) one.on('error', (error: Error) => output.destroy(error));
  zip.addBuffer(Buffer.from(CONTENT_TYPES), '[Content_Types].xml', PACKED);
  zip.addBuffer(Buffer.from(RELATIONS), '_rels/.rels', PACKED);
  zip.addBuffer(Buffer.from(workbookXml(out.sheet)), 'xl/workbook.xml', PACKED);
  zip.addBuffer(Buffer.from(WORKBOOK_RELATIONS), 'xl/_rels/workbook.xml.rels', PACKED);
  zip.addBuffer(Buffer.from(STYLES), 'xl/styles.xml', PACKED);
  zip.addReadStream(source, 'xl/worksheets/sheet1.xml', PACKED);
  zip.end();
  try {
    for await (const piece of output) yield piece as Buffer;
  } finally {
    source.destroy();
  }
}

async function* sheetXml(
  { columns }: OutSheet,
  rows: AsyncIterable<OutRow> | Iterable<OutRow>,
): AsyncGenerator<Buffer> {
  const titles = columns.map((column) => column.title);
  let text = sheetHead(columns.map((column) => column.width ?? 14));
  text += `<row r="1">${titles.map((title, at) => textCell(title, `${columnName(at)}1`, STYLE.title)).join('')}</row>`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number > MAX_ROWS + 1)
      throw SheetProblem.sheetTooManyRows({ detail: `最多 ${MAX_ROWS} 行` });
    check(row.length === columns.length, 'A row has a value for each column');
    text += `<row r="${number}">`;
    columns.forEach((column, at) => {
      text += cell(row[at] ?? null, column.kind ?? 'text', columnName(at) + number);
    });
    text += '</row>';
    if (text.length > PIECE) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`);
}

function cell(value: string | number | null, kind: OutColumn['kind'], place: string): string {
  if (value === null || value === '') return '';
  const text = String(value);
  if (kind === 'yuan' && /^-?\d{1,13}(\.\d{1,2})?$/.test(text)) {
    return `<c r="${place}" s="${STYLE.yuan}"><v>${text}</v></c>`;
  }
  if (kind === 'count' && /^-?\d{1,15}$/.test(text)) {
    return `<c r="${place}" s="${STYLE.count}"><v>${text}</v></c>`;
  }
  return textCell(text, place, STYLE.text);
}

function textCell(text: string, place: string, style: number): string {
  check(text.length <= MAX_TEXT, `A cell holds at most ${MAX_TEXT} characters`);
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** A text that a spreadsheet program would take for a formula or a command. */
const DANGEROUS = /^[=+\-@\t\r]/;

/**
 * The same as CSV (UTF-8 with byte order mark, every cell quoted), in lines. A CSV has no typed cells, so a text that
 * could be taken for a formula gets an apostrophe in front; numbers below zero are left alone.
 */
export async function* writeCsv(
  { columns }: OutSheet,
  rows: AsyncIterable<OutRow> | Iterable<OutRow>,
): AsyncGenerator<Buffer> {
  const line = (cells: OutRow) => `${cells.map(quoted).join(',')}\r\n`;
  let text = `\ufeff${line(columns.map((column) => column.title))}`;
  for await (const row of rows) {
    text += line(row);
    if (text.length > PIECE) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}

function quoted(value: string | number | null): string {
  const text = String(value ?? '');
  const harmless = !DANGEROUS.test(text) || /^-\d+(\.\d+)?$/.test(text);
  return `"${(harmless ? text : `'${text}`).replaceAll('"', '""')}"`;
}
