/**
 * Payments on a running loan. What is due goes first, oldest first, interest before principal. What is more goes to
 * the next open instalment (accrued interest, then principal; closed when it reaches the level amount) or reduces the
 * principal at once and is counted against the last instalments. A payoff takes the principal and the interest to its
 * day or to the next due date.
 */
import type { BusinessDate } from '../platform/dates';
import { type Amount, amount, least, NOTHING, notNegative, sumOf } from './exact';
import { begin, type Due, duesOf, outstandingOf, type Running, type Slot } from './running';
import { malformed, unsupported } from './schedule-error';
import type { Plan } from './terms';

/** How payments change the schedule. */
export interface PaymentRules {
  /** Interest on the principal really outstanding each day, or the schedule as signed. */
  readonly recalculated: boolean;
  readonly prepayment: 'nextInstallment' | 'lastInstallment';
  readonly payoffInterest: 'toPayoffDate' | 'toNextDueDate';
}

/** A repayment of an amount, or a payoff (null: whatever it takes). */
export interface Payment {
  readonly on: BusinessDate;
  readonly amount: Amount | null;
}

const UNBOUNDED = amount(Number.POSITIVE_INFINITY);

/** Puts money on an instalment, interest first; returns what is left of it. */
function payOn(loan: Running, slot: Slot, due: Due, on: BusinessDate, money: Amount): Amount {
  const interest = least(money, notNegative(due.interest.minus(slot.paidInterest)));
  const principal = least(
    money.minus(interest),
    notNegative(due.principal.minus(slot.paidPrincipal)),
  );
  const paid = interest.plus(principal);
  slot.paidInterest = slot.paidInterest.plus(interest);
  slot.paidPrincipal = slot.paidPrincipal.plus(principal);
  if (on < slot.period.due) slot.paidInAdvance = slot.paidInAdvance.plus(paid);
  if (on > slot.period.due) slot.paidLate = slot.paidLate.plus(paid);
  if (principal.gt(0)) loan.drops.push({ on, amount: principal });
  return money.minus(paid);
}

function closeWhenPaid(slot: Slot, due: Due, on: BusinessDate): void {
  if (slot.closed || slot.paidInterest.lt(due.interest)) return;
  if (slot.paidPrincipal.lt(due.principal)) return;
  slot.closed = due;
  slot.paidOn = on;
}

/** Pays what is due by the day. */
function payDue(loan: Running, on: BusinessDate, money: Amount): Amount {
  let left = money;
  for (const [index, slot] of loan.slots.entries()) {
    if (slot.period.due > on || slot.closed) continue;
    const due = duesOf(loan, { to: slot.period.until, asOf: null })[index]!;
    left = payOn(loan, slot, due, on, left);
    closeWhenPaid(slot, due, on);
    if (left.isZero()) break;
  }
  return left;
}

/** Up to when a payoff pays interest. */
function payoffDay(loan: Running, on: BusinessDate, rules: PaymentRules): BusinessDate {
  if (rules.payoffInterest === 'toPayoffDate') return on;
  const running = loan.slots.find(({ period }) => period.from < on && on < period.until);
  return running?.period.until ?? on;
}

/** Interest to be paid with a payoff. */
function accruedOn(loan: Running, to: BusinessDate): Amount {
  const dues = duesOf(loan, { to, asOf: null });
  const open = loan.slots.map((slot, index) =>
    slot.closed ? NOTHING : notNegative(dues[index]!.interest.minus(slot.paidInterest)),
  );
  return sumOf(open);
}

/** Settles the loan: the principal is spread over the open instalments at the level amount. */
function payOff(loan: Running, on: BusinessDate, to: BusinessDate): void {
  const dues = duesOf(loan, { to, asOf: null });
  for (const [index, slot] of loan.slots.entries()) {
    if (slot.closed) continue;
    payOn(loan, slot, dues[index]!, on, UNBOUNDED);
    closeWhenPaid(slot, dues[index]!, on);
  }
}

/** An early payment on the next open instalments. */
function payNext(loan: Running, on: BusinessDate, money: Amount): void {
  let left = money;
  while (left.gt(0)) {
    const index = loan.slots.findIndex((slot) => slot.closed === null);
    const slot = loan.slots[index];
    if (!slot) return;
    if (loan.plan.targets[index]!.kind !== 'level') {
      throw unsupported(
        'product.prepaymentRule',
        '该还款方式的提前还款不能计入下期',
        'an early payment cannot close the next instalment of this method',
      );
    }
    const due = duesOf(loan, { to: on, asOf: null })[index]!;
    left = payOn(loan, slot, due, on, left);
    closeWhenPaid(slot, due, on);
  }
}

/** An early payment off the end of the schedule; what is more than the principal pays interest so far. */
function payLast(loan: Running, on: BusinessDate, money: Amount): void {
  const principal = least(money, outstandingOf(loan));
  const first = loan.slots.findIndex((slot) => slot.closed === null);
  let left = principal;
  for (let index = loan.slots.length - 1; index >= first && left.gt(0); index -= 1) {
    const slot = loan.slots[index]!;
    if (slot.closed) continue;
    const target = loan.plan.targets[index]!;
    const whole = index === first || (target.kind === 'principal' && target.amount.isZero());
    const most = whole ? outstandingOf(loan).plus(slot.paidPrincipal) : target.amount;
    const due = { interest: slot.paidInterest, principal: most };
    left = payOn(loan, slot, due, on, left);
    closeWhenPaid(slot, due, on);
  }
  const dues = duesOf(loan, { to: on, asOf: null });
  let rest = money.minus(principal);
  for (const [index, slot] of loan.slots.entries()) {
    if (slot.closed) continue;
    const due = { interest: dues[index]!.interest, principal: slot.paidPrincipal };
    rest = payOn(loan, slot, due, on, rest);
  }
}

function pay(loan: Running, payment: Payment, rules: PaymentRules): void {
  const { on } = payment;
  const left = payDue(loan, on, payment.amount ?? UNBOUNDED);
  if (left.isZero()) return;
  const to = payoffDay(loan, on, rules);
  if (left.gte(outstandingOf(loan).plus(accruedOn(loan, to)))) payOff(loan, on, to);
  else if (rules.prepayment === 'nextInstallment') payNext(loan, on, left);
  else payLast(loan, on, left);
}

/** The loan after its payments, in order of their days. @throws ScheduleError */
export function payAll(plan: Plan, payments: readonly Payment[], rules: PaymentRules): Running {
  const loan = begin(plan);
  for (const payment of payments) {
    if (payment.on < plan.terms.start) {
      throw malformed('transactions.date', '早于起息日', 'is before the loan begins');
    }
    pay(loan, payment, rules);
  }
  return loan;
}

/** A fixed schedule: payments are shared out over the rows as signed and change nothing. */
export function payFixed(
  plan: Plan,
  dues: readonly Due[],
  payments: readonly Payment[],
  rules: PaymentRules,
): Running {
  const loan = begin({ ...plan, periods: plan.periods.slice(0, dues.length) });
  const onto = (on: BusinessDate, money: Amount, indices: readonly number[]) => {
    let left = money;
    for (const index of indices) {
      const slot = loan.slots[index]!;
      if (slot.closed) continue;
      left = payOn(loan, slot, dues[index]!, on, left);
      closeWhenPaid(slot, dues[index]!, on);
    }
    return left;
  };
  for (const { on, amount: money } of payments) {
    const all = [...loan.slots.keys()];
    const due = all.filter((index) => loan.slots[index]!.period.due <= on);
    const later = all.filter((index) => !due.includes(index));
    const left = onto(on, money ?? UNBOUNDED, due);
    if (left.isZero()) continue;
    onto(on, left, rules.prepayment === 'nextInstallment' ? later : later.reverse());
  }
  return loan;
}
