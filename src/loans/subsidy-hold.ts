/**
 * Holding back the interest subsidy of a loan: a module above the loan book that found something out tells from which
 * day on the county is not to pay, and later how it was decided. A hold touches neither the loan nor its interest: it
 * is read when the claims of a quarter are computed (policy facts §4.3: nothing for money that was lent on or used for
 * something else). Called within the acts of other modules, in their transaction.
 */
import { check } from '../platform/check';
import { type BusinessDate, maxDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { loanFor } from './loan-faces.queries';
import type { SubsidyHold } from './subsidy-hold.entity';
import { type HoldCause, SubsidyHoldStore } from './subsidy-hold.store';

/**
 * Holds the subsidy of a loan from a day on, once for its cause; a repeat finds it standing and changes nothing.
 * @throws Problem loans.absent; CheckFailed when the cause stands with another loan.
 */
export async function holdSubsidy(
  work: Work,
  hold: HoldCause & { loanId: string; from: BusinessDate },
): Promise<SubsidyHold> {
  const store = new SubsidyHoldStore(work);
  const loan = await loanFor(work.tx, hold.loanId);
  const standing = await store.of(hold);
  if (standing) {
    check(standing.loanId === loan.id, 'A cause holds the subsidy of one loan.');
    return standing;
  }
  const { causeKind, causeId } = hold;
  return store.add({
    ...{ loanId: loan.id, regionCode: loan.regionCode, bankId: loan.bankId },
    ...{ fromOn: hold.from, causeKind, causeId, state: 'held', lostFromOn: null },
    ...{ endedBy: null, endedOn: null, endedAt: null },
  });
}

/**
 * Releases a hold: every day of it may be paid again. By another person than the one who held.
 * @throws CheckFailed when nothing is held for this cause.
 */
export async function releaseSubsidy(work: Work, cause: HoldCause): Promise<SubsidyHold> {
  const store = new SubsidyHoldStore(work);
  return store.end(held(await store.of(cause)), { state: 'released', lostFromOn: null });
}

/**
 * Makes a hold final: from `from` on the subsidy is lost; days before it may be paid again. A day before the hold
 * began counts as its first day. By another person than the one who held.
 * @throws CheckFailed when nothing is held for this cause.
 */
export async function loseSubsidy(
  work: Work,
  { from, ...cause }: HoldCause & { from: BusinessDate },
): Promise<SubsidyHold> {
  const store = new SubsidyHoldStore(work);
  const hold = held(await store.of(cause));
  return store.end(hold, { state: 'lost', lostFromOn: maxDate(hold.fromOn, from) });
}

function held(hold: SubsidyHold | null): SubsidyHold {
  check(hold?.state === 'held', 'Only a subsidy that is held is released or lost.');
  return hold;
}
