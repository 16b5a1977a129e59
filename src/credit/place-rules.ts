/**
 * Credit villages and townships (信用村、信用乡镇), pure: the thresholds of the dated rows `credit.places`, and
 * what the figures of a year say to each of them. Shares are compared as whole numbers, so that exactly 70 % is
 * met and 69.9999 % is not. Where there is nothing to divide by, the outcome is "unknown": a village without
 * borrowers has not shown that it repays.
 */
import { type Ppm, percent, ratioPercent, WHOLE_PPM } from '../platform/rate';
import { Joi, listOf, shape, textField } from '../platform/shape';
import { defineParameter } from '../policy';
import type { PlaceLoans } from './place-evidence';

/** Thresholds on loans that villages and townships share; the shares are of borrowers and of the balance. */
interface LoanThresholds {
  /** 无拖欠户占借款户: at least. */
  cleanBorrowersMinPpm: Ppm;
  /** 不良贷款存量: strictly below. */
  badBalanceBelowPpm: Ppm;
  /** 不良贷款增量: rise of that share since the end of the year before, strictly below. */
  badIncreaseBelowPpm: Ppm;
}

/** The rules of one place and year. */
export interface PlaceRules {
  /** Grades whose households count as 信用户. */
  creditGrades: string[];
  village: LoanThresholds & { creditHouseholdsMinPpm: Ppm };
  township: LoanThresholds & { creditVillagesMinPpm: Ppm };
  benefits: { code: string; name: string }[];
}

const share = () => Joi.number().integer().min(0).max(WHOLE_PPM);
const loanThresholds = {
  cleanBorrowersMinPpm: share(),
  badBalanceBelowPpm: share(),
  badIncreaseBelowPpm: share(),
};
const cardCode = () => Joi.string().pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '大写字母代码');

export const placeRulesParameter = defineParameter<PlaceRules>({
  key: 'credit.places',
  title: '信用村、信用乡镇评定标准',
  schema: shape<PlaceRules>({
    creditGrades: listOf(cardCode()).min(1).unique(),
    village: shape({ creditHouseholdsMinPpm: share(), ...loanThresholds }),
    township: shape({ creditVillagesMinPpm: share(), ...loanThresholds }),
    benefits: listOf(shape({ code: cardCode(), name: textField(60, '优惠措施') })).unique('code'),
  }),
});

export const PLACE_LEVELS = ['village', 'township'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

/** A part and the whole it is a part of, in the same unit. */
export interface PartOf {
  part: number;
  whole: number;
}

/** What is known of a place at the end of a year and of the year before; loans in households and fen. */
export interface PlaceFigures {
  level: PlaceLevel;
  /** Credit households of the listed households, or credit villages of the villages. */
  members: PartOf;
  loans: PlaceLoans;
  loansBefore: PlaceLoans;
}

export const PLACE_OUTCOMES = ['met', 'not-met', 'unknown'] as const;
export type PlaceOutcome = (typeof PLACE_OUTCOMES)[number];

/** What the figures say to one threshold. */
export interface PlaceFinding {
  code: string;
  title: string;
  outcome: PlaceOutcome;
  /** One sentence with the figures. */
  reason: string;
}

/** Every threshold with its outcome, in the order in which an officer reads them. */
export function findingsOfPlace(rules: PlaceRules, figures: PlaceFigures): PlaceFinding[] {
  const { members, loans, loansBefore, level } = figures;
  const limits = rules[level];
  const bad = { part: loans.badBalanceFen, whole: loans.balanceFen };
  const badBefore = { part: loansBefore.badBalanceFen, whole: loansBefore.balanceFen };
  const clean = { part: loans.cleanBorrowers, whole: loans.borrowers };
  const membersFinding =
    level === 'village'
      ? atLeast('CREDIT_HOUSEHOLDS', '信用户占农户', members, rules.village.creditHouseholdsMinPpm)
      : atLeast('CREDIT_VILLAGES', '信用村占行政村', members, rules.township.creditVillagesMinPpm);
  return [
    membersFinding,
    atLeast('CLEAN_BORROWERS', '无拖欠户占借款户', clean, limits.cleanBorrowersMinPpm),
    below('BAD_BALANCE', '不良贷款占余额', bad, limits.badBalanceBelowPpm),
    risesBelow(bad, badBefore, limits.badIncreaseBelowPpm),
  ];
}

/** Met when all are; not met when one is not; else not known. */
export function outcomeOf(findings: readonly PlaceFinding[]): PlaceOutcome {
  const has = (outcome: PlaceOutcome) => findings.some((one) => one.outcome === outcome);
  return has('not-met') ? 'not-met' : has('unknown') ? 'unknown' : 'met';
}

const whole = BigInt(WHOLE_PPM);
const said = (met: boolean): PlaceOutcome => (met ? 'met' : 'not-met');
const shown = (one: PartOf) => `${ratioPercent(one.part, one.whole)}%`;

function atLeast(code: string, title: string, one: PartOf, least: Ppm): PlaceFinding {
  const demand = `应不低于 ${percent(least)}%`;
  if (one.whole === 0) return nothingToDivide(code, title, demand);
  const met = BigInt(one.part) * whole >= BigInt(least) * BigInt(one.whole);
  const reason = `${one.part}/${one.whole}，${shown(one)}，${demand}`;
  return { code, title, outcome: said(met), reason };
}

function below(code: string, title: string, one: PartOf, limit: Ppm): PlaceFinding {
  const demand = `应低于 ${percent(limit)}%`;
  if (one.whole === 0) return nothingToDivide(code, title, demand);
  const met = BigInt(one.part) * whole < BigInt(limit) * BigInt(one.whole);
  return { code, title, outcome: said(met), reason: `${shown(one)}，${demand}` };
}

/** The rise of the share in points of a hundred. A year before without a balance had no bad loans either. */
function risesBelow(now: PartOf, before: PartOf, limit: Ppm): PlaceFinding {
  const code = 'BAD_INCREASE';
  const title = '不良贷款占比较上年末上升';
  const demand = `应低于 ${percent(limit)} 个百分点`;
  if (now.whole === 0) return nothingToDivide(code, title, demand);
  const base = before.whole === 0 ? { part: 0, whole: 1 } : before;
  const rise = BigInt(now.part) * BigInt(base.whole) - BigInt(base.part) * BigInt(now.whole);
  const met = rise * whole < BigInt(limit) * BigInt(now.whole) * BigInt(base.whole);
  const reason = `上年末 ${shown(base)}，本年末 ${shown(now)}，${demand}`;
  return { code, title, outcome: said(met), reason };
}

function nothingToDivide(code: string, title: string, demand: string): PlaceFinding {
  return { code, title, outcome: 'unknown', reason: `没有可比的户数或余额，无从判断(${demand})` };
}
