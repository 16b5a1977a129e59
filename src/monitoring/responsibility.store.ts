/** What the assignment of responsibility loads and saves. */
import type { LoanFace } from '../loans';
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { LoanResponsibility, LoanResponsibilityShare } from './monitoring.entity';

/** One person's share as it is saved. */
export type Share = Omit<LoanResponsibilityShare, 'responsibilityId'>;

/** Loads and saves assignments within the work in hand. */
export class ResponsibilityStore {
  constructor(private readonly work: Work) {}

  /** The assignment of a loan that holds, or null. */
  open(loanId: string): Promise<LoanResponsibility | null> {
    return findRow(this.work.tx, LoanResponsibility, { openKey: loanId });
  }

  /** The shares of an assignment, by person. */
  shares(responsibilityId: string): Promise<LoanResponsibilityShare[]> {
    return listRows(this.work.tx, LoanResponsibilityShare, { responsibilityId });
  }

  /** Ends the assignment that holds, today. */
  end(assignment: LoanResponsibility): Promise<LoanResponsibility> {
    const changes = { untilOn: this.work.today, openKey: null };
    return updateVersioned(this.work.tx, LoanResponsibility, assignment, changes);
  }

  /** Adds an assignment that holds from today on. */
  async add(loan: LoanFace, shares: readonly Share[]): Promise<LoanResponsibility> {
    const { actor, today, now, tx } = this.work;
    const row: LoanResponsibility = {
      ...{ id: this.work.newId(), loanId: loan.id, regionCode: loan.regionCode },
      ...{ bankId: loan.bankId, fromOn: today, untilOn: null, openKey: loan.id },
      ...{ assignedBy: actor.id, assignedAt: now, version: 1 },
    };
    try {
      await insertRow(tx, LoanResponsibility, row);
    } catch (error) {
      if (!isUniqueViolation(error, 'loan_responsibility')) throw error;
      throw new RunAgain('Another transaction assigned the same loan', { cause: error });
    }
    await insertRows(
      tx,
      LoanResponsibilityShare,
      shares.map((share) => ({ ...share, responsibilityId: row.id })),
    );
    return row;
  }
}
