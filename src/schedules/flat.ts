/**
 * Flat interest: on the whole principal in every period, whatever was repaid. Offered for comparison only; its true
 * price is nearly twice the stated rate.
 */
import { type Amount, amount, notNegative, quotient, scale, sumOf } from './exact';
import { roundLevel } from './level';
import type { Period, Plan, Target, Terms } from './terms';
import { settle } from './unroll';
import { rateOver } from './year-fraction';

/** Interest that each period bears, exact. */
function exactInterest(terms: Terms, periods: readonly Period[]): Amount[] {
  return periods.map((period) => quotient(scale(terms.principal, rateOver(terms, period))));
}

/**
 * Shares of the whole interest of the periods after the grace; the grace itself is charged period by period. Only a
 * first period that is scaled to its actual days is scaled, not the whole that is shared.
 */
function sharedOut(terms: Terms, periods: readonly Period[], shares: readonly Amount[]): Amount[] {
  const each = exactInterest(terms, periods);
  const plain = exactInterest({ ...terms, firstPeriodDays: null }, periods);
  const whole = sumOf(plain.slice(terms.gracePrincipal));
  return each.map((interest, index) => {
    const share = shares[index - terms.gracePrincipal];
    if (share === undefined) return settle(terms, interest);
    const scaled = plain[index]!.isZero() ? interest : interest.div(plain[index]!);
    return settle(terms, whole.times(share).times(scaled));
  });
}

function interestOf(terms: Terms, periods: readonly Period[]): Amount[] {
  if (terms.interestShares) return sharedOut(terms, periods, terms.interestShares);
  const exact = exactInterest(terms, periods);
  const rounded = exact.map((interest) => settle(terms, interest));
  const byDays = terms.interestBy === 'days' && !terms.multiple;
  if (byDays || terms.interestBy === 'period') return rounded;
  // The rounding of the total falls on the last.
  const whole = settle(terms, sumOf(exact));
  const before = rounded.slice(0, -1);
  return [...before, notNegative(whole.minus(sumOf(before)))];
}

/** What each period repays: equal parts; by days, what a level payment leaves; in whole units, with the interest. */
function principalParts(terms: Terms, interest: readonly Amount[]): Amount[] {
  const grace = terms.gracePrincipal;
  const paying = interest.length - grace;
  const part = terms.principal.div(paying);
  const byLevel = terms.interestBy === 'days' && terms.method === 'equalInstallments';
  const whole = terms.principal.plus(sumOf(interest.slice(grace)));
  const level = roundLevel(terms, whole.div(paying));
  return interest.map((due, index) => {
    if (index < grace) return amount(0);
    if (terms.multiple) return roundLevel(terms, part.plus(due)).minus(due);
    return byLevel ? level.minus(due) : settle(terms, part);
  });
}

/** A flat plan; `parts` are the principal parts of methods that have their own. */
export function flatPlan(
  terms: Terms,
  periods: readonly Period[],
  parts: readonly Target[] | null,
): Plan {
  const flatInterest = interestOf(terms, periods);
  const principal = parts ?? principalParts(terms, flatInterest).map(asTarget);
  return { terms, periods, targets: principal, flatInterest };
}

function asTarget(part: Amount): Target {
  return { kind: 'principal', amount: part };
}
