import fc from 'fast-check';
import { CheckFailed } from '../../../src/platform/check';
import {
  BlindIndex,
  normalised,
  type PersonalKind,
} from '../../../src/platform/crypto/blind-index';
import { sm3Hex } from '../../../src/platform/crypto/digest';
import { developmentKeys } from '../../../src/platform/crypto/keys';

const index = new BlindIndex(developmentKeys());

describe('the one spelling of a value', () => {
  test.each<[PersonalKind, string, string]>([
    ['idNumber', ' 45032819870315241x ', '45032819870315241X'],
    ['idNumber', '450328 19870315 241X', '45032819870315241X'],
    ['idNumber', '４５０３２８１９８７０３１５２４１Ｘ', '45032819870315241X'],
    ['phone', '138-1234-1234', '13812341234'],
    ['phone', '+86 138 1234 1234', '13812341234'],
    ['phone', '008613812341234', '13812341234'],
    ['phone', '１３８１２３４１２３４', '13812341234'],
    ['phone', '0773-7512345', '07737512345'],
    ['phone', '86137512', '86137512'],
    ['account', '6217 9945-0001 2345 678', '6217994500012345678'],
    ['text', ' Ａ Ｂ ', 'A B'],
    ['text', '\u00a0𠮷田 ', '𠮷田'],
  ])('%s %j is %j', (kind, value, text) => {
    expect(normalised(kind, value)).toBe(text);
  });

  test('normalising twice changes nothing more', () => {
    const kind = fc.constantFrom<PersonalKind>('idNumber', 'phone', 'account', 'text');
    fc.assert(
      fc.property(kind, fc.string({ unit: 'grapheme' }), (one, value) => {
        const text = normalised(one, value);
        expect(normalised(one, text)).toBe(text);
      }),
    );
  });
});

describe('a blind index', () => {
  test('is the same for every spelling of one value', () => {
    const once = index.of('member.id_number', 'idNumber', '45032819870315241X');
    expect(once).toMatch(/^[0-9a-f]{64}$/);
    expect(index.of('member.id_number', 'idNumber', ' 45032819870315241x')).toBe(once);
  });

  test('differs by column, by value and by key', () => {
    const value = '13812341234';
    const other = new BlindIndex({ indexKey: Buffer.alloc(32, 'other') });
    const all = [
      index.of('member.phone', 'phone', value),
      index.of('person.phone', 'phone', value),
      index.of('member.phone', 'phone', '13812341235'),
      other.of('member.phone', 'phone', value),
      sm3Hex(value),
    ];
    expect(new Set(all).size).toBe(5);
  });

  test('is untouched by the suite, so a change of suite keeps the search', () => {
    const [aes, sm] = [developmentKeys('AES'), developmentKeys('SM')].map((ring) =>
      new BlindIndex(ring).of('member.phone', 'phone', '13812341234'),
    );
    expect(aes).toBe(sm);
  });

  test('of nothing, or of no column, is refused without repeating the value', () => {
    expect(() => index.of('member.phone', 'phone', '无')).toThrow(
      new CheckFailed('No blind index of an empty value (member.phone).'),
    );
    expect(() => index.of('member.phone', 'text', '  ')).toThrow(CheckFailed);
    expect(() => index.of('phone', 'phone', '13812341234')).toThrow(CheckFailed);
  });
});
