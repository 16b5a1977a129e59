/** The schedule of a contract: its terms, what happened to it, and the lines that follow. */
import { CheckFailed } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { type Amendment, amend } from './amend';
import { type Amount, roundTo, sumOf } from './exact';
import { type Payment, type PaymentRules, payAll, payFixed } from './payments';
import { planOf, rowsOf } from './plan';
import { duesOf, type Running } from './running';
import { malformed, unsupported } from './schedule-error';
import type { Period, Plan, Row, Terms } from './terms';

/** What happened on a loan, and how its payments count. */
export interface Events {
  readonly amendments: readonly Amendment[];
  readonly payments: readonly Payment[];
  readonly rules: PaymentRules | null;
  /** Day at which the table is read; the last payment when null. */
  readonly asOf: BusinessDate | null;
}

/** What was paid on one line. */
export interface Paid {
  readonly paid: Amount;
  readonly paidInAdvance: Amount;
  readonly paidLate: Amount;
  readonly paidOn: BusinessDate | null;
}

/** One line as it is shown: rounded to the currency. */
export interface Line {
  readonly period: Period;
  readonly principal: Amount;
  readonly interest: Amount;
  readonly total: Amount;
  readonly balance: Amount;
  /** Null when no payments are looked at. */
  readonly paid: Paid | null;
}

/** A schedule with its sums, rounded to the currency once. */
export interface Schedule {
  readonly lines: readonly Line[];
  readonly principal: Amount;
  readonly interest: Amount;
}

const NO_EVENTS: Events = { amendments: [], payments: [], rules: null, asOf: null };

const FIXED: PaymentRules = {
  recalculated: false,
  prepayment: 'nextInstallment',
  payoffInterest: 'toPayoffDate',
};

function shown(terms: Terms, value: Amount): Amount {
  return roundTo(value, terms.decimals, terms.rounding);
}

function linesOf(terms: Terms, rows: readonly Row[], loan: Running | null): Line[] {
  return rows.map((row, index) => {
    const slot = loan?.slots[index];
    const paid = slot && {
      paid: slot.paidInterest.plus(slot.paidPrincipal),
      paidInAdvance: slot.paidInAdvance,
      paidLate: slot.paidLate,
      paidOn: slot.paidOn,
    };
    return {
      period: row.period,
      principal: shown(terms, row.principal),
      interest: shown(terms, row.interest),
      total: shown(terms, row.principal.plus(row.interest)),
      balance: shown(terms, row.balance),
      paid: paid ?? null,
    };
  });
}

/** The rows of a loan on which interest follows what was really paid. */
function recalculated(plan: Plan, loan: Running, asOf: BusinessDate): Row[] {
  const end = plan.periods.at(-1)!.until;
  let balance = plan.terms.principal;
  return duesOf(loan, { to: end, asOf }).map((due, index) => {
    balance = balance.minus(due.principal);
    return { period: plan.periods[index]!, ...due, balance };
  });
}

function refuseUnlessPlain(plan: Plan): void {
  const { terms, flatInterest } = plan;
  const plain = !flatInterest && !terms.unrounded && terms.interestBy !== 'period';
  if (plain && terms.graceInterest === 0 && terms.method !== 'fixedInstallment') return;
  throw unsupported(
    'product.interestRecalculation',
    '该计息方式不支持按实际余额重算',
    'interest of this convention is not recalculated on the actual balance',
  );
}

/** The schedule of a contract. @throws ScheduleError */
export function scheduleOf(terms: Terms, events: Events = NO_EVENTS): Schedule {
  try {
    return reckon(terms, events);
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    // Nothing here but the calendar checks: business dates end in 2199.
    const [chinese, english] = ['日期超出 1900 至 2199 年', 'dates run beyond 1900 to 2199'];
    throw malformed('product', chinese, english);
  }
}

function reckon(terms: Terms, events: Events): Schedule {
  const { payments, amendments } = events;
  const plan = amendments.reduce(amend, planOf(terms));
  const rules = events.rules ?? (payments.length > 0 ? FIXED : null);
  let rows = rowsOf(plan);
  let loan: Running | null = null;
  if (rules?.recalculated) {
    refuseUnlessPlain(plan);
    loan = payAll(plan, payments, rules);
    rows = recalculated(plan, loan, events.asOf ?? payments.at(-1)?.on ?? terms.start);
  } else if (rules) loan = payFixed(plan, rows, payments, rules);
  return {
    lines: linesOf(terms, rows, loan),
    principal: shown(terms, sumOf(rows.map((row) => row.principal))),
    interest: shown(terms, sumOf(rows.map((row) => row.interest))),
  };
}
