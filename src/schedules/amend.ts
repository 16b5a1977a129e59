/**
 * Changes of the terms while a loan runs: extension (展期), change of rate, moved due date. What was due before stays;
 * the level amount is taken anew from the balance, except for a moved date, where it is kept and the last absorbs.
 */
import { addDays, type BusinessDate, daysBetween, maxDate } from '../platform/dates';
import { type Amount, amount } from './exact';
import { levelFor } from './level';
import { MOST_PERIODS, withDueMoved, withMore } from './periods';
import { malformed, unsupported } from './schedule-error';
import type { Plan, Target } from './terms';
import { settle, unroll } from './unroll';

/** A change of the terms, by its kind. */
export type Amendment =
  | { type: 'extension'; date: BusinessDate | null; fromInstallment: number | null; extra: number }
  | { type: 'rateChange'; effective: BusinessDate; percent: Amount }
  | { type: 'dueDateChange'; from: BusinessDate; to: BusinessDate };

/** Principal outstanding as scheduled when the period at this index begins. */
function balanceAt(plan: Plan, at: number): Amount {
  return at === 0 ? plan.terms.principal : unroll(plan)[at - 1]!.balance;
}

/** New targets from an index on, of the method, for the balance that is scheduled there. */
function retarget(plan: Plan, at: number, balance: Amount): Plan {
  const { terms, periods } = plan;
  const left = periods.length - Math.max(at, terms.gracePrincipal);
  const again = (target: Target) =>
    periods.map((_, index) => {
      if (index >= Math.max(at, terms.gracePrincipal)) return target;
      return plan.targets[index] ?? ({ kind: 'principal', amount: amount(0) } as const);
    });
  switch (terms.method) {
    case 'equalInstallments': {
      const first = Math.max(at, terms.gracePrincipal);
      const level = levelFor(terms, balance, periods, first);
      return { ...plan, targets: again({ kind: 'level', amount: level }) };
    }
    case 'equalPrincipal': {
      const part = settle(terms, balance.div(left));
      return { ...plan, targets: again({ kind: 'principal', amount: part }) };
    }
    case 'interestOnlyBullet':
      return { ...plan, targets: again({ kind: 'principal', amount: amount(0) }) };
    case 'fixedInstallment':
      return { ...plan, targets: again(plan.targets[0]!) };
    default:
      throw unsupported(
        'transactions.type',
        '该还款方式不支持变更计划',
        `a schedule of ${terms.method} cannot be changed in this way`,
      );
  }
}

function extend(plan: Plan, change: Extract<Amendment, { type: 'extension' }>): Plan {
  const { periods, terms } = plan;
  const { date, fromInstallment, extra } = change;
  const byDate = periods.findIndex(({ due }) => date !== null && due > date);
  const at = fromInstallment !== null ? fromInstallment - 1 : byDate;
  if (at < 0 || at >= periods.length) {
    const field = fromInstallment !== null ? 'fromInstallment' : 'date';
    throw malformed(`transactions.${field}`, '没有这一期', 'no such instalment');
  }
  if (periods.length + extra > MOST_PERIODS) {
    throw malformed('transactions.extraInstallments', '期数过多', 'too many instalments');
  }
  const balance = balanceAt(plan, at);
  return retarget({ ...plan, periods: withMore(terms, periods, extra) }, at, balance);
}

/** Interest up to and including the day before the effective date bears the old rate. */
function changeRate(plan: Plan, change: Extract<Amendment, { type: 'rateChange' }>): Plan {
  const { terms, periods } = plan;
  const from = maxDate(terms.start, addDays(change.effective, -1));
  const at = periods.findIndex(({ from: first, until }) => first <= from && from < until);
  if (at < 0) {
    throw malformed('transactions.effectiveDate', '不在贷款期内', 'not within the loan');
  }
  const kept = terms.rates.filter((rate) => rate.from < from);
  const rates = [...kept, { from, percent: change.percent }];
  const balance = balanceAt(plan, at);
  const next = { ...plan, terms: { ...terms, rates } };
  return terms.method === 'equalInstallments' ? retarget(next, at, balance) : next;
}

function moveDue(plan: Plan, change: Extract<Amendment, { type: 'dueDateChange' }>): Plan {
  const { terms, periods } = plan;
  const at = periods.findIndex(({ due }) => due === change.from);
  if (at < 0) {
    throw malformed('transactions.oldDueDate', '没有这一天到期的一期', 'no instalment is due then');
  }
  if (daysBetween(change.from, change.to) === 0) return plan;
  return { ...plan, periods: withDueMoved(terms, periods, at, change.to) };
}

/** The plan after a change. @throws ScheduleError */
export function amend(plan: Plan, change: Amendment): Plan {
  if (plan.flatInterest || plan.terms.interestBy === 'period' || plan.terms.unrounded) {
    throw unsupported(
      'transactions.type',
      '该计息方式不支持变更计划',
      'schedules of this interest convention cannot be changed',
    );
  }
  switch (change.type) {
    case 'extension':
      return extend(plan, change);
    case 'rateChange':
      return changeRate(plan, change);
    case 'dueDateChange':
      return moveDue(plan, change);
  }
}
