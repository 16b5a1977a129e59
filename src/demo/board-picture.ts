/** The photo of a board, as far as the demonstration has one: a painted board with a sheet of lines on it. */
import { crc32, deflateSync } from 'node:zlib';
import { sm3Hex } from '../platform/crypto/digest';

const WIDTH = 160;
const HEIGHT = 120;
const PAPER = Buffer.from([250, 250, 245]);
const INK = Buffer.from([90, 90, 90]);

/** A PNG of 160 × 120; every name gives a board of another colour, since no two boards share a photo. */
export function boardPicture(name: string): Buffer {
  const paint = Buffer.from(sm3Hex(name).slice(0, 6), 'hex');
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const dots = Array.from({ length: WIDTH }, (_, x) => dotAt(x, y, paint));
    // Each row of a PNG begins with its filter; 0 is none.
    return Buffer.concat([Buffer.from([0]), ...dots]);
  });
  const head = Buffer.from([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function dotAt(x: number, y: number, paint: Buffer): Buffer {
  const onSheet = x >= 40 && x < 120 && y >= 12 && y < 108;
  if (!onSheet) return paint;
  return y % 8 === 0 && x >= 48 && x < 112 && y > 20 && y < 100 ? INK : PAPER;
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
