/**
 * Money. One fen is 0.01 yuan; every amount inside the system is an integer number of fen. Laws:
 * an amount is never a float; it enters and leaves as yuan text ("50000.00"), 万元 only on output;
 * a division is rounded once, half up (half away from zero when negative), by `divideHalfUp`; parts
 * that were rounded are never added up to stand for a whole that was not.
 *
 * Rounding of interest: the product principal × rate × days (× share) is formed exactly and rounded
 * once to the fen (policy facts §4.2). Published vectors need that order: 100,000.00 yuan at 3.45 %
 * for 92 days is 88,166.66… fen, printed 881.67; the half that may be subsidised is 440.83, taken
 * from the exact product, while half of the printed 881.67 would give 440.84.
 */
import { check } from './check';
import { type Ppm, WHOLE_PPM } from './rate';

/** An amount in fen: a safe integer, negative only for differences and corrections. */
export type Fen = number & { readonly __brand: 'Fen' };

/** What happens to a broken fen: 'halfUp' nearest, half away from zero; 'down' towards zero; 'up' away from zero. */
export type Rounding = 'halfUp' | 'down' | 'up';

/** Days a contract counts as one year. 360 is the usual default of banks, a parameter of each bank. */
export type DayBasis = 360 | 364 | 365;

/** A stretch of days in which neither balance nor rate nor share changed. */
export interface InterestSegment {
  /** Balance that bears interest, in fen, not negative. */
  principalFen: Fen;
  /** Annual rate in ppm, not negative. */
  ratePpm: Ppm;
  /** Days, first day in, last day out; an integer, not negative. */
  days: number;
  /** Share of the interest that is asked for (a subsidy of 70 % is 700 000 ppm); the whole when absent. */
  sharePpm?: Ppm;
}

/** No money. */
export const ZERO_FEN = 0 as Fen;

const YUAN_TEXT = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,2}))?$/;

/** Takes an integer as fen. @throws CheckFailed when it is not a safe integer. */
export function fen(value: number): Fen {
  check(Number.isSafeInteger(value), 'An amount in fen must be a safe integer.');
  return (value + 0) as Fen;
}

/**
 * Reads yuan text: "50000", "50000.5" and "50000.00" are taken. Strict: no exponent, blanks,
 * thousands separators, full-width digits or leading zeros; a minus only when `signed` is true.
 * @throws CheckFailed on any other text and on amounts beyond the safe integers.
 */
export function parseYuan(text: string, options: { signed?: boolean } = {}): Fen {
  const match = typeof text === 'string' ? YUAN_TEXT.exec(text) : null;
  check(match, '金额应为以元为单位的十进制文本，至多两位小数，例如 "50000.00"。');
  const [, sign, whole = '', part = ''] = match;
  check(sign === '' || options.signed === true, '金额不得为负数。');
  // The digits are joined as text, so no float is ever multiplied by 100.
  const amount = Number(whole + part.padEnd(2, '0'));
  check(Number.isSafeInteger(amount), '金额过大。');
  return fen(sign === '-' ? -amount : amount);
}

/** Writes fen as yuan text with two decimals: 5 000 000 gives "50000.00". */
export function yuan(amount: Fen): string {
  return pointed(BigInt(fen(amount)), 2);
}

/**
 * Writes fen as 万元 (ten thousand yuan) for reports only, rounded half up: 5 000 000 gives "5.00".
 * @param digits decimals, 0 to 6; with 6 nothing is lost.
 */
export function wanYuan(amount: Fen, digits = 2): string {
  check(Number.isInteger(digits) && digits >= 0 && digits <= 6, '万元 has 0 to 6 decimals.');
  return pointed(divideHalfUp(BigInt(fen(amount)) * 10n ** BigInt(digits), 1_000_000n), digits);
}

function pointed(scaled: bigint, digits: number): string {
  const sign = scaled < 0n ? '-' : '';
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The sum of any number of amounts. @throws CheckFailed when it leaves the safe integers. */
export function addFen(...amounts: readonly Fen[]): Fen {
  let sum = ZERO_FEN;
  for (const amount of amounts) sum = fen(sum + fen(amount));
  return sum;
}

/** The first amount less the second; may be negative. @throws CheckFailed outside the safe integers. */
export function subFen(from: Fen, taken: Fen): Fen {
  return fen(fen(from) - fen(taken));
}

/** Orders two amounts: -1 when a is less, 1 when a is more, 0 when equal; fit for sort. */
export function compareFen(a: Fen, b: Fen): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The lesser of the amounts; at least one is given. */
export function minFen(first: Fen, ...others: readonly Fen[]): Fen {
  return fen(Math.min(first, ...others));
}

/** The greater of the amounts; at least one is given. */
export function maxFen(first: Fen, ...others: readonly Fen[]): Fen {
  return fen(Math.max(first, ...others));
}

/**
 * Divides and rounds half up; a negative half goes away from zero, so that a correction mirrors its
 * original. This is the one rounding rule of the system.
 * @param denominator greater than zero.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return divideRounded(numerator, denominator, 'halfUp');
}

function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  check(denominator > 0n, 'A denominator must be greater than zero.');
  const size = numerator < 0n ? -numerator : numerator;
  const rest = size % denominator;
  const more = rounding === 'halfUp' ? 2n * rest >= denominator : rounding === 'up' && rest > 0n;
  const quotient = size / denominator + (more ? 1n : 0n);
  return numerator < 0n ? -quotient : quotient;
}

function fenOf(amount: bigint): Fen {
  return fen(Number(amount));
}

/** A part of an amount: amount × share ÷ 1 000 000, rounded as told (share in ppm, may exceed the whole). */
export function applyPpm(amount: Fen, share: Ppm, rounding: Rounding): Fen {
  const product = BigInt(fen(amount)) * BigInt(share);
  return fenOf(divideRounded(product, BigInt(WHOLE_PPM), rounding));
}

/**
 * Divides an amount by weights so that the shares sum to the whole: each gets its share rounded
 * down and the fen left over go, one each, to the largest remainders (the earlier one on a tie).
 * @param weights safe integers, not negative, at least one above zero; a weight of 0 receives nothing.
 * @returns as many amounts as weights, in their order, all with the sign of the total.
 */
export function shareOut(total: Fen, weights: readonly number[]): Fen[] {
  let sum = 0n;
  for (const weight of weights) {
    check(Number.isSafeInteger(weight) && weight >= 0, 'A weight is a safe integer, 0 or more.');
    sum += BigInt(weight);
  }
  check(sum > 0n, 'At least one weight must be above zero.');
  const sign = fen(total) < 0 ? -1n : 1n;
  const size = BigInt(total) * sign;
  const shares = weights.map((weight, place) => {
    const product = size * BigInt(weight);
    return { place, amount: product / sum, rest: product % sum };
  });
  let left = size - shares.reduce((given, share) => given + share.amount, 0n);
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1,
  );
  for (const share of byRest) {
    if (left === 0n) break;
    share.amount += 1n;
    left -= 1n;
  }
  return shares.map((share) => fenOf(share.amount * sign));
}

/**
 * Interest of one segment in fen: principal × rate × days ÷ (basis × 10⁶), times the share when one
 * is given, rounded half up once.
 */
export function interestFen(input: InterestSegment & { basis: DayBasis }): Fen {
  return interestOfSegments([input], input.basis);
}

/**
 * Interest over several segments in fen: the exact products are summed and rounded half up ONCE, so
 * a rate change or repayment in the middle of a period moves no fen.
 */
export function interestOfSegments(segments: readonly InterestSegment[], basis: DayBasis): Fen {
  check(basis === 360 || basis === 364 || basis === 365, 'The day basis must be 360, 364 or 365.');
  const denominator = basis * WHOLE_PPM;
  let sum = 0;
  for (const segment of segments) {
    checkSegment(segment);
    if (segment.sharePpm !== undefined && segment.sharePpm !== WHOLE_PPM) {
      return exactInterest(segments, basis);
    }
    // A product or sum that leaves the safe integers rounds to 2⁵³ or more, so it is always noticed.
    const yearly = segment.principalFen * segment.ratePpm;
    const product = yearly * segment.days;
    sum += product;
    if (!Number.isSafeInteger(yearly) || !Number.isSafeInteger(sum)) {
      return exactInterest(segments, basis);
    }
  }
  // Remainder and exact division of safe integers lose nothing, where sum / denominator could.
  const rest = sum % denominator;
  return fen((sum - rest) / denominator + (2 * rest >= denominator ? 1 : 0));
}

function checkSegment(segment: InterestSegment): void {
  const { principalFen, ratePpm, days, sharePpm = WHOLE_PPM } = segment;
  for (const value of [principalFen, ratePpm, days, sharePpm]) {
    check(
      Number.isSafeInteger(value) && value >= 0,
      'Principal, rate, days and share of an interest segment are safe integers, 0 or more.',
    );
  }
}

function exactInterest(segments: readonly InterestSegment[], basis: DayBasis): Fen {
  let sum = 0n;
  for (const segment of segments) {
    checkSegment(segment);
    const share = BigInt(segment.sharePpm ?? WHOLE_PPM);
    sum += BigInt(segment.principalFen) * BigInt(segment.ratePpm) * BigInt(segment.days) * share;
  }
  return fenOf(divideHalfUp(sum, BigInt(basis) * BigInt(WHOLE_PPM) * BigInt(WHOLE_PPM)));
}

const CAPITAL_DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['仟', '佰', '拾', ''] as const;
const SECTIONS = ['亿', '万', ''] as const;

/**
 * Writes an amount in Chinese capital numerals for vouchers: 5 000 000 fen gives 伍万元整. Follows
 * the rules and examples of 正确填写票据和结算凭证的基本规定 (支付结算办法附一, 银发〔1997〕393号):
 * 整 after 元, none after 角 or 分; 零 before 角 when the 元 digit is 0 (壹仟陆佰捌拾元零叁角贰分).
 * @throws CheckFailed on negative amounts and from 一万亿 yuan upwards.
 */
export function capitalYuan(amount: Fen): string {
  check(fen(amount) >= 0, '大写金额不得为负数。');
  const cents = amount % 100;
  const whole = (amount - cents) / 100;
  check(whole < 1_000_000_000_000, '大写金额须小于一万亿元。');
  if (amount === 0) return '零元整';
  const tens = Math.floor(cents / 10);
  const ones = cents % 10;
  let text = whole > 0 ? `${capitalWhole(whole)}元` : '';
  if (cents === 0) return `${text}整`;
  if (tens > 0) text += `${whole > 0 && whole % 10 === 0 ? '零' : ''}${CAPITAL_DIGITS[tens]}角`;
  if (ones > 0) text += `${whole > 0 && tens === 0 ? '零' : ''}${CAPITAL_DIGITS[ones]}分`;
  return text;
}

function capitalWhole(whole: number): string {
  const digits = String(whole).padStart(12, '0');
  let text = '';
  let gap = false;
  for (const [index, unit] of SECTIONS.entries()) {
    const section = digits.slice(index * 4, index * 4 + 4);
    if (section === '0000') {
      gap = text !== '';
      continue;
    }
    if (text !== '' && (gap || section.startsWith('0'))) text += '零';
    text += capitalSection(section) + unit;
    gap = false;
  }
  return text;
}

function capitalSection(section: string): string {
  let text = '';
  let gap = false;
  for (const [index, digit] of [...section].entries()) {
    if (digit === '0') {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${CAPITAL_DIGITS[Number(digit)]}${PLACES[index]}`;
    gap = false;
  }
  return text;
}
