/**
 * Checks of what the program itself must keep true. A failed check is a mistake of the programmer
 * (or a corrupt record), never an officer's mistake: those are problems from a catalogue. The outer
 * border answers a failed check with an id and nothing else, so messages may be technical, but they
 * still must not repeat personal data.
 */

/** A law of the program was broken; the running act must stop and roll back. */
export class CheckFailed extends Error {
  override name = 'CheckFailed';
}

/**
 * Stops with CheckFailed when the condition does not hold.
 * @param message says which law was broken; never carries personal data.
 */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new CheckFailed(message);
}

/**
 * Closes a switch over a union: it does not compile while a case is missing, and stops with
 * CheckFailed if data from outside slipped past the type.
 */
export function never(value: never, what = 'case'): never {
  const seen: unknown = value;
  // Only short scalars are shown: an object could carry a person's data into a log.
  const shown =
    typeof seen === 'string' && seen.length <= 40
      ? `"${seen}"`
      : typeof seen === 'number' || typeof seen === 'boolean'
        ? String(seen)
        : `a ${typeof seen}`;
  throw new CheckFailed(`Unexpected ${what}: ${shown}`);
}
