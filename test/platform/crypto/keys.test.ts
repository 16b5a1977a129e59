import { CheckFailed } from '../../../src/platform/check';
import { sha256Hex } from '../../../src/platform/crypto/digest';
import {
  derivedKey,
  developmentKeys,
  isDevelopment,
  keyRingFromConfig,
} from '../../../src/platform/crypto/keys';

const key = (name: string) => Buffer.from(sha256Hex(`test key ${name}`), 'hex').toString('base64');
const [K1, K2, INDEX, AUDIT] = ['k1', 'k2', 'index', 'audit'].map(key);
const WHOLE = `suite=SM;current=k2;data=k1:${K1},k2:${K2};index=${INDEX};audit=${AUDIT}`;

describe('a key ring from text', () => {
  test('holds what the text says', () => {
    const ring = keyRingFromConfig(WHOLE);
    expect([...ring.dataKeys.keys()]).toEqual(['k1', 'k2']);
    expect(ring.dataKeys.get('k1')?.toString('base64')).toBe(K1);
    expect(ring.currentKeyId).toBe('k2');
    expect(ring.indexKey.toString('base64')).toBe(INDEX);
    expect(ring.auditKey.toString('base64')).toBe(AUDIT);
    expect(ring.suite).toBe('SM');
    expect(isDevelopment(ring)).toBe(false);
  });

  test('may stand on lines, in base64url, with blanks, and leave out what has one answer', () => {
    const url = Buffer.from(K1 ?? '', 'base64').toString('base64url');
    const ring = keyRingFromConfig(
      `\n audit = ${AUDIT}\r\nindex=${INDEX}\n data= k1 : ${url} \n\n`,
    );
    expect(ring.currentKeyId).toBe('k1');
    expect(ring.suite).toBe('AES');
    expect(ring.dataKeys.get('k1')?.toString('base64')).toBe(K1);
  });

  const zeros = Buffer.alloc(32).toString('base64');
  const short = Buffer.alloc(31, 'short').toString('base64');
  test.each([
    ['nothing', ''],
    ['no data keys', `index=${INDEX};audit=${AUDIT}`],
    ['no index key', `data=k1:${K1};audit=${AUDIT}`],
    ['no audit key', `data=k1:${K1};index=${INDEX}`],
    ['an unknown setting', `${WHOLE};other=1`],
    ['text without a setting', `${WHOLE};hello`],
    ['a setting twice', `${WHOLE};suite=AES`],
    ['an unknown suite', WHOLE.replace('suite=SM', 'suite=DES')],
    ['several keys and no current one', WHOLE.replace('current=k2;', '')],
    ['a current key that is not there', WHOLE.replace('current=k2', 'current=k3')],
    ['a key id twice', WHOLE.replace(',k2:', ',k1:')],
    ['a key with a third part', WHOLE.replace(',k2:', ':x,k2:')],
    ['a key id with a dot', WHOLE.replace('k1:', 'k.1:')],
    ['a short key', WHOLE.replace(K1 ?? '', short)],
    ['a key that is no base64', WHOLE.replace(K1 ?? '', '*'.repeat(44))],
    ['a key of zeros', WHOLE.replace(K1 ?? '', zeros)],
    ['one key for two purposes', WHOLE.replace(INDEX ?? '', AUDIT ?? '')],
    ['one data key under two ids', WHOLE.replace(K2 ?? '', K1 ?? '')],
  ])('%s is refused, and no key is repeated in the message', (_, text) => {
    let message = '';
    try {
      keyRingFromConfig(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CheckFailed);
      message = String(error);
    }
    expect(message).toContain('Key ring:');
    for (const secret of [K1, K2, INDEX, AUDIT, zeros, short]) {
      expect(message).not.toContain(secret);
    }
  });
});

describe('the development ring', () => {
  test('is fixed and known for what it is', () => {
    expect(developmentKeys()).toEqual(developmentKeys());
    expect(developmentKeys('SM').suite).toBe('SM');
    expect(isDevelopment(developmentKeys())).toBe(true);
  });

  test('one of its keys under another id is found out', () => {
    const borrowed = developmentKeys().indexKey.toString('base64');
    expect(isDevelopment(keyRingFromConfig(WHOLE.replace(K1 ?? '', borrowed)))).toBe(true);
  });
});

test('derived keys differ by purpose, digest and master', () => {
  const master = Buffer.alloc(32, 1);
  const keys = [
    derivedKey(master, 'a', 'sha256'),
    derivedKey(master, 'b', 'sha256'),
    derivedKey(master, 'a', 'sm3'),
    derivedKey(Buffer.alloc(32, 2), 'a', 'sha256'),
  ];
  expect(new Set(keys.map((one) => one.toString('hex'))).size).toBe(4);
  expect(keys.every((one) => one.length === 32)).toBe(true);
  expect(derivedKey(master, 'a', 'sm3')).toEqual(keys[2]);
});
