/**
 * Rates and shares. A rate is an integer in parts per million (ppm): an annual interest rate of
 * 4.75 % is 47 500, a subsidy share of 70 % is 700 000, and one whole is 1 000 000. Laws: a rate is
 * never a float; it enters and leaves the system as percent text ("4.75"), which is exact in ppm
 * because one ppm is 0.0001 %.
 */
import { Decimal } from 'decimal.js';
import { check } from './check';

/** Parts per million, a safe integer (negative only as a difference); 10 000 ppm are one percent. */
export type Ppm = number & { readonly __brand: 'Ppm' };

/** The whole (100 %) in ppm. */
export const WHOLE_PPM = 1_000_000 as Ppm;

/** Nothing (0 %) in ppm. */
export const ZERO_PPM = 0 as Ppm;

/** Sixty digits keep a quotient of two safe integers exact enough that no tie is mistaken. */
const Ratio = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

const PERCENT_TEXT = /^(0|[1-9]\d{0,5})(?:\.(\d{1,4}))?$/;

/** Takes an integer as ppm. @throws CheckFailed when it is not a safe integer. */
export function ppm(value: number): Ppm {
  check(Number.isSafeInteger(value), 'A rate in ppm must be a safe integer.');
  return (value + 0) as Ppm;
}

/**
 * Reads percent text: "4.75" gives 47 500 ppm. Strict: no sign, no exponent, no blanks, no percent
 * sign, at most 4 decimals and 6 integer digits.
 * @throws CheckFailed on any other text.
 */
export function parsePercent(text: string): Ppm {
  const match = typeof text === 'string' ? PERCENT_TEXT.exec(text) : null;
  check(match, '百分数应为不带符号的十进制文本，至多四位小数，例如 "4.75"。');
  const [, whole = '', part = ''] = match;
  return ppm(Number(whole + part.padEnd(4, '0')));
}

/** Writes ppm as percent text with at least two decimals: 47 500 gives "4.75", 43 333 "4.3333". */
export function percent(rate: Ppm): string {
  check(Number.isSafeInteger(rate), 'A rate in ppm must be a safe integer.');
  const digits = String(Math.abs(rate)).padStart(5, '0');
  const part = digits.slice(-4).replace(/0{1,2}$/, '');
  return `${rate < 0 ? '-' : ''}${digits.slice(0, -4)}.${part}`;
}

/**
 * The ratio part ÷ whole as percent text for a report, rounded half up (half away from zero).
 * Both are integers of the same unit (fen or counts). Returns null when the whole is 0, because a
 * share of nothing has no value and printing 0.00 or 100.00 would mislead: screens show 「—」.
 * @param digits decimals in the answer, 0 to 6.
 */
export function ratioPercent(part: number, whole: number, digits = 2): string | null {
  check(
    Number.isSafeInteger(part) && Number.isSafeInteger(whole),
    'A ratio is taken of two safe integers.',
  );
  check(Number.isInteger(digits) && digits >= 0 && digits <= 6, 'A ratio has 0 to 6 decimals.');
  if (whole === 0) return null;
  const value = new Ratio(part).times(100).div(whole).toDecimalPlaces(digits);
  return (value.isZero() ? new Ratio(0) : value).toFixed(digits);
}
