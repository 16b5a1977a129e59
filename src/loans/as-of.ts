/** A loan's life as it stood at the end of a day, by taking its steps again up to that day. */
import { addDays, type BusinessDate } from '../platform/dates';
import { factsOf, lifeTerms } from './history';
import type { InterestPart } from './interest';
import type { Life } from './life';
import type { LoanEvent } from './loan.entity';
import type { PaidOutLoan } from './loan-state';
import type { PayingEvent } from './own-due.queries';
import { replay } from './replay';

/** A life on a day, with what of its interest was booked and paid until then. */
export interface LifeThen {
  life: Life;
  parts: InterestPart[];
  events: PayingEvent[];
}

/**
 * The life of a loan at the end of a day since its disbursal. A settlement day itself is settled when its night has
 * booked it, every one before the day in any case.
 * @param events all events of the loan that stand.
 */
export function lifeAsOf(
  loan: PaidOutLoan,
  events: readonly LoanEvent[],
  date: BusinessDate,
): LifeThen {
  const [begun, facts] = factsOf(loan, events);
  const through = loan.bookedUntil > date ? date : addDays(date, -1);
  const past = facts.filter(({ on }) => on <= date);
  const { life, outcomes } = replay(begun, past, through, lifeTerms(loan));
  return {
    life,
    parts: outcomes.flatMap(({ booked }) => booked),
    events: outcomes.map(({ fact, interestFen }) => ({
      ...{ kind: fact.kind, on: fact.on, amountFen: fact.amountFen, interestFen },
      detail: fact.detail ?? null,
    })),
  };
}
