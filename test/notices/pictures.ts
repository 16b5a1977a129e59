/** Pictures made by hand, byte by byte, with everything in them that a telephone writes. */
import { crc32, deflateSync } from 'node:zlib';
import { sm3Hex } from '../../src/platform/crypto/digest';
import { SpooledFile } from '../../src/platform/files/spool';

const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** Position, owner and which way up the camera was held, as Exif has them. */
export function exif(turned: number, little = false): Buffer {
  const whole = (value: number, bytes: number) => {
    const big = Buffer.alloc(bytes);
    big.writeUIntBE(value, 0, bytes);
    return little ? big.reverse() : big;
  };
  const short = (value: number) => whole(value, 2);
  const long = (value: number) => whole(value, 4);
  const pad = Buffer.alloc(2);
  return Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    Buffer.from(little ? 'II' : 'MM', 'latin1'),
    short(42),
    long(8),
    short(2),
    ...[short(0x0112), short(3), long(1), short(turned), pad],
    ...[short(0x8825), short(4), long(1), long(38)],
    long(0),
    Buffer.from('GPS 25.79N 110.01E owner 13807731234', 'latin1'),
  ]);
}

/** What a JPEG is made with. */
export interface JpegSpec {
  /** The picture; others make another photo. */
  data?: string;
  turned?: number;
  little?: boolean;
  comment?: string;
  /** Hung on behind the end, as some cameras do with a second picture. */
  behind?: Buffer;
}

/** A JPEG; progressive, so that tables stand between two scans. */
export function jpeg(spec: JpegSpec = {}): Buffer {
  const { data = 'picture', turned = 1, little = false, comment = 'taken by 韦大明' } = spec;
  const scan = (text: string) =>
    Buffer.concat([
      segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from(text, 'latin1'),
      // A byte FF of the data itself, and a restart.
      Buffer.from([0xff, 0x00, 0xff, 0xd0, 0x12]),
    ]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, exif(turned, little)),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x>13807731234</x>', 'latin1')),
    segment(0xe2, Buffer.from('MPF\0GPS', 'latin1')),
    segment(0xfe, Buffer.from(comment, 'utf8')),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc2, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    scan(data),
    segment(0xc4, Buffer.alloc(20, 2)),
    scan(`${data} again`),
    Buffer.from([0xff, 0xd9]),
    spec.behind ?? Buffer.alloc(0),
  ]);
}

/** A picture as an upload that lies in memory, for acts that are not called over HTTP. */
export class PictureFile extends SpooledFile {
  constructor(private readonly content: Buffer) {
    super(undefined as never, content.length, sm3Hex(content));
  }

  override async *read(start = 0, end = this.bytes): AsyncGenerator<Buffer> {
    yield this.content.subarray(start, end);
  }

  override async close(): Promise<void> {}
}

/** A PNG of one grey pixel, with texts. */
export function png(grey = 128, text = '13807731234'): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([size, named, sum]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('tEXt', Buffer.from(`Author\0${text}`, 'latin1')),
    chunk('eXIf', exif(6).subarray(6)),
    chunk('IDAT', deflateSync(Buffer.from([0, grey]))),
    chunk('tIME', Buffer.alloc(7)),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from('GPS', 'latin1'),
  ]);
}
