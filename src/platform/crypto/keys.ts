/**
 * The keys of a running service: data keys by id (old ones still open, the current one seals), one
 * key for blind indexes, one for the audit's keyed digest, and the suite that new envelopes use.
 * Laws: keys come from the configuration and never from the repository, except the development ring,
 * which a production start refuses; every purpose has its own derived key; no error repeats a key.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { check } from '../check';

/** 'AES': AES-256-GCM. 'SM': SM4-CBC then HMAC-SM3 (encrypt, then authenticate). */
export type CryptoSuite = 'AES' | 'SM';

/** The keys in force. All are 32 bytes. */
export interface KeyRing {
  /** Data keys by key id; ids are 1 to 16 of a-z, 0-9 and '-'. */
  readonly dataKeys: ReadonlyMap<string, Buffer>;
  /** The id under which new values are sealed. */
  readonly currentKeyId: string;
  /** Blind indexes; changing it means recomputing every index column. */
  readonly indexKey: Buffer;
  /** The keyed digest over audit entries. */
  readonly auditKey: Buffer;
  readonly suite: CryptoSuite;
}

const KEY_ID = /^[a-z0-9-]{1,16}$/;
const KEY_TEXT = /^[A-Za-z0-9+/_-]{43}=?$/;
const SETTINGS = ['suite', 'current', 'data', 'index', 'audit'];

/**
 * Reads a key ring from text. Settings are separated by ';' or line ends, in any order:
 *
 *     suite=AES
 *     current=k2
 *     data=k1:<key>,k2:<key>
 *     index=<key>
 *     audit=<key>
 *
 * A key is 32 random bytes in base64 or base64url (`openssl rand -base64 32`). `suite` may be left
 * out (AES); `current` may be left out when there is one data key.
 * @throws CheckFailed when a setting is missing, unknown, repeated or no key; keys are not repeated.
 */
export function keyRingFromConfig(text: string): KeyRing {
  const settings = new Map<string, string>();
  for (const line of text.split(/[;\r\n]+/).map((part) => part.trim())) {
    if (line === '') continue;
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(at, 0)).trim();
    check(SETTINGS.includes(name), `Key ring: a setting is none of ${SETTINGS.join(', ')}.`);
    check(!settings.has(name), `Key ring: the setting ${name} is given twice.`);
    settings.set(name, line.slice(at + 1).trim());
  }
  const dataKeys = new Map<string, Buffer>();
  for (const item of required(settings, 'data').split(',')) {
    const [id = '', key = '', ...more] = item.split(':').map((part) => part.trim());
    check(more.length === 0, 'Key ring: a data key is written id:key.');
    check(KEY_ID.test(id), 'Key ring: a key id is 1 to 16 of a-z, 0-9 and "-".');
    check(!dataKeys.has(id), `Key ring: the data key ${id} is given twice.`);
    dataKeys.set(id, keyOf(key, `data key ${id}`));
  }
  const [firstId = ''] = dataKeys.keys();
  check(
    settings.has('current') || dataKeys.size === 1,
    'Key ring: with several data keys the setting current is needed.',
  );
  const suite = settings.get('suite') ?? 'AES';
  check(suite === 'AES' || suite === 'SM', 'Key ring: suite is AES or SM.');
  return checkedRing({
    dataKeys,
    currentKeyId: settings.get('current') ?? firstId,
    indexKey: keyOf(required(settings, 'index'), 'index key'),
    auditKey: keyOf(required(settings, 'audit'), 'audit key'),
    suite,
  });
}

function required(settings: ReadonlyMap<string, string>, name: string): string {
  const value = settings.get(name);
  check(value, `Key ring: the setting ${name} is missing.`);
  return value;
}

function keyOf(text: string, what: string): Buffer {
  const key = Buffer.from(text, 'base64');
  check(KEY_TEXT.test(text) && key.length === 32, `Key ring: the ${what} is not 32 bytes base64.`);
  // Not a test of randomness; it catches the placeholder key of zeros or of one repeated letter.
  check(new Set(key).size >= 8, `Key ring: the ${what} is no random key.`);
  return key;
}

function checkedRing(ring: KeyRing): KeyRing {
  check(ring.dataKeys.has(ring.currentKeyId), 'Key ring: current names no data key.');
  const all = keysOf(ring).map((key) => key.toString('hex'));
  check(new Set(all).size === all.length, 'Key ring: one key is used for two purposes.');
  return ring;
}

function keysOf(ring: KeyRing): Buffer[] {
  return [...ring.dataKeys.values(), ring.indexKey, ring.auditKey];
}

function publicKey(purpose: string): Buffer {
  return createHash('sha256')
    .update(`xinfu DEVELOPMENT key, public, no secret: ${purpose}`)
    .digest();
}

/** The fixed ring of development and tests. Everyone who has the source knows it. */
export function developmentKeys(suite: CryptoSuite = 'AES'): KeyRing {
  return checkedRing({
    dataKeys: new Map([['development', publicKey('data')]]),
    currentKeyId: 'development',
    indexKey: publicKey('index'),
    auditKey: publicKey('audit'),
    suite,
  });
}

/** Whether any key of the ring is a development key, under whatever id; a production start refuses it. */
export function isDevelopment(ring: KeyRing): boolean {
  const known = keysOf(developmentKeys()).map((key) => key.toString('hex'));
  return keysOf(ring).some((key) => known.includes(key.toString('hex')));
}

/**
 * A key of its own for one purpose, so that no key serves two algorithms or two columns.
 * @param digest 'sha256' or 'sm3', to stay within one suite. @returns 32 bytes.
 */
export function derivedKey(master: Buffer, purpose: string, digest: 'sha256' | 'sm3'): Buffer {
  return createHmac(digest, master).update(`xinfu.v1:${purpose}`).digest();
}

/** A new ring in the form that `keyRingFromConfig` reads, one setting a line; printed once and kept by the county. */
export function newKeyRingText(suite: CryptoSuite = 'AES'): string {
  const key = () => randomBytes(32).toString('base64');
  const lines = [`suite=${suite}`, 'current=k1', `data=k1:${key()}`, `index=${key()}`];
  return [...lines, `audit=${key()}`].join(';');
}
