/**
 * Reading a spreadsheet that somebody uploaded, whatever it is called: the content tells XLSX from CSV from what is
 * neither. Rows come one by one, so that a list of 100,000 rows needs no more memory than a short one.
 */
import { type SpooledFile, SpoolTooLarge, spool } from '../files/spool';
import { readCsv } from './csv';
import { SheetProblem } from './problems';
import type { SheetOptions, SheetRow } from './sheet';
import { readXlsx } from './xlsx';

const MAX_COLUMNS = 256;
const MAX_BYTES = 512 * 1024 * 1024;

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Compound files: workbooks of Excel up to 2003, and encrypted workbooks of any age. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The rows with content, of the first visible sheet.
 * @throws Problem platform.sheet-… saying what is wrong with the file and what the officer can do; rows that came
 *   before have been given out by then.
 */
export async function* readSheet(
  content: AsyncIterable<Buffer>,
  options: SheetOptions,
): AsyncGenerator<SheetRow> {
  const { maxRows, maxColumns = MAX_COLUMNS, maxBytes = MAX_BYTES } = options;
  const file = await laidDown(content, maxBytes);
  try {
    const rows = await rowsOf(file, { maxColumns, maxBytes }, options);
    let count = 0;
    for await (const row of rows) {
      count += 1;
      if (count > maxRows) throw SheetProblem.sheetTooLong({ detail: `最多 ${maxRows} 行` });
      yield row;
    }
    if (count === 0) throw SheetProblem.sheetEmpty({ detail: options.name });
  } finally {
    await file.close();
  }
}

async function laidDown(content: AsyncIterable<Buffer>, maxBytes: number): Promise<SpooledFile> {
  try {
    return await spool(content, maxBytes);
  } catch (error) {
    if (error instanceof SpoolTooLarge) throw SheetProblem.sheetBomb();
    throw error;
  }
}

async function rowsOf(
  file: SpooledFile,
  limits: { maxColumns: number; maxBytes: number },
  { name, opened = () => undefined }: SheetOptions,
): Promise<AsyncIterable<SheetRow>> {
  const head = await file.head(512);
  if (head.length === 0) throw SheetProblem.sheetEmpty({ detail: name });
  if (startsWith(head, ZIP)) return readXlsx(file, limits, opened);
  if (startsWith(head, COMPOUND)) {
    throw (await holds(file, ENCRYPTED))
      ? SheetProblem.sheetEncrypted()
      : SheetProblem.sheetOldFormat();
  }
  if (/^(\ufffe|\ufeff)/.test(head.toString('utf16le'))) {
    throw SheetProblem.sheetNotTable({ detail: '文字为 UTF-16 编码，请另存为“CSV UTF-8”' });
  }
  if (/^(\ufeff)?\s*<(\?xml|!doctype|html|table)/i.test(head.toString('utf8'))) {
    throw SheetProblem.sheetNotTable({ detail: '文件其实是网页，请用 Excel 打开后另存为 .xlsx' });
  }
  if (/^%PDF-/.test(head.toString('latin1'))) {
    throw SheetProblem.sheetNotTable({ detail: '文件是 PDF' });
  }
  return readCsv(file, limits, opened);
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

async function holds(file: SpooledFile, wanted: Buffer): Promise<boolean> {
  let kept = Buffer.alloc(0);
  for await (const part of file.read()) {
    const window = Buffer.concat([kept, part]);
    if (window.includes(wanted)) return true;
    kept = window.subarray(-wanted.length);
  }
  return false;
}
