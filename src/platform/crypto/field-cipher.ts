/**
 * Sealing of personal fields: ID numbers, phones, accounts. The envelope is
 * `v1.<suite>.<keyId>.<iv>.<ciphertext>.<tag>` (base64url parts); the place `table.column:id` is
 * bound as associated data, so a value copied to another row or column does not open. Laws: an
 * envelope opens whole or not at all; an error names the place and never the value. Batches never
 * open envelopes (20 to 40 µs each): screens and lists use the stored masked form.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { check } from '../check';
import { type CryptoSuite, derivedKey, type KeyRing } from './keys';

/** Where a sealed value stands: the row is part of what is authenticated. */
export interface FieldPlace {
  /** Table and column as in the database (a-z, 0-9, '_'). */
  readonly table: string;
  readonly column: string;
  /** The row's key; natural keys of several parts are joined by the caller. */
  readonly id: string;
}

/** Why an envelope did not open. 'refused': wrong key, wrong place or changed content. */
export type UnreadableReason = 'format' | 'unknown-key' | 'refused';

/** An envelope could not be opened; holds the place and the reason, never the value. */
export class FieldUnreadable extends Error {
  override name = 'FieldUnreadable';
  constructor(
    readonly reason: UnreadableReason,
    readonly place: FieldPlace,
  ) {
    super(`Sealed field ${placeText(place)} cannot be read (${reason}).`);
  }
}

interface Sealed {
  iv: Buffer;
  body: Buffer;
  tag: Buffer;
}

/** One suite under one data key. `bound` is the associated data; `open` throws when anything is off. */
interface Box {
  seal(plain: Buffer, bound: Buffer): Sealed;
  open(sealed: Sealed, bound: Buffer): Buffer;
}

const NAME = /^[a-z][a-z0-9_]*$/;
const GCM_IV = 12;
const GCM_TAG = 16;
const SM4_BLOCK = 16;

function placeText(place: FieldPlace): string {
  return `${place.table}.${place.column}:${place.id}`;
}

/** AES-256-GCM with a random 96-bit IV; one key serves at most 2³² values (NIST SP 800-38D §8.3). */
function aesBox(master: Buffer): Box {
  const key = derivedKey(master, 'field:aes-256-gcm', 'sha256');
  return {
    seal: (plain, bound) => {
      const iv = randomBytes(GCM_IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: GCM_TAG });
      cipher.setAAD(bound);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return { iv, body, tag: cipher.getAuthTag() };
    },
    open: ({ iv, body, tag }, bound) => {
      check(iv.length === GCM_IV && tag.length === GCM_TAG, 'AES-GCM parts have the wrong length.');
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: GCM_TAG });
      decipher.setAAD(bound);
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
  };
}

/** SM4-CBC, then HMAC-SM3 over everything: OpenSSL 3 offers no SM4-GCM. Two derived keys. */
function smBox(master: Buffer): Box {
  const key = derivedKey(master, 'field:sm4-cbc', 'sm3').subarray(0, SM4_BLOCK);
  const macKey = derivedKey(master, 'field:hmac-sm3', 'sm3');
  const tagOf = (iv: Buffer, body: Buffer, bound: Buffer) => {
    // The length in front keeps the border between associated data and ciphertext unmovable.
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bound.length);
    const mac = createHmac('sm3', macKey);
    return mac.update(length).update(bound).update(iv).update(body).digest();
  };
  return {
    seal: (plain, bound) => {
      const iv = randomBytes(SM4_BLOCK);
      const cipher = createCipheriv('sm4-cbc', key, iv);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return { iv, body, tag: tagOf(iv, body, bound) };
    },
    open: ({ iv, body, tag }, bound) => {
      const expected = tagOf(iv, body, bound);
      check(
        iv.length === SM4_BLOCK && tag.length === expected.length && timingSafeEqual(tag, expected),
        'The tag does not fit.',
      );
      const decipher = createDecipheriv('sm4-cbc', key, iv);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
  };
}

/** Seals and opens personal fields with the keys of a ring. */
export class FieldCipher {
  private readonly boxes = new Map<string, Box>();

  constructor(private readonly ring: KeyRing) {
    for (const [id, key] of ring.dataKeys) {
      this.boxes.set(`AES.${id}`, aesBox(key));
      this.boxes.set(`SM.${id}`, smBox(key));
    }
  }

  /** Seals text for a place under the current key and suite. Two seals of one text differ. */
  seal(plain: string, place: FieldPlace): string {
    check(NAME.test(place.table) && NAME.test(place.column), 'A place names a table and column.');
    check(place.id !== '', 'A place names a row.');
    check(!/\p{Surrogate}/u.test(plain), 'Sealed text must have a UTF-8 form to come back whole.');
    const header = headerOf(this.ring.suite, this.ring.currentKeyId);
    const box = this.boxes.get(`${this.ring.suite}.${this.ring.currentKeyId}`);
    check(box, 'The current key is in the ring.');
    const { iv, body, tag } = box.seal(Buffer.from(plain, 'utf8'), boundTo(header, place));
    return [header, ...[iv, body, tag].map((part) => part.toString('base64url'))].join('.');
  }

  /**
   * Opens an envelope at the place where it was sealed.
   * @throws FieldUnreadable when it is malformed, its key is not in the ring, or it was changed.
   */
  open(envelope: string, place: FieldPlace): string {
    const parts = envelope.split('.');
    const [version, suite, keyId] = parts;
    if (parts.length !== 6 || version !== 'v1' || (suite !== 'AES' && suite !== 'SM')) {
      throw new FieldUnreadable('format', place);
    }
    const box = this.boxes.get(`${suite}.${keyId}`);
    if (!box || keyId === undefined) throw new FieldUnreadable('unknown-key', place);
    const [iv, body, tag] = parts.slice(3).map((part) => bytesOf(part));
    if (!iv || !body || !tag) throw new FieldUnreadable('format', place);
    let plain: Buffer;
    try {
      plain = box.open({ iv, body, tag }, boundTo(headerOf(suite, keyId), place));
    } catch {
      // The cause is not passed on: one answer for every kind of tampering gives no oracle.
      throw new FieldUnreadable('refused', place);
    }
    return plain.toString('utf8');
  }

  /** Whether an envelope is sealed under another key or suite than new ones; key rotation asks this. */
  isOutdated(envelope: string): boolean {
    return !envelope.startsWith(`${headerOf(this.ring.suite, this.ring.currentKeyId)}.`);
  }
}

function headerOf(suite: CryptoSuite, keyId: string): string {
  return `v1.${suite}.${keyId}`;
}

function boundTo(header: string, place: FieldPlace): Buffer {
  return Buffer.from(`${header}|${placeText(place)}`, 'utf8');
}

/** Bytes of strict base64url; Node's decoder skips strange characters, so the text must come back. */
function bytesOf(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
