import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { CheckFailed } from '../../../src/platform/check';
import { sha256Hex } from '../../../src/platform/crypto/digest';
import {
  FieldCipher,
  type FieldPlace,
  FieldUnreadable,
  type UnreadableReason,
} from '../../../src/platform/crypto/field-cipher';
import type { CryptoSuite, KeyRing } from '../../../src/platform/crypto/keys';

const key = (name: string) => Buffer.from(sha256Hex(`test key ${name}`), 'hex');
const ring = (suite: CryptoSuite, current: string, ...ids: string[]): KeyRing => ({
  dataKeys: new Map([current, ...ids].map((id) => [id, key(id)])),
  currentKeyId: current,
  indexKey: key('index'),
  auditKey: key('audit'),
  suite,
});
const PLACE: FieldPlace = {
  table: 'member',
  column: 'id_number',
  id: '01CGGB31M00000000000000000',
};
const CLEAR = '450328198703152415';

function reasonOf(run: () => string): UnreadableReason | undefined {
  try {
    run();
  } catch (error) {
    if (!(error instanceof FieldUnreadable)) throw error;
    expect(error.message).not.toContain(CLEAR);
    expect(error.cause).toBeUndefined();
    return error.reason;
  }
  return undefined;
}

test('SM4 of the runtime gives the example of GB/T 32907-2016, annex A', () => {
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false);
  expect(cipher.update(block).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
});

describe.each<[CryptoSuite]>([['AES'], ['SM']])('suite %s', (suite) => {
  const cipher = new FieldCipher(ring(suite, 'k1'));

  test('an envelope names version, suite and key, and shows nothing of the value', () => {
    const envelope = cipher.seal(CLEAR, PLACE);
    expect(envelope).toMatch(new RegExp(`^v1\\.${suite}\\.k1(\\.[A-Za-z0-9_-]+){3}$`));
    const bytes = Buffer.concat(
      envelope.split('.').map((part) => Buffer.from(part, 'base64url')),
    ).toString('latin1');
    expect(bytes).not.toContain(CLEAR.slice(6, 14));
  });

  test('two seals of one value differ, and both open', () => {
    const [first, second] = [cipher.seal(CLEAR, PLACE), cipher.seal(CLEAR, PLACE)];
    expect(first).not.toBe(second);
    expect(cipher.open(first, PLACE)).toBe(CLEAR);
    expect(cipher.open(second, PLACE)).toBe(CLEAR);
  });

  test('any text comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (plain, id) => {
        const place = { ...PLACE, id };
        expect(cipher.open(cipher.seal(plain, place), place)).toBe(plain);
      }),
    );
    expect(cipher.open(cipher.seal('', PLACE), PLACE)).toBe('');
    expect(cipher.open(cipher.seal('𠮷田·买买提', PLACE), PLACE)).toBe('𠮷田·买买提');
  });

  test.each<[string, Partial<FieldPlace>]>([
    ['row', { id: '01CGGB31M00000000000000001' }],
    ['column', { column: 'phone' }],
    ['table', { table: 'account' }],
  ])('copied to another %s it does not open', (_, other) => {
    const envelope = cipher.seal(CLEAR, PLACE);
    expect(reasonOf(() => cipher.open(envelope, { ...PLACE, ...other }))).toBe('refused');
  });

  test('no single changed, dropped or added character goes unnoticed', () => {
    const envelope = cipher.seal(CLEAR, PLACE);
    for (let at = 0; at < envelope.length; at += 1) {
      const other = envelope[at] === 'A' ? 'B' : 'A';
      const changed = envelope.slice(0, at) + other + envelope.slice(at + 1);
      const dropped = envelope.slice(0, at) + envelope.slice(at + 1);
      const added = `${envelope.slice(0, at)}=${envelope.slice(at)}`;
      for (const forged of [changed, dropped, added]) {
        expect(reasonOf(() => cipher.open(forged, PLACE))).toMatch(
          /^(format|unknown-key|refused)$/,
        );
      }
    }
  });

  test('a shortened tag does not open', () => {
    const parts = cipher.seal(CLEAR, PLACE).split('.');
    for (const length of [0, 4, 8, 12]) {
      const tag = Buffer.from(parts[5] ?? '', 'base64url').subarray(0, length);
      const forged = [...parts.slice(0, 5), tag.toString('base64url')].join('.');
      expect(reasonOf(() => cipher.open(forged, PLACE))).toBe('refused');
    }
  });

  test('parts of two envelopes of one place do not mix', () => {
    const [first, second] = [cipher.seal(CLEAR, PLACE), cipher.seal('x', PLACE)];
    const [a, b] = [first.split('.'), second.split('.')];
    for (const at of [3, 4, 5]) {
      const mixed = a.map((part, index) => (index === at ? b[at] : part)).join('.');
      expect(reasonOf(() => cipher.open(mixed, PLACE))).toBe('refused');
    }
  });

  test('an older key still opens, and new values are sealed under the current one', () => {
    const old = cipher.seal(CLEAR, PLACE);
    const rotated = new FieldCipher(ring(suite, 'k2', 'k1'));
    expect(rotated.open(old, PLACE)).toBe(CLEAR);
    expect(rotated.isOutdated(old)).toBe(true);
    const fresh = rotated.seal(CLEAR, PLACE);
    expect(fresh).toContain(`v1.${suite}.k2.`);
    expect(rotated.isOutdated(fresh)).toBe(false);
  });

  test('a key that was taken away, or replaced under its id, fails closed', () => {
    const envelope = cipher.seal(CLEAR, PLACE);
    const without = new FieldCipher(ring(suite, 'k2'));
    expect(reasonOf(() => without.open(envelope, PLACE))).toBe('unknown-key');
    const replaced = new FieldCipher({
      ...ring(suite, 'k1'),
      dataKeys: new Map([['k1', key('x')]]),
    });
    expect(reasonOf(() => replaced.open(envelope, PLACE))).toBe('refused');
  });

  test('the label of the other suite or key does not open it', () => {
    const both = new FieldCipher(ring(suite, 'k1', 'k2'));
    const envelope = both.seal(CLEAR, PLACE);
    const other = suite === 'AES' ? 'SM' : 'AES';
    expect(reasonOf(() => both.open(envelope.replace(suite, other), PLACE))).toBe('refused');
    expect(reasonOf(() => both.open(envelope.replace('.k1.', '.k2.'), PLACE))).toBe('refused');
  });

  test.each([
    [''],
    ['450328198703152415'],
    ['v1'],
    ['v2.AES.k1.a.b.c'],
    ['v1.DES.k1.a.b.c'],
    ['v1.AES.k1.a.b'],
    ['v1.AES.k1.a.b.c.d'],
    ['v1.AES.k1.!.b.c'],
  ])('%j is no envelope', (text) => {
    expect(reasonOf(() => cipher.open(text, PLACE))).toBe('format');
  });

  test('a place without a name or row, and text without UTF-8 form, are not sealed', () => {
    expect(() => cipher.seal(CLEAR, { ...PLACE, id: '' })).toThrow(CheckFailed);
    expect(() => cipher.seal(CLEAR, { ...PLACE, table: 'a.b' })).toThrow(CheckFailed);
    expect(() => cipher.seal(CLEAR, { ...PLACE, column: 'a:b' })).toThrow(CheckFailed);
    expect(() => cipher.seal('\ud842', PLACE)).toThrow(CheckFailed);
  });
});

test('after a change of suite the older envelopes still open and are outdated', () => {
  const envelope = new FieldCipher(ring('AES', 'k1')).seal(CLEAR, PLACE);
  const changed = new FieldCipher(ring('SM', 'k1'));
  expect(changed.open(envelope, PLACE)).toBe(CLEAR);
  expect(changed.isOutdated(envelope)).toBe(true);
  expect(changed.seal(CLEAR, PLACE)).toContain('v1.SM.k1.');
});
