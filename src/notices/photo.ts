/**
 * Photos: told by their content, and freed of everything but the picture. A photo from a telephone carries the place
 * where it was taken, the device and its owner; the place is registered in words, the rest is nobody's business, and
 * two copies of one picture must have one digest whatever an editing program wrote into them. So all metadata is cut
 * out; only how the picture is to be turned stays. The picture itself is not touched. Pure.
 */
import { P } from './problems';

/** The largest photo, in bytes: 8 MiB, twice what a telephone's camera makes. */
export const PHOTO_MAX_BYTES = 8 * 1024 * 1024;

/**
 * How many days a photo is kept: ten years, as the papers of a loan are (《会计档案管理办法》 sets 10 years for what
 * supports an entry; for photos of notices no document is known).
 */
export const PHOTO_KEPT_DAYS = 3653;

/** A photo without metadata. */
export interface Photo {
  type: 'image/jpeg' | 'image/png';
  content: Buffer;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks of a PNG that are the picture, its colours and its size; texts, times and Exif are left out. */
const PNG_KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs'.split(' '),
);

/**
 * The photo in these bytes.
 * @throws Problem notices.not-a-photo when they are no whole JPEG or PNG picture; notices.photo-too-large.
 */
export function photoIn(bytes: Buffer): Photo {
  if (bytes.length > PHOTO_MAX_BYTES) throw P.photoTooLarge();
  if (bytes.subarray(0, PNG.length).equals(PNG)) {
    return { type: 'image/png', content: barePng(bytes) };
  }
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8) {
    return { type: 'image/jpeg', content: bareJpeg(bytes) };
  }
  throw P.notAPhoto();
}

function barePng(bytes: Buffer): Buffer {
  const parts: Buffer[] = [PNG];
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || (parts.length === 1 && name !== 'IHDR')) break;
    if (PNG_KEPT.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  throw P.notAPhoto({ detail: '文件不完整' });
}

const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const SCAN = 0xda;
const EXIF = 0xe1;
/** JFIF and Adobe's colour transform belong to the picture, and so does a colour profile. */
const JPEG_KEPT = new Set([0xe0, 0xe2, 0xee]);

/** Goes from segment to segment up to the first end of a picture; what a camera hangs on behind it is left out. */
function bareJpeg(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let turned = 1;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes.readUInt16BE(at) - 0xff00;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker < 0xc0 || marker > 0xfe || end > bytes.length) break;
    const next = marker === SCAN ? endOfScan(bytes, end) : end;
    const segment = bytes.subarray(at, next);
    if (marker === EXIF) turned = turnOf(segment) ?? turned;
    if (belongsToPicture(marker, segment)) parts.push(segment);
    if (marker === SCAN && bytes.subarray(next, next + 2).equals(END)) {
      return Buffer.concat([START, ...(turned === 1 ? [] : [turn(turned)]), ...parts, END]);
    }
    at = next;
  }
  throw P.notAPhoto({ detail: '文件不完整' });
}

/** Where the next marker stands behind the data of a scan: FF that is neither data (00) nor a restart (D0–D7). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function belongsToPicture(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  return JPEG_KEPT.has(marker) && !isMultiPicture(segment);
}

/** The second picture that some cameras hide behind the first is pointed to from an APP2 of this name. */
function isMultiPicture(segment: Buffer): boolean {
  return segment.toString('latin1', 4, 8) === 'MPF\0';
}

/** Which way up the camera was held, 1 to 8, from an Exif segment; null when it does not say. */
function turnOf(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return null;
  const tiff = segment.subarray(10);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if (tiff.length < 14 || long(4) + 2 > tiff.length) return null;
  const first = long(4) + 2;
  const entries = Math.min(short(first - 2), Math.floor((tiff.length - first) / 12));
  for (let n = 0; n < entries; n += 1) {
    const at = first + n * 12;
    if (short(at) === 0x0112)
      return short(at + 8) >= 1 && short(at + 8) <= 8 ? short(at + 8) : null;
  }
  return null;
}

/** An Exif segment that says which way up, and nothing else. */
function turn(orientation: number): Buffer {
  const segment = Buffer.from(
    'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100000000' + '00000000',
    'hex',
  );
  segment.writeUInt16BE(orientation, 28);
  return segment;
}
