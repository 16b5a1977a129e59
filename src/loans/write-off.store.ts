/** What the acts around write-offs and refunds load and save. */
import { isUniqueViolation } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { P } from './problems';
import { LoanRefund, LoanWriteOff } from './write-off.entity';

/** Loads and saves proposals and refunds within the work in hand. */
export class WriteOffStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem loans.write-off-absent */
  async get(id: string): Promise<LoanWriteOff> {
    const found = await findRow(this.work.tx, LoanWriteOff, { id });
    if (!found) throw P.writeOffAbsent();
    return found;
  }

  /** The proposal that waits or stands for a loan, or null. */
  standing(loanId: string): Promise<LoanWriteOff | null> {
    return findRow(this.work.tx, LoanWriteOff, { standingLoanId: loanId });
  }

  /** Adds a proposal; its unique key allows one a loan. @throws Problem loans.write-off-waits */
  async add(proposal: LoanWriteOff): Promise<void> {
    try {
      await insertRow(this.work.tx, LoanWriteOff, proposal);
    } catch (error) {
      const key = uniqueName('loan_write_off', ['standing_loan_id']);
      if (isUniqueViolation(error, key)) throw P.writeOffWaits();
      throw error;
    }
  }

  /** Changes a proposal as it was loaded. @throws Problem platform.stale */
  change(
    proposal: LoanWriteOff,
    changes: Partial<Omit<LoanWriteOff, 'version'>>,
  ): Promise<LoanWriteOff> {
    return updateVersioned(this.work.tx, LoanWriteOff, proposal, changes);
  }

  /** Whether anything but a settlement happened to a loan, or was corrected, after this id was made. */
  async changedSince(loanId: string, id: string): Promise<boolean> {
    const found = await this.work.tx.one(
      `SELECT id FROM loan_event WHERE loan_id = :loanId AND kind <> 'settlement' AND origin_id > :id
        UNION ALL
       SELECT id FROM loan_correction WHERE loan_id = :loanId AND id > :id LIMIT 1`,
      { loanId, id },
    );
    return found !== null;
  }

  /** Writes down where returned money went. */
  addRefund(refund: LoanRefund): Promise<void> {
    return insertRow(this.work.tx, LoanRefund, refund);
  }
}
