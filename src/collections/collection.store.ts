/** What the acts of collection save: evidence, added and never changed. */
import type { LoanFace } from '../loans';
import { isUniqueViolation } from '../platform/db/errors';
import { insertIfAbsent, insertRow } from '../platform/db/store';
import type { Work } from '../platform/work';
import { Demand, OverdueReport, Reminder, Visit } from './collection.entity';
import { P } from './problems';

type OfLoan =
  | 'id'
  | 'loanId'
  | 'householdId'
  | 'regionCode'
  | 'bankId'
  | 'recordedBy'
  | 'recordedAt';

/** Saves records of collection within the work in hand. */
export class CollectionStore {
  constructor(private readonly work: Work) {}

  /** Adds a reminder once for its loan, step and day; null when it is there already. */
  async addReminder(loan: LoanFace, reminder: Omit<Reminder, OfLoan>): Promise<Reminder | null> {
    const row = { ...this.ofLoan(loan), ...reminder };
    const key = ['loanId', 'stepCode', 'sentOn'] as const;
    return (await insertIfAbsent(this.work.tx, Reminder, row, key)) ? row : null;
  }

  async addVisit(loan: LoanFace, visit: Omit<Visit, OfLoan>): Promise<Visit> {
    const row = { ...this.ofLoan(loan), ...visit };
    await insertRow(this.work.tx, Visit, row);
    return row;
  }

  /** @throws Problem collections.already-recorded when the step was recorded for that day. */
  async addDemand(loan: LoanFace, demand: Omit<Demand, OfLoan>): Promise<Demand> {
    const row = { ...this.ofLoan(loan), ...demand };
    try {
      await insertRow(this.work.tx, Demand, row);
    } catch (error) {
      if (isUniqueViolation(error, 'demand')) throw P.alreadyRecorded();
      throw error;
    }
    return row;
  }

  /** Adds the figures of a township and bank once for the night; false when they are there already. */
  addReport(row: Omit<OverdueReport, 'madeAt'>): Promise<boolean> {
    const made = { ...row, madeAt: this.work.now };
    const key = ['businessDate', 'townshipCode', 'bankId'] as const;
    return insertIfAbsent(this.work.tx, OverdueReport, made, key);
  }

  private ofLoan(loan: LoanFace): Pick<Reminder, OfLoan> {
    return {
      id: this.work.newId(),
      loanId: loan.id,
      householdId: loan.householdId,
      regionCode: loan.regionCode,
      bankId: loan.bankId,
      recordedBy: this.work.actor.id,
      recordedAt: this.work.now,
    };
  }
}
