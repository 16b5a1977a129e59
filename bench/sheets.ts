/**
 * Lists of 100,000 rows and 10 columns, read and written. The floor unpacks or packs the same bytes and does nothing
 * with them. What reading takes of memory is tested in test/faults/big-sheet.test.ts.
 */
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import { withSpool } from '../src/platform/files/spool';
import { openArchive } from '../src/platform/sheets/archive';
import { readSheet } from '../src/platform/sheets/read-sheet';
import { writeCsv, writeSheet } from '../src/platform/sheets/write-sheet';
import { asExcelWrites, people, ROWS, SHEET } from '../test/platform/sheets/big-list';
import { collect, inPieces } from '../test/platform/sheets/workbooks';
import type { Bench, Case } from './harness';

const once = (content: Buffer) => inPieces(content, 65_536);

async function readAll(content: Buffer): Promise<void> {
  let count = 0;
  const rows = readSheet(once(content), { name: 'list', maxRows: ROWS + 1 });
  for await (const row of rows) count += row.cells.length > 0 ? 1 : 0;
  if (count !== ROWS + 1) throw new Error(`${count} rows`);
}

async function unpack(content: Buffer): Promise<void> {
  await withSpool(once(content), async (file) => {
    const archive = await openArchive(file);
    for await (const _ of archive.text('xl/worksheets/sheet1.xml', 1e9));
    archive.close();
  });
}

const sink = () =>
  new Transform({
    transform: (_part, _encoding, done) => done(),
  });

async function pack(): Promise<void> {
  const text = Readable.from(writeCsv(SHEET, people()));
  await pipeline(text, createDeflateRaw(), sink());
}

const written = () => collect(writeSheet(SHEET, people()));

async function openReading(make: () => Promise<Buffer>): Promise<Bench> {
  const content = await make();
  const times = (run: (content: Buffer) => Promise<void>) => async (count: number) => {
    for (let n = 0; n < count; n += 1) await run(content);
  };
  return {
    floor: { what: 'unpacking', run: times(unpack) },
    ours: { what: 'reading', run: times(readAll) },
    close: async () => undefined,
  };
}

async function openWriting(): Promise<Bench> {
  const write = async () => {
    for await (const _ of writeSheet(SHEET, people()));
  };
  const times = (run: () => Promise<void>) => async (count: number) => {
    for (let n = 0; n < count; n += 1) await run();
  };
  return {
    floor: { what: 'packing a CSV', run: times(pack) },
    ours: { what: 'writing', run: times(write) },
    close: async () => undefined,
  };
}

/** Spreadsheets know no database, so they are measured once. */
export const sheetCases = (kind: string): readonly Case[] =>
  kind === 'sqlite'
    ? [
        {
          name: 'sheets: reading 100,000 rows as we write them',
          count: 1,
          open: () => openReading(written),
        },
        {
          name: 'sheets: reading 100,000 rows as Excel writes them',
          count: 1,
          open: () => openReading(asExcelWrites),
        },
        { name: 'sheets: writing 100,000 rows', count: 1, open: openWriting },
      ]
    : [];
