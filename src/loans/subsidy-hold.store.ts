/** What the functions around a subsidy hold load and save. */
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { SubsidyHold } from './subsidy-hold.entity';

/** What brought a hold about. */
export interface HoldCause {
  causeKind: string;
  causeId: string;
}

/** Loads and saves holds within the work in hand. */
export class SubsidyHoldStore {
  constructor(private readonly work: Work) {}

  /** The hold of a cause, or null. */
  of({ causeKind, causeId }: HoldCause): Promise<SubsidyHold | null> {
    return findRow(this.work.tx, SubsidyHold, { causeKind, causeId });
  }

  async add(hold: Omit<SubsidyHold, 'id' | 'heldBy' | 'heldAt' | 'version'>): Promise<SubsidyHold> {
    const row = {
      ...hold,
      ...{ id: this.work.newId(), heldBy: this.work.actor.id, heldAt: this.work.now, version: 1 },
    };
    try {
      await insertRow(this.work.tx, SubsidyHold, row);
    } catch (error) {
      if (!isUniqueViolation(error, 'subsidy_hold')) throw error;
      throw new RunAgain('Another transaction holds the same subsidy', { cause: error });
    }
    return row;
  }

  /** Ends a hold, by whoever acts, today. */
  end(hold: SubsidyHold, to: Pick<SubsidyHold, 'state' | 'lostFromOn'>): Promise<SubsidyHold> {
    const { actor, today, now } = this.work;
    return updateVersioned(this.work.tx, SubsidyHold, hold, {
      ...to,
      ...{ endedBy: actor.id, endedOn: today, endedAt: now },
    });
  }
}
