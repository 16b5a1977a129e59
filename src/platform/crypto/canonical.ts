/**
 * One text for one value: JSON in the canonical form of RFC 8785 (keys in UTF-16 order, no blanks,
 * numbers as ECMAScript prints them), so that a digest over it can be repeated by anyone. Law: what
 * JSON cannot say exactly is refused and never dropped in silence, because a field that is left out
 * of the text is left out of the proof.
 */
import serialize from 'canonicalize';
import { CheckFailed, check } from '../check';

/**
 * The canonical JSON text of a plain value.
 * @throws CheckFailed for undefined, NaN, infinities, bigint, functions, symbols, dates and other
 * class instances, holes in arrays, lone surrogates and circles; the message names the path only.
 */
export function canonical(value: unknown): string {
  checkPlain(value, null, new Set());
  const text = serialize(value);
  check(text !== undefined, 'A value without JSON text passed the check.');
  return text;
}

/** Where a value stands in the whole: its key, and where that stands. Null for the whole. */
type Place = { readonly up: Place; readonly key: string | number } | null;

/** The path in words, made only when it must be said. */
function pathOf(place: Place): string {
  if (place === null) return '$';
  const { up, key } = place;
  return pathOf(up) + (typeof key === 'number' ? `[${key}]` : `.${key}`);
}

function refuse(place: Place, what: string): never {
  throw new CheckFailed(`Not plain JSON at ${pathOf(place)}: ${what}.`);
}

function checkPlain(value: unknown, place: Place, above: Set<object>): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    checkText(value, place);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(place, 'a number that is not finite');
    return;
  }
  if (typeof value !== 'object') refuse(place, typeof value);
  if (above.has(value)) refuse(place, 'a circle');
  above.add(value);
  if (Array.isArray(value)) {
    // entries() visits holes as undefined, which is refused like any undefined.
    for (const [key, item] of value.entries()) checkPlain(item, { up: place, key }, above);
  } else {
    const shape: unknown = Object.getPrototypeOf(value);
    if (shape !== null && shape !== Object.prototype) refuse(place, 'an instance of a class');
    if (Object.getOwnPropertySymbols(value).length > 0) refuse(place, 'a symbol key');
    for (const [key, item] of Object.entries(value)) {
      checkText(key, place);
      checkPlain(item, { up: place, key }, above);
    }
  }
  above.delete(value);
}

/** Text as Node has it; the library of this language version does not know the method yet. */
type Text = string & { isWellFormed(): boolean };

function checkText(text: string, place: Place): void {
  // RFC 8785 §3.2.2.2 asks for an error: a lone surrogate has no UTF-8 form.
  if (!(text as Text).isWellFormed()) refuse(place, 'a lone surrogate');
}
