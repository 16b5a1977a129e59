/**
 * A loan on its way: instalments with what was paid on them, and the principal really outstanding day by day.
 * Interest of a period follows that principal; what an instalment that was closed early did not yet bear is carried
 * to the next open one, each period's remainder rounded by itself.
 */
import type { BusinessDate } from '../platform/dates';
import { maxDate, minDate } from '../platform/dates';
import {
  type Amount,
  addRatio,
  least,
  NO_RATIO,
  NOTHING,
  notNegative,
  quotient,
  scale,
  sumOf,
} from './exact';
import type { Period, Plan } from './terms';
import { principalOf, settle } from './unroll';
import { rateOver } from './year-fraction';

/** An instalment with what was paid on it. */
export interface Slot {
  readonly period: Period;
  paidInterest: Amount;
  paidPrincipal: Amount;
  paidInAdvance: Amount;
  paidLate: Amount;
  /** The day on which it was paid in full. */
  paidOn: BusinessDate | null;
  /** What it was closed with; null while it is open. */
  closed: Due | null;
}

/** Interest and principal of an instalment. */
export interface Due {
  readonly interest: Amount;
  readonly principal: Amount;
}

/** Principal that leaves the balance on a day; from that day on it bears no interest. */
interface Drop {
  readonly on: BusinessDate;
  readonly amount: Amount;
}

/** The loan with its payments so far. */
export interface Running {
  readonly plan: Plan;
  readonly slots: readonly Slot[];
  readonly drops: Drop[];
}

/** A loan on which nothing has been paid. */
export function begin(plan: Plan): Running {
  const slots = plan.periods.map((period) => ({
    period,
    paidInterest: NOTHING,
    paidPrincipal: NOTHING,
    paidInAdvance: NOTHING,
    paidLate: NOTHING,
    paidOn: null,
    closed: null,
  }));
  return { plan, slots, drops: [] };
}

/** Principal not yet paid. */
export function outstandingOf(loan: Running): Amount {
  return loan.plan.terms.principal.minus(sumOf(loan.drops.map(({ amount }) => amount)));
}

/** Interest of a period on the principal really outstanding, up to a day, rounded once. */
function interestOf(
  loan: Running,
  drops: readonly Drop[],
  period: Period,
  to: BusinessDate,
): Amount {
  const { terms } = loan.plan;
  const end = minDate(period.until, to);
  if (end <= period.from) return NOTHING;
  const inside = drops.map(({ on }) => on).filter((on) => period.from < on && on < end);
  const days = [...new Set([period.from, ...inside, end])].sort();
  let sum = NO_RATIO;
  for (const [index, from] of days.entries()) {
    const until = days[index + 1];
    if (until === undefined || from >= until) continue;
    const gone = sumOf(drops.filter(({ on }) => on <= from).map(({ amount }) => amount));
    const rate = rateOver(terms, period, { from, until });
    sum = addRatio(sum, scale(terms.principal.minus(gone), rate));
  }
  return settle(terms, quotient(sum));
}

/** How far to look: up to a day with what was really paid, or on to the end. */
export interface Horizon {
  /** Interest is counted up to this day. */
  readonly to: BusinessDate;
  /** Given: what is overdue is taken as paid on this day, and the rest on time. */
  readonly asOf: BusinessDate | null;
}

/** What every instalment comes to. */
export function duesOf(loan: Running, { to, asOf }: Horizon): Due[] {
  const { slots, plan } = loan;
  const drops = [...loan.drops];
  const lastOpen = slots.findLastIndex((slot) => slot.closed === null);
  let left = outstandingOf(loan);
  let carried = NOTHING;
  return slots.map((slot, index) => {
    const borne = interestOf(loan, drops, slot.period, to).plus(carried);
    if (slot.closed) {
      carried = borne.minus(slot.closed.interest);
      return slot.closed;
    }
    const target = plan.targets[index]!;
    const last = index === lastOpen;
    // Within a level amount there is room for as much interest as no principal was paid for; more is carried on.
    const bounded = !last && target.kind === 'level';
    const room = notNegative(target.amount.minus(slot.paidPrincipal));
    const interest = bounded ? least(borne, room) : borne;
    carried = borne.minus(interest);
    const most = slot.paidPrincipal.plus(left);
    const due = last ? most : least(most, principalOf(target, interest));
    const unpaid = notNegative(due.minus(slot.paidPrincipal));
    const principal = slot.paidPrincipal.plus(unpaid);
    left = left.minus(unpaid);
    if (asOf !== null) drops.push({ on: maxDate(asOf, slot.period.until), amount: unpaid });
    return { interest, principal };
  });
}
