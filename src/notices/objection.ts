/**
 * Objections (异议) as rules. Pure but for the receipt code, which is drawn from the platform's randomness.
 * Laws (policy facts §3.3): anyone may object, named or not, while the notice hangs; an open objection holds
 * its item back; upheld, the item is stopped; nobody decides on an objection to what they did themselves.
 */
import { sm3Hex } from '../platform/crypto/digest';
import type { BusinessDate } from '../platform/dates';
import { randomToken } from '../platform/ids';

export const OBJECTION_STATES = ['open', 'upheld', 'dismissed'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/** What the township found: the claim is true, is not true, or could not be settled. */
export const CHECK_OUTCOMES = ['founded', 'unfounded', 'unclear'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** The days and the check of an objection, as far as its next step goes. */
export interface ObjectionProgress {
  state: ObjectionState;
  checkFirst: boolean;
  checkBy: BusinessDate | null;
  checkedOn: BusinessDate | null;
  decideBy: BusinessDate | null;
}

/** Whether the township is behind on the date: it was to check, has not, and its days are over. */
export function checkIsLate(objection: ObjectionProgress, date: BusinessDate): boolean {
  const { state, checkFirst, checkedOn, checkBy } = objection;
  return state === 'open' && checkFirst && checkedOn === null && checkBy !== null && date > checkBy;
}

/** Whether the decision is overdue on the date. */
export function decisionIsLate(
  { state, decideBy }: ObjectionProgress,
  date: BusinessDate,
): boolean {
  return state === 'open' && decideBy !== null && date > decideBy;
}

/** Whether the decision must wait for the township; one that lets its days pass holds nobody up. */
export function awaitsCheck(objection: ObjectionProgress, date: BusinessDate): boolean {
  const { state, checkFirst, checkedOn } = objection;
  return state === 'open' && checkFirst && checkedOn === null && !checkIsLate(objection, date);
}

/** Photos that may be added to one objection; a guard of the service, like the one below. */
export const EVIDENCE_MAX = 3;

/**
 * Open objections one item takes at a time; a flood against one household closes the box for no other of its sheet.
 * No rule of the trade but a guard of the service, like the limit on a request's size: anybody may write here without
 * signing in, so something must end a flood.
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
