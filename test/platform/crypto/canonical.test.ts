import fc from 'fast-check';
import { CheckFailed } from '../../../src/platform/check';
import { canonical } from '../../../src/platform/crypto/canonical';

describe('the vectors of RFC 8785', () => {
  test('literals, numbers and strings (§3.2.2)', () => {
    const input =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonical(JSON.parse(input))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('keys are sorted by UTF-16 code units (§3.2.3)', () => {
    const text = canonical({
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    });
    expect([...text.matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  // Appendix B: the bits of the double and its text.
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the number %s is written %s', (bits, text) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });
});

describe('what JSON cannot say exactly is refused with its path', () => {
  class Loan {
    id = 1;
  }
  const circle: Record<string, unknown> = {};
  circle.inner = { circle };

  test.each<[string, unknown, string]>([
    ['undefined', undefined, '$'],
    ['an undefined field', { a: { b: undefined } }, '$.a.b'],
    ['undefined in a list', [1, undefined], '$[1]'],
    ['a hole in a list', { list: new Array(2) }, '$.list[0]'],
    ['NaN', [Number.NaN], '$[0]'],
    ['infinity', { n: Number.POSITIVE_INFINITY }, '$.n'],
    ['a big integer', { n: 1n }, '$.n'],
    ['a function', { f: () => 1 }, '$.f'],
    ['a toJSON method', { toJSON: () => 'other' }, '$.toJSON'],
    ['a symbol', { s: Symbol('s') }, '$.s'],
    ['a symbol key', { [Symbol('s')]: 1 }, '$'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', new Map(), '$'],
    ['a class instance', new Loan(), '$'],
    ['a buffer', Buffer.from('x'), '$'],
    ['a boxed number', { n: Object(1) }, '$.n'],
    ['a lone surrogate', { name: '\ud842' }, '$.name'],
    ['a lone surrogate in a key', { '\udfb7': 1 }, '$'],
    ['a circle', circle, '$.inner.circle'],
  ])('%s', (_, value, path) => {
    expect(() => canonical(value)).toThrow(CheckFailed);
    expect(() => canonical(value)).toThrow(`at ${path}:`);
  });

  test('the message does not repeat the value', () => {
    expect(() => canonical({ name: '张小明\ud842' })).toThrow(
      new CheckFailed('Not plain JSON at $.name: a lone surrogate.'),
    );
  });
});

test('one object twice is no circle, and an object without prototype is plain', () => {
  const shared = { b: 2 };
  expect(canonical([shared, shared])).toBe('[{"b":2},{"b":2}]');
  expect(canonical(Object.assign(Object.create(null), { b: 1, a: '𠮷' }))).toBe('{"a":"𠮷","b":1}');
});

test('the text says the value, whatever the order of the keys', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, shuffled(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonical(shuffled(value))).toBe(text);
      expect(canonical(JSON.parse(text))).toBe(text);
    }),
  );
});
