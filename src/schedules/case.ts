/**
 * Cases as they are exchanged with other systems: `product` and `transactions` in, rows with the same field names out.
 * Amounts are JSON numbers in the currency's decimals there, and only there.
 */
import type { BusinessDate } from '../platform/dates';
import type { Amount } from './exact';
import { at, date, type Fields, fieldsOf, needed } from './fields';
import { readProduct } from './read-product';
import { readPaymentRules, readTransactions } from './read-transactions';
import { type Line, type Schedule, scheduleOf } from './schedule';
import { ScheduleError } from './schedule-error';
import type { Terms } from './terms';

/** One row of an answer. */
export interface CaseRow {
  readonly period: number;
  readonly from?: BusinessDate;
  readonly date?: BusinessDate;
  readonly principalDue: number;
  readonly interestDue: number;
  readonly totalDue: number;
  readonly balance: number;
  readonly paid?: number;
  readonly paidInAdvance?: number;
  readonly paidLate?: number;
  readonly paidDate?: BusinessDate;
}

/** What one case comes to, or why it does not. */
export type CaseAnswer =
  | {
      readonly id?: string;
      readonly expected: readonly CaseRow[];
      readonly totals: {
        readonly principal: number;
        readonly interest: number;
        /** Everything that is paid over the whole schedule. */
        readonly paid: number;
        readonly periods: number;
      };
    }
  | { readonly id?: string; readonly error: string };

/** An answer, and whether the case was well formed (an unsupported convention is). */
export interface Answered {
  readonly answer: CaseAnswer;
  readonly wellFormed: boolean;
}

function rowOf(terms: Terms, line: Line): CaseRow {
  const { period, paid } = line;
  const number = (value: Amount) => value.toNumber();
  const settled = paid?.paidOn ? { paidDate: paid.paidOn } : {};
  return {
    period: period.number,
    ...(terms.undated ? {} : { from: period.from, date: period.due }),
    principalDue: number(line.principal),
    interestDue: number(line.interest),
    totalDue: number(line.total),
    balance: number(line.balance),
    ...(paid && {
      paid: number(paid.paid),
      paidInAdvance: number(paid.paidInAdvance),
      paidLate: number(paid.paidLate),
      ...settled,
    }),
  };
}

function answerOf(terms: Terms, schedule: Schedule): CaseAnswer {
  const { lines, principal, interest } = schedule;
  return {
    expected: lines.map((line) => rowOf(terms, line)),
    totals: {
      principal: principal.toNumber(),
      interest: interest.toNumber(),
      paid: principal.plus(interest).toNumber(),
      periods: lines.length,
    },
  };
}

function reckonCase(fields: Fields): CaseAnswer {
  const given = needed(fields.values.product ?? null, fields, 'product');
  const product = fieldsOf(given, at(fields, 'product'));
  const terms = readProduct(product);
  const rules = readPaymentRules(product);
  const events = { ...readTransactions(fields), rules, asOf: date(fields, 'asOf') };
  return answerOf(terms, scheduleOf(terms, events));
}

/** Answers one case; what is wrong with it is told in its place. */
export function answerCase(value: unknown): Answered {
  let name: { id?: string } = {};
  try {
    const fields = fieldsOf(value, '');
    const { id } = fields.values;
    if (typeof id === 'string') name = { id };
    return { answer: { ...name, ...reckonCase(fields) }, wellFormed: true };
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    const wellFormed = error.kind === 'unsupported';
    return { answer: { ...name, error: error.message }, wellFormed };
  }
}
