/**
 * What a change of the register means here. A household whose rating is under way is not moved, merged or split in
 * silence: the register tells before it writes, and credit refuses. A line goes with its household; ratings keep the
 * place where they were made. `src/app.ts` registers the listeners.
 */
import type { HouseholdMoved } from '../households';
import type { Work } from '../platform/work';
import { LineStore } from './credit-line.store';
import { CreditProblem } from './problems';
import { CaseStore } from './rating-case.store';
import { RatingStore } from './ratings.store';

/** @throws Problem credit.move-while-open when the household has an open file or a proposed rating */
export async function onHouseholdChanging(
  work: Work,
  { householdId }: { householdId: string },
): Promise<void> {
  const open =
    (await new CaseStore(work).openOf(householdId)) ??
    (await new RatingStore(work).openOf(householdId));
  if (open) throw CreditProblem.moveWhileOpen();
}

/** The line is listed where the household lives now. */
export async function onHouseholdMoved(
  work: Work,
  { householdId, regionCode }: HouseholdMoved,
): Promise<void> {
  await new LineStore(work).moveTo(householdId, regionCode);
}
