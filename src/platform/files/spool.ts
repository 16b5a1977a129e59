/**
 * A stream laid down on disk for as long as it is needed: an upload before its act, an archive that must be read at
 * more than one place, an export before it is kept. The file loses its name as soon as it is open, so that nothing of
 * it is left behind, even when the process is killed.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The stream was longer than was allowed. */
export class SpoolTooLarge extends Error {
  override readonly name = 'SpoolTooLarge';

  constructor(readonly maxBytes: number) {
    super(`The stream is longer than ${maxBytes} bytes`);
  }
}

const CHUNK = 64 * 1024;

/** A stream on disk. It is read as often as wanted until it is closed. */
export class SpooledFile {
  constructor(
    private readonly handle: FileHandle,
    readonly bytes: number,
    /** SM3 of the content, 64 hex characters. */
    readonly digest: string,
  ) {}

  /** The content from the beginning, or its bytes from `start` up to `end` (exclusive). */
  async *read(start = 0, end = this.bytes): AsyncGenerator<Buffer> {
    for (let position = start; position < Math.min(end, this.bytes); ) {
      const wanted = Math.min(CHUNK, end - position);
      const { bytesRead, buffer } = await this.handle.read(
        Buffer.allocUnsafe(wanted),
        0,
        wanted,
        position,
      );
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** The first bytes, for telling what it is. */
  async head(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.read(0, bytes)) parts.push(part);
    return Buffer.concat(parts);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** What of it stands in the audit and in the digest of a request. */
  toJSON(): { bytes: number; digest: string } {
    return { bytes: this.bytes, digest: this.digest };
  }
}

/**
 * Lays a stream down; the caller closes it.
 * @throws SpoolTooLarge when there is more than `maxBytes`; the rest is not read.
 */
export async function spool(
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  maxBytes = Number.MAX_SAFE_INTEGER,
): Promise<SpooledFile> {
  const handle = await openNameless();
  try {
    const hash = createHash('sm3');
    let bytes = 0;
    for await (const part of content) {
      bytes += part.length;
      if (bytes > maxBytes) throw new SpoolTooLarge(maxBytes);
      hash.update(part);
      await handle.appendFile(part);
    }
    return new SpooledFile(handle, bytes, hash.digest('hex'));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Lays a stream down, uses it and lets it go, whatever happens. */
export async function withSpool<T>(
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  use: (file: SpooledFile) => Promise<T>,
  maxBytes?: number,
): Promise<T> {
  const file = await spool(content, maxBytes);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'xinfu-'));
  try {
    return await open(join(folder, 'spool'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
