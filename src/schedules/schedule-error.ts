/** How a schedule is refused: which field of the case, and why, in both languages. */

/** Malformed input is the sender's to mend; unsupported is a convention that this product does not follow. */
export class ScheduleError extends Error {
  override name = 'ScheduleError';

  constructor(
    readonly kind: 'malformed' | 'unsupported',
    /** Path of the field, e.g. product.rounding. */
    readonly field: string,
    readonly chinese: string,
    readonly english: string,
  ) {
    super(`${field}: ${chinese} / ${english}`);
  }
}

/** The field is missing or wrong. */
export function malformed(field: string, chinese: string, english: string): ScheduleError {
  return new ScheduleError('malformed', field, chinese, english);
}

/** The field asks for what this product does not do. */
export function unsupported(field: string, chinese: string, english: string): ScheduleError {
  return new ScheduleError('unsupported', field, chinese, english);
}
