/** From terms to a plan: what each period must bring under each method. */
import { type Amount, amount, least, NOTHING, quotient, roundToMultiple, scale } from './exact';
import { flatPlan } from './flat';
import { exactLevel, levelFor, roundLevel, smooth } from './level';
import { periodsOf } from './periods';
import { unsupported } from './schedule-error';
import type { Period, Plan, Row, Target, Terms } from './terms';
import { collectLater, settle, unroll } from './unroll';
import { rateOver } from './year-fraction';

const part = (value: Amount): Target => ({ kind: 'principal', amount: value });
const level = (value: Amount): Target => ({ kind: 'level', amount: value });

/** Equal parts of a balance over so many periods, in the currency's decimals or whole multiples. */
function equalPart(terms: Terms, balance: Amount, periods: number): Amount {
  const exact = balance.div(periods);
  if (!terms.multiple) return settle(terms, exact);
  return roundToMultiple(exact, terms.multiple, terms.rounding);
}

/** Remaining principal over remaining periods, taken anew in every period. */
function remainingParts(terms: Terms, periods: number): Target[] {
  let balance = terms.principal;
  const parts: Target[] = [];
  for (let left = periods; left > 0; left -= 1) {
    const due = least(balance, equalPart(terms, balance, left));
    parts.push(part(due));
    balance = balance.minus(due);
  }
  return parts;
}

/** With a rate per period the level is taken anew from the remaining balance in every period. */
function remainingLevels(terms: Terms, periods: readonly Period[]): Target[] {
  let balance = terms.principal;
  return periods.slice(terms.gracePrincipal).map((period, index, paying) => {
    const plain = { ...terms, firstPeriodDays: null };
    const rates = paying.slice(index).map((later) => quotient(rateOver(plain, later)));
    const due = roundLevel(terms, exactLevel(balance, rates));
    const interest = settle(terms, quotient(scale(balance, rateOver(terms, period))));
    balance = balance.minus(least(balance, due.minus(interest)));
    return level(due);
  });
}

function customParts(terms: Terms, paying: number): Target[] {
  if (terms.principalAmounts) return terms.principalAmounts.map(part);
  const shares = terms.principalShares ?? [];
  return shares.slice(0, paying).map((share) => part(settle(terms, terms.principal.times(share))));
}

/** What the periods after the grace must bring. */
function payingTargets(terms: Terms, periods: readonly Period[]): Target[] {
  const paying = periods.length - terms.gracePrincipal;
  const each = (target: Target) => Array.from({ length: paying }, () => target);
  switch (terms.method) {
    case 'settlementDayBullet':
    case 'allAtMaturity':
    case 'interestOnlyBullet':
      return each(part(NOTHING));
    case 'fixedInstallment':
      return each(level(terms.installment ?? NOTHING));
    case 'custom':
      return customParts(terms, paying);
    case 'equalPrincipal':
      if (terms.interestBy === 'period') return remainingParts(terms, paying);
      return each(part(equalPart(terms, terms.principal, paying)));
    case 'equalInstallments':
      if (terms.interestBy === 'period') return remainingLevels(terms, periods);
      return each(level(levelFor(terms, terms.principal, periods, terms.gracePrincipal)));
  }
}

const HAS_OWN_PARTS: readonly Terms['method'][] = [
  'settlementDayBullet',
  'allAtMaturity',
  'interestOnlyBullet',
  'custom',
];

/** The plan of a contract as it is signed. @throws ScheduleError */
export function planOf(terms: Terms): Plan {
  const periods = periodsOf(terms);
  const bullet = terms.method.endsWith('Bullet') || terms.method === 'allAtMaturity';
  const grace = bullet ? 0 : terms.gracePrincipal;
  const plain = { ...terms, gracePrincipal: grace };
  const free = Array.from({ length: grace }, () => part(amount(0)));
  if (terms.flat) {
    const own = HAS_OWN_PARTS.includes(terms.method) || terms.interestBy === 'period';
    const method = terms.method === 'equalInstallments' ? 'equalPrincipal' : terms.method;
    const parts = own ? [...free, ...payingTargets({ ...plain, method }, periods)] : null;
    return flatPlan(plain, periods, parts);
  }
  const targets = [...free, ...payingTargets(plain, periods)];
  const plan: Plan = { terms: plain, periods, targets, flatInterest: null };
  return terms.smoothed && terms.method === 'equalInstallments' ? smooth(plan) : plan;
}

/** The rows of a plan, with the interest grace applied. @throws ScheduleError when a fixed amount never repays. */
export function rowsOf(plan: Plan): Row[] {
  const rows = unroll(plan);
  if (plan.terms.method === 'fixedInstallment') {
    const [first, last] = [rows[0]!, rows.at(-1)!];
    const rest = last.principal.plus(last.interest);
    const never = rows.length > 1 && first.principal.lte(0);
    if (never || (plan.terms.count === null && rest.gt(plan.terms.installment ?? NOTHING))) {
      throw unsupported(
        'product.installment',
        '每期还款额不足以支付利息，本金永远还不清',
        'the amount does not even cover the interest, so the loan is never repaid',
      );
    }
  }
  return collectLater(plan.terms, rows);
}
