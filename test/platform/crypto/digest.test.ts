import fc from 'fast-check';
import { hmacSm3Hex, sameDigest, sha256Hex, sm3Hex } from '../../../src/platform/crypto/digest';

describe('digests', () => {
  // The two examples of GB/T 32905-2016, annex A.
  test.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('SM3 of %s', (text, digest) => {
    expect(sm3Hex(text)).toBe(digest);
    expect(sm3Hex(Buffer.from(text))).toBe(digest);
  });

  test('SHA-256 of abc (FIPS 180-4)', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('text is hashed as UTF-8', () => {
    expect(sm3Hex('龙胜')).toBe(sm3Hex(Buffer.from('龙胜', 'utf8')));
  });

  test('HMAC-SM3 is the construction of RFC 2104 over SM3', () => {
    const bytes = fc.uint8Array({ maxLength: 80 }).map((list) => Buffer.from(list));
    fc.assert(
      fc.property(bytes, bytes, (key, data) => {
        const block = Buffer.alloc(64);
        (key.length > 64 ? Buffer.from(sm3Hex(key), 'hex') : key).copy(block);
        const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad));
        const inner = Buffer.from(sm3Hex(Buffer.concat([padded(0x36), data])), 'hex');
        expect(hmacSm3Hex(key, data)).toBe(sm3Hex(Buffer.concat([padded(0x5c), inner])));
      }),
    );
  });

  test('sameDigest tells equal from different, of any length', () => {
    expect(sameDigest('abc', 'abc')).toBe(true);
    expect(sameDigest('abc', 'abd')).toBe(false);
    expect(sameDigest('abc', 'abcd')).toBe(false);
    expect(sameDigest('', '')).toBe(true);
  });
});
