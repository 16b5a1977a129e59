/** From the `product` of a case to terms. Absent fields take the county's usual terms (README). */
import type { BusinessDate } from '../platform/dates';
import { businessDate } from '../platform/dates';
import { type Amount, amount, ROUNDING_MODES, type RoundingMode, sumOf } from './exact';
import {
  at,
  date,
  dateOf,
  decimalOf,
  type Fields,
  list,
  needed,
  positive,
  text,
  whole,
  word,
} from './fields';
import { MOST_PERIODS } from './periods';
import { malformed, unsupported } from './schedule-error';
import type { DayCount, InterestBy, Method, Terms, Unit, YearDays } from './terms';

const UNIT_WORDS: Readonly<Record<string, Unit>> = {
  ...{ days: 'days', day: 'days', weeks: 'weeks', week: 'weeks', months: 'months' },
  ...{ month: 'months', quarters: 'quarters', quarter: 'quarters', years: 'years', year: 'years' },
};

const METHOD_WORDS: Readonly<Record<string, Method>> = {
  settlementDayBullet: 'settlementDayBullet',
  按季结息到期还本: 'settlementDayBullet',
  allAtMaturity: 'allAtMaturity',
  利随本清: 'allAtMaturity',
  interestOnlyBullet: 'interestOnlyBullet',
  按期付息到期还本: 'interestOnlyBullet',
  equalInstallments: 'equalInstallments',
  等额本息: 'equalInstallments',
  equalPrincipal: 'equalPrincipal',
  等额本金: 'equalPrincipal',
  fixedInstallment: 'fixedInstallment',
  固定还款额: 'fixedInstallment',
  custom: 'custom',
  自定义: 'custom',
};

const DAY_COUNT = /^(30|30E|ACT|ACTUAL)\/(360|364|365|ACT|ACTUAL)$/i;
const RATE_PER_PERIOD = /^rate per period(?:; first period x actual days\/(\d+))?$/i;
const ROUNDED_UP = /^installment rounded UP to whole unit; interest and balance carried unrounded/;

/** What the day count field says: a day count, or that the rate is not by days at all. */
interface Counting {
  dayCount: DayCount;
  by: InterestBy | null;
  firstPeriodDays: number | null;
}

function dayCountOf(months: string, year: string, leapPeriods: boolean): DayCount {
  const known = year.toUpperCase().startsWith('ACT') ? 'ACT' : (Number(year) as YearDays);
  const count: DayCount = {
    months: months.startsWith('30') ? '30' : 'ACT',
    year: known,
    leapPeriods,
  };
  // Months of 30 days in a real year have no one meaning; 365 days is the nearest.
  return count.months === '30' && known === 'ACT' ? { ...count, year: 365 } : count;
}

function countingOf(fields: Fields): Counting {
  const said = text(fields, 'dayCount');
  const leapRule = text(fields, 'leapRule');
  if (leapRule !== null && !/29 February/i.test(leapRule)) {
    throw unsupported(at(fields, 'leapRule'), '不支持的闰年规则', 'unknown rule of leap years');
  }
  const plain = dayCountOf('ACT', '360', leapRule !== null);
  const period = RATE_PER_PERIOD.exec(said ?? '');
  if (period || (said === null && positive(fields, 'ratePerPeriod', 'zero') !== null)) {
    const days = period?.[1] ? Number(period[1]) : null;
    return { dayCount: plain, by: 'period', firstPeriodDays: days };
  }
  if (said !== null && /^rate\/12$/i.test(said)) {
    return { dayCount: dayCountOf('30', '360', false), by: 'nominal', firstPeriodDays: null };
  }
  const [months, year] = [text(fields, 'daysInMonth'), text(fields, 'daysInYear')];
  const spelt = said ?? (months && year ? `${months}/${year}` : 'ACT/360');
  const match = DAY_COUNT.exec(spelt);
  if (!match) {
    const known = '30/360、ACT/360、ACT/364、ACT/365、ACT/ACT';
    throw unsupported(at(fields, 'dayCount'), `支持：${known}`, `supported are ${known}`);
  }
  const [, monthDays = '', yearDays = ''] = match;
  return {
    dayCount: dayCountOf(monthDays.toUpperCase(), yearDays, leapRule !== null),
    by: null,
    firstPeriodDays: null,
  };
}

const INTEREST_WORDS: Readonly<Record<string, InterestBy>> = {
  daily: 'days',
  sameAsRepayment: 'nominal',
};

function rateOf(fields: Fields, by: InterestBy): Amount {
  const name = by === 'period' ? 'ratePerPeriod' : 'annualRate';
  return needed(positive(fields, name, 'zero'), fields, name);
}

function roundingOf(fields: Fields): { rounding: RoundingMode; unrounded: boolean } {
  const said = text(fields, 'rounding') ?? 'HALF_UP';
  if (Object.hasOwn(ROUNDING_MODES, said)) {
    return { rounding: said as RoundingMode, unrounded: false };
  }
  if (ROUNDED_UP.test(said)) return { rounding: 'HALF_UP', unrounded: true };
  const known = Object.keys(ROUNDING_MODES).join('、');
  throw unsupported(at(fields, 'rounding'), `支持：${known}`, `supported are ${known}`);
}

function weekendToMonday(fields: Fields): boolean {
  const said = text(fields, 'weekendRule');
  if (said === null || /^none$/i.test(said)) return false;
  if (/moves? to Monday/i.test(said)) return true;
  throw unsupported(at(fields, 'weekendRule'), '只支持顺延到星期一', 'only a move to Monday');
}

/** Shares or amounts per paying period. */
function partsOf(fields: Fields, name: string, paying: number): Amount[] | null {
  const parts = list(fields, name, decimalOf);
  if (parts === null) return null;
  if (parts.some((part) => part.isNegative())) {
    throw malformed(at(fields, name), '不得有负数', 'must not hold negative numbers');
  }
  if (parts.length !== paying) {
    throw malformed(at(fields, name), `须有 ${paying} 项`, `must have ${paying} entries`);
  }
  return parts;
}

/** Shares such as a third cannot be written to their end; the last period takes what is left. */
const SLACK: Readonly<Record<string, number>> = { principalShares: 0.0001, interestShares: 0.0001 };

function summingTo(fields: Fields, name: string, parts: Amount[] | null, whole: Amount) {
  if (
    parts !== null &&
    sumOf(parts)
      .minus(whole)
      .abs()
      .gt(SLACK[name] ?? 0)
  ) {
    throw malformed(at(fields, name), `合计须为 ${whole}`, `must sum to ${whole}`);
  }
  return parts;
}

interface Dates {
  start: BusinessDate;
  undated: boolean;
  firstDue: BusinessDate | null;
  maturesOn: BusinessDate | null;
  dueDates: BusinessDate[] | null;
}

/** A case without dates can be reckoned when nothing depends on days; the rows then carry no dates. */
const NO_DATE = businessDate('2001-01-01');

function datesOf(fields: Fields, by: InterestBy, method: Method): Dates {
  const start = date(fields, 'startDate');
  const undated = start === null && by !== 'days' && method !== 'settlementDayBullet';
  return {
    start: undated ? NO_DATE : needed(start, fields, 'startDate'),
    undated,
    firstDue: date(fields, 'firstDueDate'),
    maturesOn: date(fields, 'maturityDate'),
    dueDates: list(fields, 'dueDates', dateOf),
  };
}

function countOf(fields: Fields, method: Method, dates: Dates): number | null {
  const count = whole(fields, 'nInstallments', 1, MOST_PERIODS) ?? dates.dueDates?.length ?? null;
  if (count !== null && dates.dueDates && dates.dueDates.length !== count) {
    throw malformed(at(fields, 'dueDates'), `须有 ${count} 项`, `must have ${count} entries`);
  }
  const open = method === 'fixedInstallment' && dates.maturesOn === null;
  const byDate = method === 'settlementDayBullet' || method === 'allAtMaturity';
  if (open || (byDate && dates.maturesOn !== null)) return count;
  return needed(count, fields, 'nInstallments');
}

function graceOf(fields: Fields, name: string, method: Method, count: number | null): number {
  const grace = whole(fields, name, 0, MOST_PERIODS) ?? 0;
  const bullet = method === 'interestOnlyBullet' || method === 'settlementDayBullet';
  if (count !== null && grace >= count && !(bullet && name === 'graceOnPrincipal') && grace > 0) {
    throw malformed(at(fields, name), '须少于期数', 'must be less than the instalments');
  }
  return grace;
}

function moneyOf(fields: Fields, method: Method) {
  const decimals = whole(fields, 'currencyDecimals', 0, 6) ?? 2;
  const principal = needed(positive(fields, 'principal', 'above'), fields, 'principal');
  if (principal.decimalPlaces() > decimals) {
    throw malformed(
      at(fields, 'principal'),
      `至多 ${decimals} 位小数`,
      `has over ${decimals} decimals`,
    );
  }
  const multiple = positive(fields, 'installmentMultiplesOf', 'zero');
  const fixed = positive(fields, 'installment', 'above');
  const installment = method === 'fixedInstallment' ? needed(fixed, fields, 'installment') : null;
  return { decimals, principal, multiple: multiple?.isZero() ? null : multiple, installment };
}

function planFields(fields: Fields, method: Method, principal: Amount, paying: number) {
  const shares = partsOf(fields, 'principalShares', paying);
  const amounts = partsOf(fields, 'principalAmounts', paying);
  if (method === 'custom' && shares === null && amounts === null) {
    throw malformed(at(fields, 'principalShares'), '缺少此项', 'is missing');
  }
  const interest = partsOf(fields, 'interestShares', paying);
  return {
    principalShares: summingTo(fields, 'principalShares', shares, amount(1)),
    principalAmounts: summingTo(fields, 'principalAmounts', amounts, principal),
    interestShares: summingTo(fields, 'interestShares', interest, amount(1)),
  };
}

/** Reads a product. @throws ScheduleError naming the field. */
export function readProduct(fields: Fields): Terms {
  const method = word(fields, 'amortization', METHOD_WORDS) ?? 'settlementDayBullet';
  const counting = countingOf(fields);
  const interestBy = counting.by ?? word(fields, 'interestPeriod', INTEREST_WORDS) ?? 'days';
  const dates = datesOf(fields, interestBy, method);
  const count = countOf(fields, method, dates);
  const money = moneyOf(fields, method);
  const flat = word(fields, 'interestMethod', { declining: 'declining', flat: 'flat' }) === 'flat';
  if (flat && method === 'fixedInstallment') {
    const field = at(fields, 'interestMethod');
    throw unsupported(field, '固定还款额只按余额计息', 'a fixed instalment is declining only');
  }
  const gracePrincipal = graceOf(fields, 'graceOnPrincipal', method, count);
  const smoothed = fields.values.installmentSmoothed;
  return {
    ...money,
    ...roundingOf(fields),
    ...dates,
    ...planFields(fields, method, money.principal, (count ?? 0) - gracePrincipal),
    ...{ method, flat, interestBy, count, gracePrincipal },
    rates: [{ from: dates.start, percent: rateOf(fields, interestBy) }],
    dayCount: counting.dayCount,
    firstPeriodDays: counting.firstPeriodDays,
    every: whole(fields, 'repayEvery', 1, 3660) ?? 1,
    unit: word(fields, 'unit', UNIT_WORDS) ?? 'months',
    weekendToMonday: weekendToMonday(fields),
    smoothed: smoothed === true,
    graceInterest: graceOf(fields, 'graceOnInterestPayment', method, count),
    interestFree: whole(fields, 'interestFreePeriods', 0, MOST_PERIODS) ?? 0,
  };
}
