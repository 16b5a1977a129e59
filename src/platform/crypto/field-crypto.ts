/**
 * What stores and the audit ask of cryptography, bound to the service's keys: sealing a personal field to its
 * row and column, the blind index by which it can be found again, and the MAC over audit entries.
 */
import { BlindIndex, type PersonalKind } from './blind-index';
import { hmacSm3Hex } from './digest';
import { FieldCipher, type FieldPlace } from './field-cipher';
import type { KeyRing } from './keys';

/** Cryptography bound to the keys of this service. */
export interface FieldCrypto {
  /** The envelope of a personal field; it opens only at the same table, column and row. */
  seal(plain: string, place: FieldPlace): string;
  /** @throws FieldUnreadable when the envelope was changed, moved, or sealed under an unknown key. */
  open(envelope: string, place: FieldPlace): string;
  /** Keyed digest (64 hex) of the normalised value, for finding equal values of one `table.column`. */
  index(column: string, kind: PersonalKind, value: string): string;
  /** Keyed MAC (64 hex) over an audit leaf. */
  mac(leaf: string): string;
}

/** Binds the functions to a key ring. */
export function fieldCrypto(ring: KeyRing): FieldCrypto {
  const cipher = new FieldCipher(ring);
  const blind = new BlindIndex(ring);
  return {
    seal: (plain, place) => cipher.seal(plain, place),
    open: (envelope, place) => cipher.open(envelope, place),
    index: (column, kind, value) => blind.of(column, kind, value),
    mac: (leaf) => hmacSm3Hex(ring.auditKey, leaf),
  };
}
