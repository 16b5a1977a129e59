/** Photos: what is one is told by its content, and what is kept of it is the picture alone. */
import fc from 'fast-check';
import { PHOTO_MAX_BYTES, photoIn } from '../../src/notices/photo';
import { Problem } from '../../src/platform/problems';
import { exif, jpeg, png } from './pictures';

const SECRETS = ['GPS', '13807731234', '韦大明', 'Exif', 'xap', 'owner'];

const refused = (bytes: Buffer) => {
  try {
    photoIn(bytes);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'taken';
};

describe('What is kept of a photo', () => {
  test('is the picture without place, owner, comment or a second picture', () => {
    for (const bytes of [jpeg(), jpeg({ behind: jpeg() }), jpeg({ little: true }), png()]) {
      const { content } = photoIn(bytes);
      for (const secret of SECRETS) expect(content.includes(secret)).toBe(false);
    }
  });

  test('is the whole picture', () => {
    const { type, content } = photoIn(jpeg());
    expect(type).toBe('image/jpeg');
    for (const part of ['JFIF', 'picture', 'picture again'])
      expect(content.includes(part)).toBe(true);
    expect(content.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    const bare = photoIn(png());
    expect(bare.type).toBe('image/png');
    expect(bare.content.includes('IDAT')).toBe(true);
    expect(bare.content.subarray(-8, -4).toString('latin1')).toBe('IEND');
  });

  test('says which way up, in both byte orders, and nothing else of Exif', () => {
    for (const little of [false, true]) {
      const { content } = photoIn(jpeg({ turned: 6, little }));
      const at = content.indexOf('Exif');
      expect(content.subarray(at - 4, at)).toEqual(Buffer.from([0xff, 0xe1, 0, 34]));
      expect(content.readUInt16BE(at + 6 + 18)).toBe(6);
      expect(content.includes('GPS')).toBe(false);
      // What was kept is a photo itself, and keeping it again changes nothing.
      expect(photoIn(content).content).toEqual(content);
    }
  });

  test('is the same whatever was written into the copy', () => {
    const copy = jpeg({ comment: 'another', behind: Buffer.from('x') });
    expect(photoIn(copy).content).toEqual(photoIn(jpeg()).content);
    expect(photoIn(png(128, 'a')).content).toEqual(photoIn(png(128, 'b')).content);
    expect(photoIn(jpeg({ data: 'other' })).content).not.toEqual(photoIn(jpeg()).content);
  });
});

describe('Refused', () => {
  test('is what is no photo, whatever it is called', () => {
    const others = ['%PDF-1.7', 'GIF89a', '<svg onload=alert(1)>', '<?php', 'PK\u0003\u0004', ''];
    for (const text of others) expect(refused(Buffer.from(text))).toBe('notices.not-a-photo');
  });

  test('is a photo that breaks off, wherever', () => {
    for (const whole of [jpeg(), png().subarray(0, -3)]) {
      for (let length = 0; length < whole.length; length += 1) {
        expect(refused(whole.subarray(0, length))).toBe('notices.not-a-photo');
      }
    }
  });

  test('is one that is too large', () => {
    const behind = Buffer.alloc(PHOTO_MAX_BYTES);
    expect(refused(jpeg({ behind }))).toBe('notices.photo-too-large');
  });

  test('is damage, without ever failing otherwise', () => {
    const start = fc.constantFrom(jpeg(), png(), jpeg({ turned: 3 }));
    const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(start, damage, (photo, changes) => {
        const bytes = Buffer.from(photo);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expect(['taken', 'notices.not-a-photo']).toContain(refused(bytes));
      }),
      { numRuns: 2000, seed: 4 },
    );
    const noise = fc.uint8Array({ maxLength: 120 });
    fc.assert(
      fc.property(noise, (body) => {
        const bytes = Buffer.concat([jpeg().subarray(0, 20), exif(1), Buffer.from(body)]);
        expect(['taken', 'notices.not-a-photo']).toContain(refused(bytes));
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
