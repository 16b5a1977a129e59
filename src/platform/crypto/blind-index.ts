/**
 * Blind indexes: a keyed digest in its own column, by which an ID number, phone or account is found
 * without being stored in the clear. Laws: HMAC-SM3 in both suites, so changing the suite leaves the
 * indexes valid; one derived key per column, so equal values in two columns do not show; the key is
 * never optional (within one county an ID number has about 25 unknown bits). It finds equal values
 * only, and shows that two rows of one column are equal.
 */
import { createHmac } from 'node:crypto';
import { check } from '../check';
import { derivedKey, type KeyRing } from './keys';

/** What kind of value is normalised before it is compared. */
export type PersonalKind = 'idNumber' | 'phone' | 'account' | 'text';

/**
 * The one spelling of a value: NFKC (full-width becomes half-width) and trimmed; ID numbers without
 * blanks and with upper-case X; phones digits only, without the country code 86 before a mobile
 * number; accounts without blanks and hyphens. Texts keep their inner blanks.
 */
export function normalised(kind: PersonalKind, value: string): string {
  const text = value.normalize('NFKC').trim();
  switch (kind) {
    case 'idNumber':
      return text.replace(/\s/g, '').toUpperCase();
    case 'phone':
      return text.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
    case 'account':
      return text.replace(/[\s-]/g, '').toUpperCase();
    case 'text':
      return text;
  }
}

/** Makes the index values of columns. */
export class BlindIndex {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly ring: Pick<KeyRing, 'indexKey'>) {}

  /**
   * The index of a value: 64 hex characters.
   * @param column 'table.column' of the value that is indexed.
   * @throws CheckFailed when nothing is left of the value; the message does not repeat it.
   */
  of(column: string, kind: PersonalKind, value: string): string {
    const text = normalised(kind, value);
    check(text !== '', `No blind index of an empty value (${column}).`);
    return createHmac('sm3', this.keyOf(column)).update(text, 'utf8').digest('hex');
  }

  private keyOf(column: string): Buffer {
    let key = this.keys.get(column);
    if (!key) {
      check(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(column), 'A blind index is of table.column.');
      key = derivedKey(this.ring.indexKey, `blind-index:${column}`, 'sm3');
      this.keys.set(column, key);
    }
    return key;
  }
}
