/** What the acts around flags load and save. */
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { MonitoringFlag, type UseCheck } from './monitoring.entity';
import { P } from './problems';
import type { FlagKind, FlagState } from './use-check';

/** Loads and saves flags within the work in hand. */
export class FlagStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem monitoring.flag-absent */
  async get(id: string): Promise<MonitoringFlag> {
    const found = await findRow(this.work.tx, MonitoringFlag, { id });
    if (!found) throw P.flagAbsent();
    return found;
  }

  /** The flag of a loan that is open or confirmed, or null. */
  standing(loanId: string): Promise<MonitoringFlag | null> {
    return findRow(this.work.tx, MonitoringFlag, { standingKey: loanId });
  }

  /** The flags of a household that wait for a decision. */
  openOf(householdId: string): Promise<MonitoringFlag[]> {
    return listRows(this.work.tx, MonitoringFlag, { householdId, state: 'open' });
  }

  /** Raises a flag by a check that has been added. */
  async raise(id: string, kind: FlagKind, check: UseCheck): Promise<MonitoringFlag> {
    const { loanId, householdId, regionCode, bankId } = check;
    const { actor, today, now, tx } = this.work;
    const flag: MonitoringFlag = {
      ...{ id, kind, loanId, householdId, regionCode, bankId, checkId: check.id },
      ...{ raisedBy: actor.id, raisedOn: today, raisedAt: now },
      ...{ state: 'open', standingKey: loanId, version: 1 },
      ...{ decidedBy: null, decidedOn: null, decidedAt: null, reason: null },
    };
    try {
      await insertRow(tx, MonitoringFlag, flag);
    } catch (error) {
      if (!isUniqueViolation(error, 'monitoring_flag')) throw error;
      throw new RunAgain('Another transaction raised a flag on the same loan', { cause: error });
    }
    return flag;
  }

  /** Decides a flag, by whoever acts, today. */
  decide(
    flag: MonitoringFlag,
    { state, reason }: { state: Exclude<FlagState, 'open'>; reason: string },
  ): Promise<MonitoringFlag> {
    const { actor, today, now, tx } = this.work;
    return updateVersioned(tx, MonitoringFlag, flag, {
      ...{ state, reason, standingKey: state === 'dismissed' ? null : flag.standingKey },
      ...{ decidedBy: actor.id, decidedOn: today, decidedAt: now },
    });
  }
}
