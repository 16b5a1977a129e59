/** Taking all steps of a loan's life again, with the settlement of every settlement day in its place. */
import { addDays, type BusinessDate, settlementDays } from '../platform/dates';
import { ZERO_FEN } from '../platform/money';
import { compareFacts, type Fact, type Life, type LifeTerms, type Outcome } from './life';
import { step } from './step';

/** A life, and what each event of it did, in order. Settlements that booked nothing are not among them. */
export interface Replayed {
  life: Life;
  outcomes: Outcome[];
}

/** The event of a settlement day; its origin is told by the caller, who knows whether it stands already. */
export function settlementFact(on: BusinessDate, originId = ''): Fact {
  return { kind: 'settlement', on, originId, amountFen: ZERO_FEN };
}

/**
 * Settles every settlement day that is not booked and lies before `before`.
 * @returns outcomes of the settlements that booked something.
 */
export function settleUpTo(life: Life, before: BusinessDate, terms: LifeTerms): Replayed {
  const outcomes: Outcome[] = [];
  let now = life;
  // `bookedUntil` of a period that is settled is the 21st: the 20th before it is not met again.
  for (const on of settlementDays(now.bookedUntil, addDays(before, -1))) {
    const done = step(now, settlementFact(on), terms);
    if (done.outcome.booked.length === 0) continue;
    now = done.life;
    outcomes.push(done.outcome);
  }
  return { life: now, outcomes };
}

/**
 * A life from its beginning through all its events.
 * @param facts without settlements, in any order.
 * @param settledThrough the last day whose settlement is in the books; settlement days up to it are settled.
 * @throws Impossible naming the event that cannot have happened.
 */
export function replay(
  begun: Life,
  facts: readonly Fact[],
  settledThrough: BusinessDate,
  terms: LifeTerms,
): Replayed {
  const outcomes: Outcome[] = [];
  let life = begun;
  const settle = (before: BusinessDate) => {
    const settled = settleUpTo(life, before, terms);
    life = settled.life;
    outcomes.push(...settled.outcomes);
  };
  for (const fact of [...facts].sort(compareFacts)) {
    settle(fact.on);
    const done = step(life, fact, terms);
    life = done.life;
    outcomes.push(done.outcome);
  }
  settle(addDays(settledThrough, 1));
  return { life, outcomes };
}
