/**
 * Files that the service keeps: uploaded lists, error sheets, exports. They lie sealed in the database, in parts, so
 * that every instance sees them and a backup holds them; after a while their content is removed and their row stays.
 */
import type { Instant } from '../clock';
import type { BusinessDate } from '../dates';

/**
 * How many days the content of a file is kept: long enough to finish an import and fetch its error sheet, not longer,
 * because lists of people are personal data. The row (name, size, digest, who, when) stays for the audit.
 */
export const KEPT_DAYS = 30;

/** The largest file that may be uploaded, in bytes: 32 MiB, three times a list of 100,000 rows as XLSX. */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

/** What a file is for: `households-import`; lower-case words joined by hyphens, at most 40 characters. */
export const PURPOSE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What other modules know of a file. */
export interface FileFace {
  readonly fileId: string;
  readonly name: string;
  /** Media type as the uploader said it; nothing relies on it. */
  readonly type: string;
  readonly purpose: string;
  readonly region: string;
  readonly bytes: number;
  /** SM3 of the content, 64 hex characters. */
  readonly digest: string;
  readonly madeBy: string;
  readonly madeAt: Instant;
  /** Last day on which the content is there. */
  readonly expiresOn: BusinessDate;
  /** `kept` while the content is there, `swept` after. */
  readonly state: 'kept' | 'swept';
}

/** A file that is to be kept. `content` is read once for every try of the transaction: make it anew each time. */
export interface NewFile {
  readonly name: string;
  readonly type: string;
  readonly purpose: string;
  readonly region: string;
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>;
  /** How many days the content is kept, where `KEPT_DAYS` does not do (photos that are proof). */
  readonly keptDays?: number;
}

/** What keeping a file gives. */
export interface KeptFile {
  readonly fileId: string;
  readonly bytes: number;
  /** SM3 of the content, 64 hex characters. */
  readonly digest: string;
}
