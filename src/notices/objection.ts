/**
 * Objections (异议) as rules. Pure but for the receipt code, which is drawn from the platform's randomness.
 * Laws (policy facts §3.3): anyone may object, named or not, while the notice hangs; an open objection holds
 * its item back; upheld, the item is stopped; nobody decides on an objection to what they did themselves.
 */
import { sm3Hex } from '../platform/crypto/digest';
import { randomToken } from '../platform/ids';

export const OBJECTION_STATES = ['open', 'upheld', 'dismissed'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/**
 * Open objections one notice takes at a time. No rule of the trade but a guard of the service, like the limit
 * on a request's size: anybody may write here without signing in, so something must end a flood.
 */
export const OPEN_OBJECTIONS_MAX = 20;

/** Without 0, 1, I and O, which are misread from paper. 32 letters: 5 bits each. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 20;

/** The form of a receipt code: five groups of four. */
export const RECEIPT_CODE = /^[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){4}$/;

/** A new receipt code, e.g. `7KQ2-…`; 100 bits, so that it cannot be guessed. */
export function newReceiptCode(): string {
  const bytes = Buffer.from(randomToken(CODE_LENGTH), 'base64url');
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is stored of a receipt code: whoever reads the table cannot follow an objection. */
export function receiptDigest(code: string): string {
  return sm3Hex(`notices.receipt:${code}`);
}
