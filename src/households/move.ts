/** The move of one household to another village, by an officer or with its whole village. */
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import type { EditStore } from './edits.store';
import type { Household } from './household.entity';
import { householdMoved } from './household-events';
import { PLACE_CAUSE_NAMES, type PlaceCause } from './household-kind';
import { HouseholdStore } from './households.store';
import { placesOf } from './periods.store';

/** Where to, from which day on, why and by which document. */
export interface Move {
  regionCode: string;
  cause: PlaceCause;
  fromOn: BusinessDate;
  source: string;
}

/**
 * Moves a household whose version was seen. The caller has emitted `householdChanging`.
 * @returns the version that stands now
 * @throws Problem platform.stale, households.period-overlap, households.day-in-future
 */
export async function move(
  work: Work,
  household: Household,
  seenVersion: number,
  to: Move,
  edits: EditStore,
): Promise<number> {
  const { id: householdId, regionCode: from } = household;
  const { regionCode, cause, fromOn, source } = to;
  const store = new HouseholdStore(work);
  const { version } = await store.touchSeen(household, seenVersion, { regionCode });
  const places = placesOf(work);
  await places.follow(await places.open(householdId), {
    ...{ householdId, regionCode, cause, fromOn, source },
  });
  await edits.add({
    ...{ householdId, regionCode: from, fields: ['regionCode'] },
    detail: `${from} → ${regionCode} ${PLACE_CAUSE_NAMES[cause]}`,
  });
  work.record({
    subject: { kind: 'household', id: householdId },
    before: { regionCode: from },
    after: { regionCode, cause, fromOn, source },
  });
  await work.emit(householdMoved, { householdId, regionCode });
  return version;
}
