/**
 * When the use of a loan is to be checked, and how (用途检查). All of it is dated policy: 龙胜's officers follow every loan
 * (policy facts §1.9), the first check within 30 days and one each quarter afterwards are the habit of commercial banks
 * and no document, 吉木乃 checks every month. Pure but for the parameter.
 */
import { addDays, addMonths, type BusinessDate, daysBetween } from '../platform/dates';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import type { Use } from './use-check';

/** A distance between two checks. */
export interface Interval {
  unit: 'DAYS' | 'MONTHS';
  count: number;
}

/** Bodies whose people may answer for a loan. */
export const HOLDER_KINDS = ['bank', 'township', 'village'] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** The rules of one day. */
export interface UseCheckRules {
  /** The first check is due so many days after the payout. */
  firstWithinDays: number;
  /** The next one is due so long after the last. */
  interval: Interval;
  /** After a check that could not tell, the next one is due so many days later. */
  againWithinDays: number;
  /** A check entered more days than this after the visit is kept as entered late. */
  entryWithinDays: number;
  /** Photos that a check needs at least. */
  photosMin: number;
  /** Codes of the roles that may check. */
  checkerRoles: string[];
  /** 包放包收: whether each loan must have people who answer for it, and of which bodies they are. */
  responsibility: { required: boolean; holderKinds: HolderKind[] };
  /** From which day a confirmed diversion costs the subsidy: of the decision, or of the visit that found it. */
  subsidyLostFrom: 'DECISION' | 'VISIT';
}

const days = (least: number) => Joi.number().integer().min(least).max(366).required();

/** The rules as policy holds them. */
export const useCheckRules = defineParameter<UseCheckRules>({
  key: 'monitoring.use-checks',
  title: '贷后用途检查',
  schema: Joi.object<UseCheckRules>({
    firstWithinDays: days(1),
    interval: Joi.object({
      unit: Joi.string().valid('DAYS', 'MONTHS').required(),
      count: days(1),
    }).required(),
    againWithinDays: days(1),
    entryWithinDays: days(0),
    photosMin: Joi.number().integer().min(0).max(9).required(),
    checkerRoles: Joi.array()
      .items(Joi.string().pattern(/^[a-z][a-z-]{1,39}$/))
      .min(1)
      .unique()
      .required(),
    responsibility: Joi.object({
      required: Joi.boolean().required(),
      holderKinds: Joi.array()
        .items(Joi.string().valid(...HOLDER_KINDS))
        .min(1)
        .unique()
        .required(),
    }).required(),
    subsidyLostFrom: Joi.string().valid('DECISION', 'VISIT').required(),
  }),
});

/** A check as the next due day looks at it. */
export interface LastCheck {
  visitedOn: BusinessDate;
  use: Use;
}

/** The day by which the next check is due, inclusive. `last` null: there was none yet. */
export function nextCheckOn(
  rules: UseCheckRules,
  disbursedOn: BusinessDate,
  last: LastCheck | null,
): BusinessDate {
  if (last === null) return addDays(disbursedOn, rules.firstWithinDays);
  if (last.use === 'cannot-tell') return addDays(last.visitedOn, rules.againWithinDays);
  const { unit, count } = rules.interval;
  return unit === 'DAYS' ? addDays(last.visitedOn, count) : addMonths(last.visitedOn, count);
}

/** Whether a check is entered too long after its visit. */
export function isEnteredLate(
  rules: UseCheckRules,
  visitedOn: BusinessDate,
  today: BusinessDate,
): boolean {
  return daysBetween(visitedOn, today) > rules.entryWithinDays;
}
