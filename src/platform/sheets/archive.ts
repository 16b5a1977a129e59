/**
 * The zip archive that an XLSX workbook is, with the guards against archives made to hurt: too many entries, entries
 * that unpack to far more than they hold, encrypted ones. Sizes are those that the directory declares; the unpacker
 * stops a part that turns out longer.
 */
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { SpooledFile } from '../files/spool';
import { Problem } from '../problems';
import { SheetProblem } from './problems';

/** Entries of a workbook at most; Apache POI's default of the same guard. */
const MAX_ENTRIES = 1000;
/** Unpacked to packed at most, Apache POI's default; looked at from 8 MiB on, since small parts do no harm. */
const MAX_RATIO = 100;
const RATIO_FROM = 8 * 1024 * 1024;

/** An opened archive. */
export interface Archive {
  has(name: string): boolean;
  /** A part as text. @throws Problem when it is missing, broken, encrypted or too large. */
  text(name: string, maxBytes: number): AsyncIterable<string>;
  close(): void;
}

/** Lets the library read the spool without owning it. */
class SpoolReader extends RandomAccessReader {
  constructor(private readonly file: SpooledFile) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.file.read(start, end), { objectMode: false });
  }
}

/** Opens an archive. @throws Problem platform.sheet-broken or platform.sheet-bomb. */
export async function openArchive(file: SpooledFile): Promise<Archive> {
  const reader = new SpoolReader(file);
  const zip = await asProblem(() =>
    fromRandomAccessReaderPromise(reader, file.bytes, { lazyEntries: true, autoClose: false }),
  );
  const entries = await entriesOf(zip);
  return {
    has: (name) => entries.has(name),
    text: (name, maxBytes) => textOf(zip, entries.get(name), maxBytes),
    close: () => zip.close(),
  };
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) {
    throw SheetProblem.sheetBomb({ detail: `压缩包内有 ${zip.entryCount} 个文件` });
  }
  const entries = new Map<string, Entry>();
  await asProblem(async () => {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  });
  return entries;
}

async function* textOf(
  zip: ZipFile,
  entry: Entry | undefined,
  maxBytes: number,
): AsyncGenerator<string> {
  if (!entry) throw SheetProblem.sheetBroken({ detail: '工作簿缺少必要的部分' });
  if (entry.isEncrypted()) throw SheetProblem.sheetEncrypted();
  const { uncompressedSize, compressedSize } = entry;
  const swollen = uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * MAX_RATIO;
  if (swollen || uncompressedSize > maxBytes) throw SheetProblem.sheetBomb();
  const stream = await asProblem(() => zip.openReadStreamPromise(entry));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (part?: Buffer) =>
    broken(() => decoder.decode(part, { stream: part !== undefined }));
  const parts: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await asProblem(() => parts.next());
      if (done) break;
      yield decode(value);
    }
    yield decode();
  } finally {
    stream.destroy();
  }
}

/** What the unpacker throws means that the file is broken. */
async function asProblem<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw SheetProblem.sheetBroken();
  }
}

/** The same for a decoder or parser. */
export function broken<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw SheetProblem.sheetBroken();
  }
}
