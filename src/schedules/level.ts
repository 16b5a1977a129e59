/**
 * Level instalments (等额本息). Exact level of a balance P over periods with rates r₁…rₙ:
 * P × ∏(1+rᵢ) ÷ Σᵢ ∏ⱼ﹥ᵢ(1+rⱼ), which for equal rates is the usual annuity and without interest P ÷ n.
 */
import {
  type Amount,
  amount,
  NOTHING,
  quotient,
  type RoundingMode,
  roundTo,
  roundToMultiple,
} from './exact';
import type { Period, Plan, Row, Target, Terms } from './terms';
import { unroll } from './unroll';
import { nominalRate, rateOver } from './year-fraction';

/** The exact level amount. */
export function exactLevel(balance: Amount, rates: readonly Amount[]): Amount {
  let growth = amount(1);
  let weights = NOTHING;
  for (const rate of [...rates].reverse()) {
    weights = weights.plus(growth);
    growth = growth.times(rate.plus(1));
  }
  return balance.times(growth).div(weights);
}

/** A level amount as it is agreed: whole multiples where the product has them, else the currency's decimals. */
export function roundLevel(terms: Terms, level: Amount): Amount {
  const mode: RoundingMode = terms.unrounded ? 'UP' : terms.rounding;
  if (terms.multiple) return roundToMultiple(level, terms.multiple, mode);
  return roundTo(level, terms.decimals, mode);
}

/**
 * The level amount of a balance over the periods from `at` on. Whole multiples are taken from the nominal rate of a
 * period whatever its days, as borrowers are told one round figure.
 */
export function levelFor(
  terms: Terms,
  balance: Amount,
  periods: readonly Period[],
  at: number,
): Amount {
  const rateOf = terms.multiple && !terms.unrounded ? nominalRate : rateOver;
  const rates = periods.slice(at).map((period) => quotient(rateOf(terms, period)));
  return roundLevel(terms, exactLevel(balance, rates));
}

/** A plan whose level targets are another amount. */
function withLevel(plan: Plan, level: Amount): Plan {
  const target: Target = { kind: 'level', amount: level };
  return { ...plan, targets: plan.targets.map((old) => (old.kind === 'level' ? target : old)) };
}

/** How far the last payment is from the level. */
function lastDifference(rows: readonly Row[], level: Amount): Amount {
  const last = rows.at(-1)!;
  return last.principal.plus(last.interest).minus(level);
}

/**
 * Moves the level amount towards the last payment: while they differ by more than half a cent per period, by the
 * difference shared out, at most three times, and only as long as the last difference gets smaller.
 */
export function smooth(plan: Plan): Plan {
  const { terms } = plan;
  let best = plan;
  for (let round = 0; round < 3; round += 1) {
    const level = best.targets.findLast((target) => target.kind === 'level')?.amount;
    if (!level) return best;
    const periods = best.targets.filter((target) => target.kind === 'level').length;
    const apart = lastDifference(unroll(best), level);
    if (
      apart
        .abs()
        .times(100)
        .lte(Math.floor(periods / 2))
    )
      return best;
    const moved = roundLevel(terms, level.plus(apart.div(periods)));
    const next = withLevel(best, moved);
    if (lastDifference(unroll(next), moved).abs().gte(apart.abs())) return best;
    best = next;
  }
  return best;
}
