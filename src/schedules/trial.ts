/** The trial of a schedule at the counter: what a borrower would pay, and what flat interest would cost instead. */
import { addMonths, type BusinessDate } from '../platform/dates';
import { type Fen, subFen, yuan } from '../platform/money';
import { type Ppm, percent } from '../platform/rate';
import { type Amount, amount, fenOf } from './exact';
import { addUnits, MOST_PERIODS } from './periods';
import { readProduct } from './read-product';
import { type Schedule, scheduleOf } from './schedule';
import { malformed, type ScheduleError } from './schedule-error';
import type { Method, Terms, Unit } from './terms';

/** What is asked for. */
export interface TrialInput {
  /** In fen. */
  principal: Fen;
  /** Annual contract rate in ppm. */
  rate: Ppm;
  startDate: BusinessDate;
  /** Term in months; the maturity is that many months after the start. */
  months: number;
  method: Method;
  every: number;
  unit: Unit;
  dayCount: string;
  rounding: 'HALF_UP' | 'HALF_EVEN';
  graceOnPrincipal: number;
  graceOnInterest: number;
  /** Level instalments are whole multiples of this many yuan. */
  multiplesOf?: number;
  firstDueDate?: BusinessDate;
  /** For fixedInstallment, in fen. */
  installment?: Fen;
  /** For custom: amounts of principal in yuan, with commas. */
  plan?: string;
}

/** One line in yuan text. */
export interface TrialRow {
  period: number;
  from: string;
  date: string;
  principal: string;
  interest: string;
  total: string;
  balance: string;
}

/** The answer of the trial, in yuan text. */
export interface TrialAnswer {
  maturesOn: string;
  rows: TrialRow[];
  totals: { principal: string; interest: string; total: string };
  /** The same loan with interest on the whole principal to the end, and how much dearer that is. */
  flat: { interest: string; dearerBy: string };
}

/** Names of the product's fields as the trial calls them. */
const NAMES: Readonly<Record<string, string>> = {
  nInstallments: 'months',
  maturityDate: 'months',
  repayEvery: 'every',
  amortization: 'method',
  graceOnInterestPayment: 'graceOnInterest',
  installmentMultiplesOf: 'multiplesOf',
  principalAmounts: 'plan',
  principalShares: 'plan',
  annualRate: 'rate',
};

/** The field of the trial that an error of the product speaks of. */
export function trialField({ field }: ScheduleError): string {
  const name = field.replace(/^product\.?/, '').replace(/\[\d+\]$/, '');
  return NAMES[name] ?? (name || 'startDate');
}

/** Instalments until the maturity is reached; the last is a broken one when it is reached early. */
function countUntil(maturity: BusinessDate, input: TrialInput): number {
  const { startDate, firstDueDate, unit, every } = input;
  const anchor = firstDueDate ?? startDate;
  let count = firstDueDate ? 1 : 0;
  for (let step = 0; addUnits(anchor, unit, every * step) < maturity; step += 1) {
    count = step + (firstDueDate ? 2 : 1);
    if (count > MOST_PERIODS) throw malformed('months', '期数过多', 'too many instalments');
  }
  return count;
}

function termsOf(input: TrialInput, maturity: BusinessDate): Terms {
  const product = {
    principal: yuan(input.principal),
    annualRate: percent(input.rate),
    nInstallments: countUntil(maturity, input),
    repayEvery: input.every,
    unit: input.unit,
    amortization: input.method,
    dayCount: input.dayCount,
    rounding: input.rounding,
    installmentMultiplesOf: input.multiplesOf,
    startDate: input.startDate,
    firstDueDate: input.firstDueDate,
    maturityDate: maturity,
    graceOnPrincipal: input.graceOnPrincipal,
    graceOnInterestPayment: input.graceOnInterest,
    installment: input.installment === undefined ? null : yuan(input.installment),
    principalAmounts: input.plan?.split(','),
  };
  return readProduct({ path: 'product', values: product });
}

function flatInterestOf(terms: Terms): Amount {
  const method = terms.method === 'fixedInstallment' ? 'equalInstallments' : terms.method;
  return scheduleOf({ ...terms, method, flat: true, multiple: null }).interest;
}

const shown = (value: Amount): string => yuan(fenOf(value));

function answerOf(terms: Terms, { lines, principal, interest }: Schedule): TrialAnswer {
  const flat = flatInterestOf(terms);
  return {
    maturesOn: lines.at(-1)!.period.due,
    rows: lines.map((line) => ({
      period: line.period.number,
      from: line.period.from,
      date: line.period.due,
      principal: shown(line.principal),
      interest: shown(line.interest),
      total: shown(line.total),
      balance: shown(line.balance),
    })),
    totals: {
      principal: shown(principal),
      interest: shown(interest),
      total: shown(principal.plus(interest)),
    },
    flat: { interest: shown(flat), dearerBy: yuan(subFen(fenOf(flat), fenOf(interest))) },
  };
}

/** Reckons a trial. @throws ScheduleError */
export function trialOf(input: TrialInput): TrialAnswer {
  const last = amount(input.startDate.slice(0, 4)).plus(Math.ceil(input.months / 12) + 1);
  if (last.gt(2199)) throw malformed('months', '日期超出 2199 年', 'dates run beyond 2199');
  const terms = termsOf(input, addMonths(input.startDate, input.months));
  return answerOf(terms, scheduleOf(terms));
}
