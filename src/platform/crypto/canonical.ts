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
  checkPlain(value, '$', new Set());
  const text = serialize(value);
  check(text !== undefined, 'A value without JSON text passed the check.');
  return text;
}

function refuse(path: string, what: string): never {
  throw new CheckFailed(`Not plain JSON at ${path}: ${what}.`);
}

function checkPlain(value: unknown, path: string, above: Set<object>): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    checkText(value, path);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(path, 'a number that is not finite');
    return;
  }
  if (typeof value !== 'object') refuse(path, typeof value);
  if (above.has(value)) refuse(path, 'a circle');
  above.add(value);
  if (Array.isArray(value)) {
    // entries() visits holes as undefined, which is refused like any undefined.
    for (const [index, item] of value.entries()) checkPlain(item, `${path}[${index}]`, above);
  } else {
    const shape: unknown = Object.getPrototypeOf(value);
    if (shape !== null && shape !== Object.prototype) refuse(path, 'an instance of a class');
    if (Object.getOwnPropertySymbols(value).length > 0) refuse(path, 'a symbol key');
    for (const [key, item] of Object.entries(value)) {
      checkText(key, path);
      checkPlain(item, `${path}.${key}`, above);
    }
  }
  above.delete(value);
}

function checkText(text: string, path: string): void {
  // RFC 8785 §3.2.2.2 asks for an error: a lone surrogate has no UTF-8 form.
  if (/\p{Surrogate}/u.test(text)) refuse(path, 'a lone surrogate');
}
