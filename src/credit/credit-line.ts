/**
 * The credit line (授信额度) and how it changes, pure: which change is possible from which state, from which day
 * it holds, and how much of a line is left. A change looks forward: it never touches a day before the period it
 * follows, and nothing here knows loans. A signed contract is never touched: used may exceed the total, then
 * nothing is available.
 */
import { addDays, type BusinessDate, maxDate } from '../platform/dates';
import type { Fen } from '../platform/money';
import type { CreditLinePeriod, LineCause, LineState } from './credit-line.entity';

export const LINE_STATE_NAMES: Readonly<Record<LineState, string>> = {
  'in-force': '有效',
  frozen: '冻结',
  cancelled: '已取消',
  expired: '已到期',
};

export const LINE_CAUSE_NAMES: Readonly<Record<LineCause, string>> = {
  GRANT: '评级授信',
  RAISE: '增信',
  LOWER: '调减',
  FREEZE: '冻结',
  UNFREEZE: '解冻',
  CANCEL: '取消',
  EXPIRE: '到期',
  REVIEW: '年审',
};

/** From which states each change starts. A grant starts from any, also from no line at all. */
const FROM: Readonly<Record<Exclude<LineCause, 'GRANT'>, readonly LineState[]>> = {
  RAISE: ['in-force'],
  LOWER: ['in-force', 'frozen'],
  FREEZE: ['in-force'],
  UNFREEZE: ['frozen'],
  CANCEL: ['in-force', 'frozen'],
  EXPIRE: ['in-force', 'frozen'],
  REVIEW: ['in-force', 'frozen'],
};

/** Whether a line that stands so can be changed so. */
export function mayChange(state: LineState, cause: Exclude<LineCause, 'GRANT'>): boolean {
  return FROM[cause].includes(state);
}

/** The state after a change. A grant to a frozen line leaves it frozen: lifting a freeze is its own decision. */
export function stateAfter(before: LineState | null, cause: LineCause): LineState {
  switch (cause) {
    case 'FREEZE':
      return 'frozen';
    case 'CANCEL':
      return 'cancelled';
    case 'EXPIRE':
      return 'expired';
    case 'UNFREEZE':
      return 'in-force';
    default:
      return before === 'frozen' ? 'frozen' : 'in-force';
  }
}

/** The state on a day, by the period of that day: past its last day a line has run out, whether noted or not. */
export function stateOn(
  period: Pick<CreditLinePeriod, 'state' | 'validUntil'>,
  date: BusinessDate,
): LineState {
  const lapsed = period.validUntil < date && period.state !== 'cancelled';
  return lapsed ? 'expired' : period.state;
}

/** The first day of a new period: the wanted one, but never before the period it follows began. */
export function startOf(
  wanted: BusinessDate,
  former: Pick<CreditLinePeriod, 'fromOn'> | null,
): BusinessDate {
  return former ? maxDate(wanted, former.fromOn) : wanted;
}

/** The day from which what the night of a date finds out holds: a day that is over keeps its line. */
export function nightlyStart(date: BusinessDate): BusinessDate {
  return addDays(date, 1);
}

/** What can still be lent: total less used while in force, never below 0. */
export function availableOf(state: LineState, totalFen: Fen, usedFen: Fen): Fen {
  if (state !== 'in-force' || usedFen >= totalFen) return 0 as Fen;
  return (totalFen - usedFen) as Fen;
}
