/** From the `transactions` of a case to changes of the terms and payments. */
import type { BusinessDate } from '../platform/dates';
import type { Amendment } from './amend';
import {
  at,
  date,
  type Fields,
  fieldsOf,
  list,
  needed,
  positive,
  text,
  whole,
  word,
} from './fields';
import type { Payment, PaymentRules } from './payments';
import { MOST_PERIODS } from './periods';
import { unsupported } from './schedule-error';

/** What happened on a loan. */
export interface Happenings {
  readonly amendments: readonly Amendment[];
  /** In order of their days; of one day in the order given. */
  readonly payments: readonly Payment[];
}

const TYPES = {
  repayment: 'repayment',
  payoff: 'payoff',
  extension: 'extension',
  rateChange: 'rateChange',
  dueDateChange: 'dueDateChange',
} as const;

function typeOf(fields: Fields): keyof typeof TYPES {
  const said = needed(text(fields, 'type'), fields, 'type');
  if (Object.hasOwn(TYPES, said)) return said as keyof typeof TYPES;
  const known = Object.keys(TYPES).join('、');
  throw unsupported(at(fields, 'type'), `支持：${known}`, `supported are ${known}`);
}

function neededDate(fields: Fields, name: string): BusinessDate {
  return needed(date(fields, name), fields, name);
}

function amendmentOf(fields: Fields, type: keyof typeof TYPES): Amendment | null {
  switch (type) {
    case 'extension': {
      const extra = whole(fields, 'extraInstallments', 1, MOST_PERIODS);
      const from = whole(fields, 'fromInstallment', 1, MOST_PERIODS);
      const on = from === null ? neededDate(fields, 'date') : date(fields, 'date');
      const more = needed(extra, fields, 'extraInstallments');
      return { type, date: on, fromInstallment: from, extra: more };
    }
    case 'rateChange': {
      const effective = date(fields, 'effectiveDate') ?? neededDate(fields, 'date');
      const percent = positive(fields, 'newAnnualRate', 'zero');
      return { type, effective, percent: needed(percent, fields, 'newAnnualRate') };
    }
    case 'dueDateChange': {
      const from = neededDate(fields, 'oldDueDate');
      return { type, from, to: neededDate(fields, 'newDueDate') };
    }
    default:
      return null;
  }
}

function paymentOf(fields: Fields, type: keyof typeof TYPES): Payment | null {
  if (type === 'payoff') return { on: neededDate(fields, 'date'), amount: null };
  if (type !== 'repayment') return null;
  const paid = needed(positive(fields, 'amount', 'above'), fields, 'amount');
  return { on: neededDate(fields, 'date'), amount: paid };
}

/** Reads the transactions; none when there are none. @throws ScheduleError naming the field. */
export function readTransactions(fields: Fields): Happenings {
  const amendments: Amendment[] = [];
  const payments: Payment[] = [];
  for (const entry of list(fields, 'transactions', fieldsOf) ?? []) {
    const type = typeOf(entry);
    const amendment = amendmentOf(entry, type);
    const payment = paymentOf(entry, type);
    if (amendment) amendments.push(amendment);
    if (payment) payments.push(payment);
  }
  // Sorting is stable, so payments of one day keep their order.
  payments.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { amendments, payments };
}

/** How payments change the schedule; null when the product does not say anything about it. */
export function readPaymentRules(product: Fields): PaymentRules | null {
  const said = text(product, 'interestRecalculation');
  const prepayment = word(product, 'prepaymentRule', {
    nextInstallment: 'nextInstallment',
    lastInstallment: 'lastInstallment',
  } as const);
  const payoffInterest = word(product, 'payoffInterest', {
    toPayoffDate: 'toPayoffDate',
    toNextDueDate: 'toNextDueDate',
  } as const);
  if (said === null && prepayment === null && payoffInterest === null) return null;
  const recalculated = said !== null && /^daily/i.test(said);
  if (said !== null && !recalculated && !/^none/i.test(said)) {
    const field = at(product, 'interestRecalculation');
    throw unsupported(field, '支持：none、daily', 'supported are none and daily');
  }
  return {
    recalculated,
    prepayment: prepayment ?? 'nextInstallment',
    payoffInterest: payoffInterest ?? 'toPayoffDate',
  };
}
