/**
 * Exact amounts for schedules. Foreign conventions carry unrounded balances and level instalments need powers, so
 * the module reckons in decimals of 60 digits, in units of the currency (yuan); an integer ratio is divided once, at
 * the end, so that a half is seen as a half. Fen leave the module through `fenOf`.
 */
import { Decimal } from 'decimal.js';
import { type Fen, fen } from '../platform/money';

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** An amount in units of the currency, or a plain number; never a float. */
export type Amount = Decimal;

/** How a broken unit is rounded: half up (四舍五入), half to even, away from zero, towards zero. */
export type RoundingMode = 'HALF_UP' | 'HALF_EVEN' | 'UP' | 'DOWN';

/** Every mode by its name. */
export const ROUNDING_MODES: Readonly<Record<RoundingMode, Decimal.Rounding>> = {
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
};

/** A quotient that is not yet divided; the denominator is a positive integer. */
export interface Ratio {
  readonly num: Amount;
  readonly den: number;
}

/** Takes a decimal text, a JSON number (as it is printed) or an amount. */
export function amount(value: string | number | Amount): Amount {
  return new Exact(value);
}

/** No money. */
export const NOTHING: Amount = amount(0);

/** Nothing as a ratio. */
export const NO_RATIO: Ratio = { num: NOTHING, den: 1 };

/** Makes a ratio of two integers. */
export function ratio(num: number, den: number): Ratio {
  return { num: amount(num), den };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The sum, over the least common denominator. */
export function addRatio(a: Ratio, b: Ratio): Ratio {
  const left = b.den / commonDivisor(a.den, b.den);
  const right = (a.den * left) / b.den;
  return { num: a.num.times(left).plus(b.num.times(right)), den: a.den * left };
}

/** The ratio times an amount. */
export function scale(by: Amount, of: Ratio): Ratio {
  return { num: of.num.times(by), den: of.den };
}

/** The product of two ratios. */
export function timesRatio(a: Ratio, b: Ratio): Ratio {
  return { num: a.num.times(b.num), den: a.den * b.den };
}

/** The quotient, to 60 digits. */
export function quotient(of: Ratio): Amount {
  return of.num.div(of.den);
}

/** Rounds to a number of decimals. */
export function roundTo(value: Amount, decimals: number, mode: RoundingMode): Amount {
  return value.toDecimalPlaces(decimals, ROUNDING_MODES[mode]);
}

/** Rounds to the nearest multiple of a whole number of units. */
export function roundToMultiple(value: Amount, multiple: Amount, mode: RoundingMode): Amount {
  return value.div(multiple).toDecimalPlaces(0, ROUNDING_MODES[mode]).times(multiple);
}

/** The least of the amounts. */
export function least(first: Amount, ...others: readonly Amount[]): Amount {
  return others.reduce((least, other) => (other.lt(least) ? other : least), first);
}

/** The amount itself, or nothing when it is below zero. */
export function notNegative(value: Amount): Amount {
  return value.isNegative() ? NOTHING : value;
}

/** The sum of amounts. */
export function sumOf(values: readonly Amount[]): Amount {
  return values.reduce((sum, value) => sum.plus(value), NOTHING);
}

/** An amount of whole fen as fen. @throws CheckFailed when a broken fen is left. */
export function fenOf(value: Amount): Fen {
  return fen(value.times(100).toNumber());
}
