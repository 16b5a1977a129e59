/**
 * Interest written a second time, from the rules and not from the service: it looks at the history of the principal
 * day by day and knows nothing of bookings. First day in, last day out; periods from the 21st to the 20th; maturity
 * ends a period; each period and kind is rounded once, half up; the penalty is half of the contract rate more.
 */
import { addDays, type BusinessDate, businessDate, daysBetween } from '../../src/platform/dates';

/** The principal from a day on. */
export interface Principal {
  from: BusinessDate;
  fen: number;
}

export interface Bearing {
  ratePpm: number;
  basis: number;
  disbursedOn: BusinessDate;
  maturesOn: BusinessDate;
  /** In the order of days. */
  principal: readonly Principal[];
}

/** What a loan has borne before a day, in fen. */
export interface Accrued {
  /** Interest, before and after maturity. */
  interest: number;
  penalty: number;
}

const MILLION = 1_000_000n;

/** The last day of the settlement period of a day, e.g. 2018-09-20. */
export function periodEnd(day: BusinessDate): BusinessDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const reached = date > 20 ? month + 1 : month;
  const last = Math.ceil(reached / 3) * 3;
  return last > 12
    ? businessDate(`${year + 1}-03-20`)
    : businessDate(`${year}-${String(last).padStart(2, '0')}-20`);
}

/** The code of the settlement period of a day: its end in 2018-09 gives 2018Q3. */
export function periodCode(day: BusinessDate): string {
  const end = periodEnd(day);
  return `${end.slice(0, 4)}Q${Number(end.slice(5, 7)) / 3}`;
}

/** Whether a day is a settlement day. */
export const isSettlement = (day: BusinessDate): boolean => periodEnd(day) === day;

interface Stretch {
  period: string;
  overdue: boolean;
  from: BusinessDate;
  days: number;
  fen: number;
}

const earliest = (...days: BusinessDate[]): BusinessDate => days.sort()[0] as BusinessDate;

/** The days before `until`, cut where anything changes. */
function stretches(loan: Bearing, until: BusinessDate): Stretch[] {
  const found: Stretch[] = [];
  for (let from = loan.disbursedOn; from < until; ) {
    const overdue = from >= loan.maturesOn;
    const fen = loan.principal.filter((change) => change.from <= from).at(-1)?.fen ?? 0;
    const next = loan.principal.find((change) => change.from > from)?.from ?? until;
    const ends = overdue ? until : loan.maturesOn;
    const end = earliest(until, addDays(periodEnd(from), 1), next, ends);
    found.push({ period: periodCode(from), overdue, from, days: daysBetween(from, end), fen });
    from = end;
  }
  return found;
}

const halfUp = (top: bigint, bottom: bigint): number => Number((2n * top + bottom) / (2n * bottom));

/** Principal × rate × days of a stretch; over basis × a million it is fen. */
const product = (loan: Bearing, { fen, days }: Stretch): bigint =>
  BigInt(fen) * BigInt(loan.ratePpm) * BigInt(days);

/** Everything the loan has borne before `until`. */
export function accrued(loan: Bearing, until: BusinessDate): Accrued {
  const sums = new Map<string, bigint>();
  for (const stretch of stretches(loan, until)) {
    const key = `${stretch.period}${stretch.overdue ? '+' : ''}`;
    sums.set(key, (sums.get(key) ?? 0n) + product(loan, stretch));
  }
  const whole = BigInt(loan.basis) * MILLION;
  let interest = 0;
  let penalty = 0;
  for (const [key, sum] of sums) {
    interest += halfUp(sum, whole);
    if (key.endsWith('+')) penalty += halfUp(sum, 2n * whole);
  }
  return { interest, penalty };
}

/** The interest of one period before maturity and before `until`, and what a county pays of it. */
export interface Subsidised {
  days: number;
  interest: number;
  subsidised: number;
}

/** @param sharePpm the county's share of the interest of a day, 0 where it pays nothing. */
export function subsidyOf(
  loan: Bearing,
  period: string,
  until: BusinessDate,
  sharePpm: (day: BusinessDate) => number,
): Subsidised {
  const whole = BigInt(loan.basis) * MILLION;
  let days = 0;
  let borne = 0n;
  let paid = 0n;
  for (const stretch of stretches(loan, until)) {
    if (stretch.period !== period || stretch.overdue || stretch.fen === 0) continue;
    days += stretch.days;
    borne += product(loan, stretch);
    const daily = product(loan, { ...stretch, days: 1 });
    for (let day = 0; day < stretch.days; day += 1) {
      paid += daily * BigInt(sharePpm(addDays(stretch.from, day)));
    }
  }
  const interest = halfUp(borne, whole);
  return { days, interest, subsidised: Math.min(interest, halfUp(paid, whole * MILLION)) };
}
