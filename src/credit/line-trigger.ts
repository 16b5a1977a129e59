/**
 * What brings a line down by itself: the effect that the line rules of the day and place give to a trigger. The
 * night applies it to arrears; a failed check of use is told by whoever checked. A line that is not in force, or
 * already as low, is left as it is.
 */
import { householdFor } from '../households';
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { stateOn } from './credit-line';
import type { CreditLinePeriod } from './credit-line.entity';
import { LineStore, type StandingLine } from './credit-line.store';
import { changeBy, type Effect, lineRulesOn } from './line-rules';

/** 用途检查不合格: what a check can find. */
export const REPORTED_TRIGGERS = ['USE_CHECK_FAILED'] as const;
export type ReportedTrigger = (typeof REPORTED_TRIGGERS)[number];

const TRIGGER_NAMES: Readonly<Record<ReportedTrigger, string>> = {
  USE_CHECK_FAILED: '用途检查不合格',
};

/** What is written of an effect: its reason, what it rests on, and its first day. */
export interface EffectWords {
  reason: string;
  evidence?: string;
  from: BusinessDate;
}

/** Applies an effect to a line. Null when there is nothing to change. */
export async function applyEffect(
  work: Work,
  standing: StandingLine,
  effect: Effect,
  words: EffectWords,
): Promise<CreditLinePeriod | null> {
  const { period } = standing;
  const store = new LineStore(work);
  const { lineFen } = await store.ratingOf(period);
  const change = changeBy(effect, {
    state: stateOn(period, words.from),
    totalFen: period.totalFen,
    ratingLineFen: lineFen,
  });
  return change && store.change(standing, { ...change, ...words });
}

/**
 * Tells that something was found out about a household's loan, in the transaction of whoever found it. The line
 * changes from today on; contracts that are signed are not touched. Null when there was nothing to change.
 */
export async function reportLineTrigger(
  work: Work,
  found: { householdId: string; trigger: ReportedTrigger; evidence: string },
): Promise<CreditLinePeriod | null> {
  const standing = await new LineStore(work).find(found.householdId);
  if (!standing) return null;
  const { regionCode } = await householdFor(work.tx, found.householdId);
  const { value: rules } = await lineRulesOn(work.tx, regionCode, work.today);
  return applyEffect(work, standing, rules.useCheckFailed, {
    reason: TRIGGER_NAMES[found.trigger],
    evidence: found.evidence,
    from: work.today,
  });
}
