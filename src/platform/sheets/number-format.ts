/**
 * Dates in a workbook are numbers of days with a format that shows a date. This file tells which formats do and what
 * day a number is.
 */

/**
 * Built-in formats that show a date, also those of Chinese programs, where 27–31, 36 and 50–54, 57, 58 are years,
 * months and days (ECMA-376 part 1, 18.8.30). Formats of a time alone are not among them.
 */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58,
]);

/** Whether a built-in format shows a date. */
export function isBuiltInDate(formatId: number): boolean {
  return BUILT_IN_DATES.has(formatId);
}

/** Whether a format of the file's own shows a date: years or days, or months that are not minutes. */
export function isDateFormat(code: string): boolean {
  const [first = ''] = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').split(';');
  return /[yd]/i.test(first) || (/m/i.test(first) && !/[hs]/i.test(first));
}

/** Day numbers of 1970-01-01 in the two systems of counting. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
/** 9999-12-31, the last day that the programs know. */
const LAST = 2_958_466;

/**
 * The day of a number of days, `YYYY-MM-DD`, with ` hh:mm:ss` where there is a time. Null when it is no day: not a
 * number, a time alone, beyond 9999, or the 29th of February 1900, which never was.
 */
export function dayOfSerial(text: string, from1904: boolean): string | null {
  const serial = Number(text);
  if (!(serial >= 1 && serial < LAST)) return null;
  if (!from1904 && Math.floor(serial) === 60) return null;
  // Excel takes 1900 for a leap year, so its days before March 1900 are one off.
  const leap = !from1904 && serial < 60 ? 1 : 0;
  const days = serial - (from1904 ? EPOCH_1904 : EPOCH_1900) + leap;
  const at = new Date(Math.round(days * 86_400) * 1000).toISOString();
  const midnight = at.slice(11, 19) === '00:00:00';
  return midnight ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}
