/**
 * What the county owes for one loan and one settlement period, and why it does not owe the rest. Laws:
 * - Every fen of the interest is either subsidised or excluded with exactly one reason: their sum IS the interest
 *   (应贴尽贴, 广西精准脱贫攻坚简报 2018 no. 45; policy facts §4.1).
 * - The subsidised amount is rounded ONCE per loan and period, from the exact product (policy facts §4.2:
 *   100,000.00 at 3.45 % for 92 days is 881.67, the half below the ceiling 440.83, at 70 % 308.58). What is
 *   excluded is the interest less that amount; it is divided among the reasons so that no fen is lost.
 * - The share follows the day on which the interest arose; a product without a share on that day is not
 *   subsidised. The share beyond 100 % of nothing is the borrower's or a lower budget's own.
 * - The order of the reasons is the order in which a clerk asks: is the household on the list, is the loan still
 *   within its term, was the money used as agreed, is the product subsidised, is the amount below the ceiling, which
 *   share is paid.
 */
import { check } from '../platform/check';
import { type BusinessDate, daysBetween, maxDate, minDate } from '../platform/dates';
import {
  addFen,
  type DayBasis,
  type Fen,
  type InterestSegment,
  interestOfSegments,
  minFen,
  shareOut,
  subFen,
  ZERO_FEN,
} from '../platform/money';
import { type Ppm, ppm, WHOLE_PPM } from '../platform/rate';

/** Why a part of the interest is not subsidised; one reason for each part. */
export const EXCLUSIONS = [
  'NOT_ON_LIST',
  'OVERDUE_DAYS',
  'USE_DIVERTED',
  'USE_CHECK_HELD',
  'PRODUCT_NOT_SUBSIDISED',
  'OVER_CEILING',
  'SHARE_BELOW_WHOLE',
] as const;

export type Exclusion = (typeof EXCLUSIONS)[number];

/** The reasons as officers call them. */
export const EXCLUSION_NAMES: Readonly<Record<Exclusion, string>> = {
  NOT_ON_LIST: '放款日不在名单内',
  OVERDUE_DAYS: '到期日之后(逾期)的天数',
  USE_DIVERTED: '已认定改变用途，不再贴息',
  USE_CHECK_HELD: '用途检查不合格待认定，暂不贴息',
  PRODUCT_NOT_SUBSIDISED: '该产品当日不在贴息范围',
  OVER_CEILING: '超过贴息上限部分的利息',
  SHARE_BELOW_WHOLE: '贴息比例以外由借款人承担的部分',
};

/** Days of one loan in which neither principal nor rate changed. */
export interface InterestStretch {
  /** First day counted. */
  fromOn: BusinessDate;
  /** First day not counted. */
  untilOn: BusinessDate;
  principalFen: Fen;
  /** Contract rate a year. */
  ratePpm: Ppm;
}

/** Days on which one row of `subsidies.share` is in force. */
export interface ShareStretch {
  fromOn: BusinessDate;
  /** First day on which it is not in force any more. */
  untilOn: BusinessDate;
  rowId: string;
  /** Share by product code, in ppm. */
  sharePpm: Readonly<Record<string, number>>;
}

/** From this day on nothing is subsidised, for one of the two reasons that a check of use gives. */
export interface HoldFrom {
  fromOn: BusinessDate;
  reason: Extract<Exclusion, 'USE_DIVERTED' | 'USE_CHECK_HELD'>;
}

/** Everything the answer depends on. */
export interface SubsidyCase {
  /** Normal interest of the period, without penalty and compound interest, in the order of days. */
  stretches: readonly InterestStretch[];
  basis: DayBasis;
  productCode: string;
  /** The household was on a list that the product serves on the lending day. */
  onList: boolean;
  /** From this day on nothing is subsidised; null while the loan has no maturity. */
  maturesOn: BusinessDate | null;
  /** What checks of use found, in any order; the day itself is not subsidised any more. */
  holds: readonly HoldFrom[];
  /** Principal above this is not subsidised. */
  ceilingFen: Fen;
  /** The rows in force over the period, in order, without a gap. */
  shares: readonly ShareStretch[];
}

/** A piece of the interest with its fate: days × principal × share, subsidised (`reason` null) or excluded. */
export interface SubsidyPart {
  fromOn: BusinessDate;
  untilOn: BusinessDate;
  days: number;
  principalFen: Fen;
  ratePpm: Ppm;
  /** Which part of the interest of these days and this principal is meant, in ppm. */
  sharePpm: Ppm;
  reason: Exclusion | null;
  /** The policy row of the share on these days. */
  shareRowId: string;
  amountFen: Fen;
}

/** What is owed for one loan and period. interestFen = subsidisedFen + Σ excluded, always. */
export interface SubsidyOwed {
  interestFen: Fen;
  subsidisedFen: Fen;
  excludedFen: Fen;
  /** Excluded amounts by reason, those above zero only, in the order of `EXCLUSIONS`. */
  excluded: { reason: Exclusion; amountFen: Fen }[];
  parts: SubsidyPart[];
}

type Piece = Omit<SubsidyPart, 'amountFen'>;

/**
 * Judges the interest of one loan in one period.
 * @throws CheckFailed when the share rows do not cover the days.
 */
export function subsidyOwed(asked: SubsidyCase): SubsidyOwed {
  const interestFen = interestOfSegments(asked.stretches.map(segmentOf), asked.basis);
  const pieces = asked.stretches.flatMap((stretch) => piecesOf(asked, stretch));
  const paid = pieces.filter(({ reason }) => reason === null);
  const left = pieces.filter(({ reason }) => reason !== null);
  // Where nothing is excluded the two roundings are of the same product; a part can never round above the whole.
  const subsidisedFen = minFen(interestFen, interestOfSegments(paid, asked.basis));
  const excludedFen = subFen(interestFen, subsidisedFen);
  const priced = [...priceOf(paid, subsidisedFen), ...priceOf(left, excludedFen)];
  const parts = pieces.map((piece) => {
    const found = priced.find((one) => one.piece === piece);
    check(found, 'Every piece of the interest has its amount.');
    return { ...piece, amountFen: found.amountFen };
  });
  return { interestFen, subsidisedFen, excludedFen, excluded: byReason(parts), parts };
}

function segmentOf(stretch: InterestStretch): InterestSegment {
  const { fromOn, untilOn, principalFen, ratePpm } = stretch;
  return { principalFen, ratePpm, days: daysBetween(fromOn, untilOn) };
}

/** Cuts a stretch where a share row or the term ends, and each cut by principal and share. */
function piecesOf(asked: SubsidyCase, stretch: InterestStretch): Piece[] {
  const pieces: Piece[] = [];
  let counted = 0;
  for (const share of asked.shares) {
    const from = maxDate(stretch.fromOn, share.fromOn);
    const until = minDate(stretch.untilOn, share.untilOn);
    if (from >= until) continue;
    counted += daysBetween(from, until);
    const { maturesOn } = asked;
    const ends = maturesOn === null ? until : maxDate(from, minDate(until, maturesOn));
    if (from < ends)
      pieces.push(...withinTerm(asked, { ...stretch, fromOn: from, untilOn: ends }, share));
    if (ends < until) {
      pieces.push(pieceOf({ ...stretch, fromOn: ends, untilOn: until }, share, late(asked)));
    }
  }
  check(
    counted === daysBetween(stretch.fromOn, stretch.untilOn),
    'The share rows cover every day on which interest arose, once.',
  );
  return pieces;
}

/** Days after maturity: not being on the list is asked first. */
function late(asked: SubsidyCase): Exclusion {
  return asked.onList ? 'OVERDUE_DAYS' : 'NOT_ON_LIST';
}

/** Days within the term, under one share row: cut where the subsidy is held or lost. */
function withinTerm(asked: SubsidyCase, stretch: InterestStretch, row: ShareStretch): Piece[] {
  if (!asked.onList) return [pieceOf(stretch, row, 'NOT_ON_LIST')];
  const begins = (reason: HoldFrom['reason'], end: BusinessDate) => {
    const days = asked.holds.filter((hold) => hold.reason === reason).map(({ fromOn }) => fromOn);
    return maxDate(stretch.fromOn, minDate(end, ...days));
  };
  const lost = begins('USE_DIVERTED', stretch.untilOn);
  const held = begins('USE_CHECK_HELD', lost);
  return [
    ...judged(asked, { ...stretch, untilOn: held }, row),
    pieceOf({ ...stretch, fromOn: held, untilOn: lost }, row, 'USE_CHECK_HELD'),
    pieceOf({ ...stretch, fromOn: lost }, row, 'USE_DIVERTED'),
  ].filter(({ days }) => days > 0);
}

/** Days on which nothing stands against the loan. */
function judged(asked: SubsidyCase, stretch: InterestStretch, row: ShareStretch): Piece[] {
  const share = row.sharePpm[asked.productCode];
  if (share === undefined) return [pieceOf(stretch, row, 'PRODUCT_NOT_SUBSIDISED')];
  const below = minFen(stretch.principalFen, asked.ceilingFen);
  const above = subFen(stretch.principalFen, below);
  const within = { ...stretch, principalFen: below };
  return [
    pieceOf(within, row, null, ppm(share)),
    pieceOf(within, row, 'SHARE_BELOW_WHOLE', ppm(WHOLE_PPM - share)),
    pieceOf({ ...stretch, principalFen: above }, row, 'OVER_CEILING'),
  ].filter(({ principalFen, sharePpm }) => principalFen > 0 && sharePpm > 0);
}

function pieceOf(
  stretch: InterestStretch,
  row: ShareStretch,
  reason: Exclusion | null,
  sharePpm: Ppm = WHOLE_PPM,
): Piece {
  const { fromOn, untilOn, principalFen, ratePpm } = stretch;
  const days = daysBetween(fromOn, untilOn);
  return { fromOn, untilOn, days, principalFen, ratePpm, sharePpm, reason, shareRowId: row.rowId };
}

/** Divides an amount among pieces by their exact interest, so that the parts sum to it. */
function priceOf(pieces: readonly Piece[], totalFen: Fen): { piece: Piece; amountFen: Fen }[] {
  const weights = safeWeights(
    pieces.map(
      ({ principalFen, ratePpm, days, sharePpm }) =>
        BigInt(principalFen) * BigInt(ratePpm) * BigInt(days) * BigInt(sharePpm),
    ),
  );
  if (weights.every((weight) => weight === 0)) {
    check(totalFen === 0, 'An amount without a piece of interest behind it.');
    return pieces.map((piece) => ({ piece, amountFen: ZERO_FEN }));
  }
  const shares = shareOut(totalFen, weights);
  return pieces.map((piece, place) => ({ piece, amountFen: shares[place] ?? ZERO_FEN }));
}

/**
 * Exact products as safe integers in the same proportion. Where they share too small a divisor the last digits
 * go: that can only move which reason gets an odd fen, never the sum.
 */
function safeWeights(products: readonly bigint[]): number[] {
  const divisor = products.reduce(greatestCommon, 0n);
  let reduced = divisor > 1n ? products.map((product) => product / divisor) : [...products];
  while (reduced.some((product) => product > BigInt(Number.MAX_SAFE_INTEGER))) {
    reduced = reduced.map((product) => product >> 1n);
  }
  return reduced.map(Number);
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}

function byReason(parts: readonly SubsidyPart[]): { reason: Exclusion; amountFen: Fen }[] {
  return EXCLUSIONS.map((reason) => ({
    reason,
    amountFen: addFen(
      ...parts.filter((part) => part.reason === reason).map(({ amountFen }) => amountFen),
    ),
  })).filter(({ amountFen }) => amountFen > 0);
}
