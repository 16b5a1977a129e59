/** Files over HTTP: taking one in as the body of a request, and sending one out. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { MAX_UPLOAD_BYTES } from '../files/file';
import { FileProblem } from '../files/problems';
import { type SpooledFile, SpoolTooLarge, spool } from '../files/spool';
import { PlatformProblem } from '../problems';
import type { Download } from './routes';

/**
 * Lays the body of a request down; the caller closes it.
 * @throws Problem platform.file-too-large (413 on the wire), upload-broken, wrong-content-type for a packed body.
 */
export async function receiveFile(request: Request): Promise<SpooledFile> {
  if (Number(request.get('content-length')) > MAX_UPLOAD_BYTES) throw tooLarge();
  if ((request.get('content-encoding') ?? 'identity') !== 'identity') {
    throw PlatformProblem.wrongContentType({ detail: '正文不得压缩' });
  }
  // The connection must outlive a refusal, or its answer would never arrive.
  const body = request.iterator({ destroyOnReturn: false });
  try {
    return await spool(body, MAX_UPLOAD_BYTES);
  } catch (error) {
    if (error instanceof SpoolTooLarge) throw tooLarge();
    if (request.destroyed) throw FileProblem.uploadBroken();
    throw error;
  }
}

const tooLarge = () =>
  FileProblem.fileTooLarge({ detail: `最多 ${MAX_UPLOAD_BYTES / (1024 * 1024)} MB` });

/** Sends a file to be saved, never to be shown: what somebody uploaded must not run in the service's pages. */
export async function sendFile(
  response: Response,
  { name, type, bytes }: Download,
  parts: AsyncIterable<Buffer>,
): Promise<void> {
  // Not `set`, which would add a charset that nobody knows.
  response.setHeader('Content-Type', type);
  response.status(200).set({
    'Content-Length': String(bytes),
    'Content-Disposition': `attachment; filename*=UTF-8''${encoded(name)}`,
    'X-Content-Type-Options': 'nosniff',
    // A shared proxy may neither keep the file nor pack it: its length is told.
    'Cache-Control': 'no-store, no-transform',
  });
  await pipeline(Readable.from(parts, { objectMode: false }), response);
}

/** A file name for a header (RFC 8187). */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
