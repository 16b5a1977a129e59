/**
 * From a plan to rows. Laws: the principal parts sum to the loan and the balance is never negative, because each part
 * is cut to what is left and the last takes the rest; interest is rounded once per period.
 */
import { type Amount, least, NOTHING, notNegative, quotient, roundTo, scale } from './exact';
import type { Plan, Row, Target, Terms } from './terms';
import { rateOver } from './year-fraction';

/** Rounds a figure of a row, unless the convention carries it unrounded. */
export function settle(terms: Terms, value: Amount): Amount {
  return terms.unrounded ? value : roundTo(value, terms.decimals, terms.rounding);
}

/** The principal that a target brings when this interest is paid with it. */
export function principalOf(target: Target, interest: Amount): Amount {
  const left = target.kind === 'level' ? target.amount.minus(interest) : target.amount;
  return notNegative(left);
}

/** The schedule of a plan, as it runs without any event. */
export function unroll(plan: Plan): Row[] {
  const { terms, periods, targets, flatInterest } = plan;
  const rows: Row[] = [];
  let balance = terms.principal;
  for (const [index, period] of periods.entries()) {
    const interest =
      flatInterest?.[index] ?? settle(terms, quotient(scale(balance, rateOver(terms, period))));
    const last = index === periods.length - 1;
    const principal = last ? balance : least(balance, principalOf(targets[index]!, interest));
    balance = balance.minus(principal);
    rows.push({ period, principal, interest, balance });
    if (terms.method === 'fixedInstallment' && balance.isZero()) break;
  }
  return rows;
}

/** Interest of the first periods collected with the first period after them (interest grace); nothing is forgiven. */
export function collectLater(terms: Terms, rows: readonly Row[]): Row[] {
  const grace = Math.min(terms.graceInterest, rows.length - 1);
  let held = NOTHING;
  return rows.map((row, index) => {
    if (index > grace) return row;
    held = held.plus(row.interest);
    return { ...row, interest: index < grace ? NOTHING : held };
  });
}
