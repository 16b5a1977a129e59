/**
 * The long task of a merger of villages: the households of the old village go to the new one, a hundred in a step,
 * each as an officer's move would take it. A household that must not be moved now (an open rating, a later place)
 * stays, is counted as failed and is named in the note; a second merger takes it along.
 */
import { findRow } from '../platform/db/store';
import { defineTask } from '../platform/jobs/task';
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import { EditStore } from './edits.store';
import { type Household, VillageMerger } from './household.entity';
import { householdChanging } from './household-events';
import { codesIn } from './households.queries';
import { HouseholdStore } from './households.store';
import { move } from './move';
import { placesOf } from './periods.store';
import { HouseholdProblem } from './problems';

/** Households in one transaction. */
const STEP = 100;
/** Codes of households that the note names. */
const NAMED = 10;

export const remapTask = defineTask({
  name: 'households.remap-village',
  title: '村撤并转户',
  run: async (job) => {
    const { id } = job.task.subject;
    const merger = await findRow(job.platform.db.reader(), VillageMerger, { id });
    if (!merger) throw HouseholdProblem.placeUnchanged();
    for (let more = true; more; ) {
      more =
        (await job.step((work) => step(work, merger, job.task.checkpoint, job.task.id))) === true;
    }
    const stayed = await codesIn(job.platform.db.reader(), merger.fromCode);
    if (stayed.length === 0) return null;
    const codes = stayed.slice(0, NAMED);
    return `${stayed.length} 户未能转入新村：${codes.join('、')}${stayed.length > NAMED ? ' 等' : ''}`;
  },
});

/** Moves the next households; true while there may be more. */
async function step(work: Work, merger: VillageMerger, after: string | null, taskId: string) {
  const households = await new HouseholdStore(work).inVillage(merger.fromCode, after ?? '', STEP);
  const edits = new EditStore(work, 'households.remap-village', taskId);
  let done = 0;
  for (const household of households) {
    if (!(await mayMove(work, household, merger))) continue;
    const { toCode: regionCode, fromOn, source } = merger;
    const to = { regionCode, cause: 'MERGER', fromOn, source } as const;
    await move(work, household, household.version, to, edits);
    done += 1;
  }
  const checkpoint = households.at(-1)?.id ?? after;
  return { checkpoint, done, failed: households.length - done, value: households.length === STEP };
}

/** Asked before anything of the household is written, so that the others of the step may go. */
async function mayMove(work: Work, household: Household, { fromOn }: VillageMerger) {
  const place = await placesOf(work).open(household.id);
  if (place && place.fromOn >= fromOn) return false;
  try {
    await work.emit(householdChanging, { householdId: household.id, change: 'move' });
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
