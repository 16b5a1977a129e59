/**
 * Interest of one loan. Laws:
 * - Days are counted first in, last out; a settlement period runs from the 21st to the 20th, inclusive
 *   (中国人民银行: 按季结息, 每季末月的20日; policy facts §1.7, §4.1).
 * - Interest is due at maturity too, so maturity ends a period: the days before it (`NORMAL`, the only ones a
 *   county may subsidise) and from it on (`OVERDUE`, the borrower's own) are never in one sum.
 * - One rounding per period and kind. Interest to date is what the whole period owes to that date minus what is
 *   already booked; rounded parts are never added up to stand for the whole.
 * - Penalty (罚息) is the surcharge, a share of the contract rate (银发〔2003〕251号), on the principal from the
 *   maturity date on, kept apart from the interest and never subsidised.
 */
import { check } from '../platform/check';
import {
  type BusinessDate,
  daysBetween,
  maxDate,
  minDate,
  settlementPeriodOf,
} from '../platform/dates';
import {
  addFen,
  type DayBasis,
  type Fen,
  type InterestSegment,
  interestFen,
  interestOfSegments,
  subFen,
  ZERO_FEN,
} from '../platform/money';
import type { Ppm } from '../platform/rate';

/** What a row of interest is: before maturity, contract rate after maturity, or the surcharge after maturity. */
export const INTEREST_KINDS = ['NORMAL', 'OVERDUE', 'PENALTY'] as const;
export type InterestKind = (typeof INTEREST_KINDS)[number];

/** What the contract froze about interest. */
export interface InterestTerms {
  /** Contract rate a year, in ppm. */
  ratePpm: Ppm;
  /** The surcharge on overdue principal as a share of the contract rate, in ppm (500 000: half of it more). */
  surchargePpm: Ppm;
  /** Days that count as a year. */
  basis: DayBasis;
}

/** A stretch of days of one period and kind in which the principal did not change, with its booked amount. */
export interface InterestPart {
  /** Settlement period, e.g. '2018Q3'. */
  periodCode: string;
  kind: InterestKind;
  /** 1, 2, … within the period and kind. */
  partNo: number;
  /** First day counted. */
  fromOn: BusinessDate;
  /** First day not counted. */
  untilOn: BusinessDate;
  days: number;
  principalFen: Fen;
  /** What was booked with this part: the whole to `untilOn` minus the parts before it. */
  amountFen: Fen;
}

/** What is needed to know the interest that is not yet booked. */
export interface Unbooked {
  terms: InterestTerms;
  /** The principal since `bookedUntil`; every change of it books first, so it is one amount. */
  principalFen: Fen;
  maturesOn: BusinessDate;
  /** First day not yet booked. */
  bookedUntil: BusinessDate;
  /** First day not to be counted. */
  until: BusinessDate;
  /** The parts already booked of the period in which `bookedUntil` lies. */
  booked: readonly InterestPart[];
}

/** The parts that bring the books from `bookedUntil` to `until`, in order of days; none when it is not later. */
export function partsToBook(asked: Unbooked): InterestPart[] {
  const parts: InterestPart[] = [];
  if (asked.principalFen === 0) return parts;
  for (const span of spansOf(asked)) {
    const kinds: InterestKind[] =
      span.fromOn < asked.maturesOn ? ['NORMAL'] : ['OVERDUE', 'PENALTY'];
    for (const kind of kinds) parts.push(partOf(asked, span, kind));
  }
  return parts;
}

interface Span {
  periodCode: string;
  fromOn: BusinessDate;
  untilOn: BusinessDate;
}

/** Cuts the days to book where a settlement period ends and where the loan matures. */
function spansOf({ bookedUntil, until, maturesOn }: Unbooked): Span[] {
  const spans: Span[] = [];
  for (let from = bookedUntil; from < until; ) {
    const period = settlementPeriodOf(from);
    const end = minDate(until, period.untilExclusive);
    const untilOn = from < maturesOn ? minDate(end, maturesOn) : end;
    spans.push({ periodCode: period.code, fromOn: from, untilOn });
    from = untilOn;
  }
  return spans;
}

function partOf(asked: Unbooked, span: Span, kind: InterestKind): InterestPart {
  const before = asked.booked.filter(
    (part) => part.periodCode === span.periodCode && part.kind === kind,
  );
  const days = daysBetween(span.fromOn, span.untilOn);
  const part = { ...span, kind, days, principalFen: asked.principalFen };
  const whole = interestOfParts([...before, part], asked.terms);
  const amountFen = subFen(whole, addFen(...before.map((earlier) => earlier.amountFen)));
  check(amountFen >= 0, 'Interest to date never falls below what was booked before it.');
  return { ...part, partNo: before.length + 1, amountFen };
}

/** What one period owes of one kind: the exact products of its parts, summed and rounded once. */
export function interestOfParts(
  parts: readonly Pick<InterestPart, 'kind' | 'principalFen' | 'days'>[],
  terms: InterestTerms,
): Fen {
  const segments = parts.map(({ kind, principalFen, days }): InterestSegment => {
    const segment = { principalFen, ratePpm: terms.ratePpm, days };
    return kind === 'PENALTY' ? { ...segment, sharePpm: terms.surchargePpm } : segment;
  });
  return interestOfSegments(segments, terms.basis);
}

/** The amounts of parts, interest (before and after maturity) and penalty apart. */
export function sumOfParts(parts: readonly Pick<InterestPart, 'kind' | 'amountFen'>[]): {
  interestFen: Fen;
  penaltyFen: Fen;
} {
  let interest = ZERO_FEN;
  let penalty = ZERO_FEN;
  for (const { kind, amountFen } of parts) {
    if (kind === 'PENALTY') penalty = addFen(penalty, amountFen);
    else interest = addFen(interest, amountFen);
  }
  return { interestFen: interest, penaltyFen: penalty };
}

/** What the trial calculator (试算) answers: days and interest of one principal at one rate. */
export interface InterestTrial {
  days: number;
  interestFen: Fen;
}

/**
 * Interest of one principal over one stretch of days, rounded once, whatever settlement days lie in between.
 * @throws CheckFailed when `to` is earlier than `from`.
 */
export function interestTrial(asked: {
  principalFen: Fen;
  ratePpm: Ppm;
  /** First day counted. */
  from: BusinessDate;
  /** First day not counted. */
  to: BusinessDate;
  basis: DayBasis;
}): InterestTrial {
  const { principalFen, ratePpm, from, to, basis } = asked;
  check(from <= to, 'A trial ends on or after the day it begins.');
  const days = daysBetween(from, to);
  return { days, interestFen: interestFen({ principalFen, ratePpm, days, basis }) };
}

/** Days that a principal is overdue on a date: 1 on the day after maturity; 0 when nothing is outstanding. */
export function overdueDaysOn(
  maturesOn: BusinessDate,
  outstandingFen: Fen,
  on: BusinessDate,
): number {
  return outstandingFen === 0 ? 0 : daysBetween(maturesOn, maxDate(maturesOn, on));
}
