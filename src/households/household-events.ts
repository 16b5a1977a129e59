/** What the register tells whoever listens, within the transaction of the act. */
import { defineEvent } from '../platform/events';

/** A household is about to be moved, merged or split. */
export interface HouseholdChanging {
  householdId: string;
  change: 'move' | 'merge' | 'split';
}

/** Emitted before anything is written; a listener that throws a problem stops the act (an open rating, say). */
export const householdChanging = defineEvent<HouseholdChanging>('households.household-changing');

/** A household now stands in another village. */
export interface HouseholdMoved {
  householdId: string;
  /** The village, 12 digits. */
  regionCode: string;
}

/** Emitted when the move is written, for records that are listed by where the household lives. */
export const householdMoved = defineEvent<HouseholdMoved>('households.household-moved');
