/**
 * The rows of a text table. Excel writes GB18030 where nothing else is asked for, other programs UTF-8; text that is
 * valid UTF-8 from end to end is UTF-8, everything else must be valid GB18030.
 */
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, type Options, parse } from 'csv-parse';
import type { SpooledFile } from '../files/spool';
import { SheetProblem } from './problems';
import { BLANK, type Cell, type SheetAbout, type SheetRow } from './sheet';

type Encoding = 'utf-8' | 'gb18030';

/** A record longer than this has an open quotation mark somewhere. */
const MAX_RECORD_CHARACTERS = 256 * 1024;
/** How much of the beginning the separator is told from, in bytes. */
const SAMPLE = 64 * 1024;
const SEPARATORS = [',', '\t', ';'];

/** The rows of a CSV, numbered as a spreadsheet program would show them. */
export async function* readCsv(
  file: SpooledFile,
  limits: { maxColumns: number },
  opened: (about: SheetAbout) => void,
): AsyncGenerator<SheetRow> {
  const encoding = await encodingOf(file);
  opened({ format: 'csv', sheet: null, others: [], encoding });
  const options: Options = {
    delimiter: await separatorOf(file, encoding),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_CHARACTERS,
  };
  const text = Readable.from(decoded(file, encoding));
  const records = text.pipe(parse(options));
  text.on('error', (error) => records.destroy(error));
  let number = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      number += 1;
      const cells = withoutTrailingBlanks(record.map(cellOf));
      if (cells.length > limits.maxColumns) {
        throw SheetProblem.sheetTooWide({
          detail: `第 ${number} 行有 ${cells.length} 列，最多 ${limits.maxColumns} 列`,
        });
      }
      if (cells.length > 0) yield { number, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw SheetProblem.sheetBroken({ detail: `第 ${number + 1} 行的引号没有成对` });
  } finally {
    text.destroy();
  }
}

async function encodingOf(file: SpooledFile): Promise<Encoding> {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      for await (const _ of decoded(file, encoding));
      return encoding;
    } catch (error) {
      if (!isWrongEncoding(error)) throw error;
    }
  }
  throw SheetProblem.sheetNotTable({ detail: '文字编码既不是 UTF-8，也不是 GB18030' });
}

function isWrongEncoding(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

/** The text in pieces, without its byte order mark; throws when it is not of this encoding. */
async function* decoded(file: SpooledFile, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const part of file.read()) {
    if (part.includes(0)) throw SheetProblem.sheetNotTable({ detail: '文件含有非文字内容' });
    yield decoder.decode(part, { stream: true });
  }
  yield decoder.decode();
}

/** The separator that stands most often in the beginning, outside quotation marks. */
async function separatorOf(file: SpooledFile, encoding: Encoding): Promise<string> {
  // The cut may fall within a character, which does not matter here.
  const sample = new TextDecoder(encoding).decode(await file.head(SAMPLE));
  const bare = sample.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((one) => bare.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] as string;
}

/** `="450328…"` is how a CSV tells Excel that digits are text; the text within is meant. */
function cellOf(text: string): Cell {
  const quoted = /^="(.*)"$/s.exec(text)?.[1];
  const plain = quoted === undefined ? text : quoted.replaceAll('""', '"');
  return plain === '' ? BLANK : { text: plain, kind: 'text' };
}

function withoutTrailingBlanks(cells: Cell[]): Cell[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1]?.text.trim() === '') length -= 1;
  return cells.slice(0, length);
}
