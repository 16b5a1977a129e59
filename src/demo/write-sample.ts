/** Writing a sample list as a file, in the forms in which counties send theirs. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encode } from 'iconv-lite';
import { LIST_COLUMNS } from '../households';
import { check } from '../platform/check';
import { writeCsv, writeSheet } from '../platform/sheets/write-sheet';
import { type SampleWanted, sampleCells, sampleRegister } from './sample-register';

/** Where and how the list is written: the name's ending says whether XLSX or CSV. */
export interface SampleFile extends SampleWanted {
  out: string;
  /** A CSV as Excel writes it in China, instead of UTF-8. */
  gb18030?: boolean;
}

/** What was written: rows without the header, and the faults that were put in, each in a line. */
export interface WrittenSample {
  rows: number;
  faults: string[];
}

/** Writes the list. @throws CheckFailed when the name ends neither in .xlsx nor in .csv */
export async function writeSample(wanted: SampleFile): Promise<WrittenSample> {
  const { out, gb18030 = false } = wanted;
  check(
    /\.(xlsx|csv)$/.test(out),
    '文件名须以 .xlsx 或 .csv 结尾 / the file ends in .xlsx or .csv',
  );
  const written: WrittenSample = { rows: 0, faults: [] };
  const cells = function* () {
    const told = ({ row, column, what }: { row: number; column: string; what: string }) => {
      written.faults.push(`第 ${row} 行 ${column}：${what}`);
    };
    for (const row of sampleRegister(wanted, told)) {
      written.rows += 1;
      yield sampleCells(row);
    }
  };
  const sheet = { sheet: '人员名单', columns: LIST_COLUMNS };
  const content = out.endsWith('.xlsx') ? writeSheet(sheet, cells()) : writeCsv(sheet, cells());
  const source = gb18030 && out.endsWith('.csv') ? inGb18030(content) : content;
  await pipeline(Readable.from(source), createWriteStream(out));
  return written;
}

/** The byte order mark of UTF-8 goes: Excel writes none in GB18030. Pieces end at the end of a line. */
async function* inGb18030(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    yield encode(piece.toString('utf8').replace(/^\ufeff/, ''), 'gb18030');
  }
}
