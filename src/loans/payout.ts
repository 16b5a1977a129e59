/** The target from certificate to money (龙胜: 2 hours, policy facts §1.8), and when it is missed. Pure but for the parameter. */
import { type Instant, instant } from '../platform/clock';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import type { Payout } from './payout.entity';

/** The value of `loans.payout`. */
export interface PayoutTerms {
  targetMinutes: number;
}

/** Within how many minutes a presented certificate is to be money. */
export const payoutTerms = defineParameter<PayoutTerms>({
  key: 'loans.payout',
  title: '凭证放款时限',
  schema: Joi.object<PayoutTerms>({
    targetMinutes: Joi.number().integer().min(1).max(100_000).required(),
  }),
});

const MINUTE_MS = 60_000;

/** The moment by which the money is to be there. */
export function dueAfter(presentedAt: Instant, targetMinutes: number): Instant {
  return instant(presentedAt + targetMinutes * MINUTE_MS);
}

/** Whole minutes from one moment to another. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.floor((to - from) / MINUTE_MS);
}

/** Whether the target was missed, or is by now. */
export function isLate({ paidAt, dueAt }: Pick<Payout, 'paidAt' | 'dueAt'>, now: Instant): boolean {
  return (paidAt ?? now) > dueAt;
}
