/** The terms of a repayment schedule: what a contract says about principal, interest, dates and rounding. */
import type { BusinessDate } from '../platform/dates';
import type { Amount, RoundingMode } from './exact';

/** What the repayment interval is counted in. */
export const UNITS = ['days', 'weeks', 'months', 'quarters', 'years'] as const;
export type Unit = (typeof UNITS)[number];

/**
 * How a loan is repaid:
 * - settlementDayBullet 按季结息到期还本: interest on the 20th of 3/6/9/12, the rest with the principal at maturity
 * - allAtMaturity 利随本清: principal and interest in one payment
 * - interestOnlyBullet 按期付息到期还本: interest each period counted from the start date
 * - equalInstallments 等额本息 · equalPrincipal 等额本金
 * - fixedInstallment: an agreed amount until nothing is left · custom: own plan of the principal
 */
export const METHODS = [
  'settlementDayBullet',
  'allAtMaturity',
  'interestOnlyBullet',
  'equalInstallments',
  'equalPrincipal',
  'fixedInstallment',
  'custom',
] as const;
export type Method = (typeof METHODS)[number];

/** Days that count as one year; ACT is the real length of each calendar year. */
export type YearDays = 360 | 364 | 365 | 'ACT';

/** Day count: real days, or months of 30 days. */
export interface DayCount {
  readonly months: '30' | 'ACT';
  readonly year: YearDays;
  /** 365 days, but 366 for a period that contains 29 February. */
  readonly leapPeriods: boolean;
}

/**
 * What the rate is multiplied by: the days of the period, the nominal part of the year (three months are a quarter
 * whatever their days), or one, when the rate is a rate per period.
 */
export type InterestBy = 'days' | 'nominal' | 'period';

/** An annual rate (or rate per period) in percent, valid from a date on. */
export interface RateFrom {
  /** First day whose interest bears this rate. */
  readonly from: BusinessDate;
  readonly percent: Amount;
}

/** Everything a schedule follows from. */
export interface Terms {
  readonly principal: Amount;
  /** Ascending by date; the first is valid from the start. */
  readonly rates: readonly RateFrom[];
  readonly interestBy: InterestBy;
  readonly dayCount: DayCount;
  /** The first interest is scaled to the actual days over this many; null when it is not. */
  readonly firstPeriodDays: number | null;
  /** Instalments; null only for fixedInstallment, which then runs until nothing is left. */
  readonly count: number | null;
  readonly every: number;
  readonly unit: Unit;
  readonly start: BusinessDate;
  /** The case names no start date: rows carry no dates. */
  readonly undated: boolean;
  /** Ends a broken first period; later dates count from it. */
  readonly firstDue: BusinessDate | null;
  /** Ends the last period, broken when it does not fall on the regular date. */
  readonly maturesOn: BusinessDate | null;
  /** All due dates, when they follow no rule. */
  readonly dueDates: readonly BusinessDate[] | null;
  readonly weekendToMonday: boolean;
  readonly method: Method;
  /** Interest on the whole principal in every period (for comparison). */
  readonly flat: boolean;
  readonly rounding: RoundingMode;
  readonly decimals: number;
  /** Level instalments are whole multiples of this; null when they are not. */
  readonly multiple: Amount | null;
  /** Level instalment rounded up, interest and balance carried unrounded, figures rounded when shown. */
  readonly unrounded: boolean;
  /** The level instalment is moved when the last one would differ much. */
  readonly smoothed: boolean;
  /** Periods without principal. */
  readonly gracePrincipal: number;
  /** Periods whose interest is collected with the first period after them. */
  readonly graceInterest: number;
  /** Periods without interest. */
  readonly interestFree: number;
  /** The agreed amount of fixedInstallment. */
  readonly installment: Amount | null;
  /** Parts of the principal per period after the grace, for custom plans. */
  readonly principalShares: readonly Amount[] | null;
  /** Amounts of principal per period after the grace, for custom plans. */
  readonly principalAmounts: readonly Amount[] | null;
  /** Parts of the whole flat interest per period after the grace. */
  readonly interestShares: readonly Amount[] | null;
}

/** One instalment period. */
export interface Period {
  /** 1, 2, … */
  readonly number: number;
  /** First day counted. */
  readonly from: BusinessDate;
  /** First day not counted. */
  readonly until: BusinessDate;
  /** Day of payment: `until`, but the 20th, the last day counted, where interest is settled quarterly. */
  readonly due: BusinessDate;
  /** The regular grid of the period, for conventions that do not count days. */
  readonly grid: Grid;
}

/** Cells of `every` units counted from an anchor; the period runs over the cells from `from` to `until`. */
export interface Grid {
  readonly anchor: BusinessDate;
  readonly unit: Unit;
  readonly every: number;
  /** The cell in which the period begins. */
  readonly first: number;
  /** The period before a shift off the weekend. */
  readonly from: BusinessDate;
  readonly until: BusinessDate;
}

/** What an instalment must bring: a level amount (interest within it), or a fixed part of the principal. */
export interface Target {
  readonly kind: 'level' | 'principal';
  readonly amount: Amount;
}

/** Periods with what each must bring; the last takes what is left. */
export interface Plan {
  readonly terms: Terms;
  readonly periods: readonly Period[];
  readonly targets: readonly Target[];
  /** Interest per period when it does not follow the balance. */
  readonly flatInterest: readonly Amount[] | null;
}

/** One line of a schedule. */
export interface Row {
  readonly period: Period;
  readonly principal: Amount;
  readonly interest: Amount;
  /** Principal outstanding after the period as scheduled. */
  readonly balance: Amount;
}
