/** Claims, their signatures and recoveries, within the work in hand. */
import { isUniqueViolation } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { FundClaim, FundRecovery, FundSignature } from './fund.entity';
import { P } from './problems';

export class ClaimStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem riskfund.claim-absent */
  async get(id: string): Promise<FundClaim> {
    const claim = await findRow(this.work.tx, FundClaim, { id });
    if (!claim) throw P.claimAbsent();
    return claim;
  }

  /** The claim that stands for a loan, or null. */
  standing(loanId: string): Promise<FundClaim | null> {
    return findRow(this.work.tx, FundClaim, { standingLoanId: loanId });
  }

  /** Adds a claim; its unique key allows one standing claim a loan. @throws Problem riskfund.already-claimed */
  async add(claim: FundClaim): Promise<void> {
    try {
      await insertRow(this.work.tx, FundClaim, claim);
    } catch (error) {
      const key = uniqueName('fund_claim', ['standing_loan_id']);
      if (isUniqueViolation(error, key)) throw P.alreadyClaimed();
      throw error;
    }
  }

  /** Changes a claim as it was loaded. @throws Problem platform.stale */
  change(claim: FundClaim, changes: Partial<Omit<FundClaim, 'version'>>): Promise<FundClaim> {
    return updateVersioned(this.work.tx, FundClaim, claim, changes);
  }

  /**
   * Counts one more signature on an open claim; the one that completes it makes it signed. The claim's row is
   * written BEFORE the signatures are read, so signers queue here and the last of them sees all the others:
   * two that sign at the same moment cannot both think that one is still missing.
   * @throws Problem riskfund.not-open
   */
  async countSignature(claim: FundClaim): Promise<FundClaim> {
    // The state is set before the count, because MySQL lets later parts of SET see earlier ones.
    const counted = await this.work.tx.exec(
      `UPDATE fund_claim
          SET state = CASE WHEN signature_count + 1 >= :needed THEN 'signed' ELSE state END,
              signature_count = signature_count + 1, version = version + 1
        WHERE id = :id AND state = 'submitted'`,
      { id: claim.id, needed: claim.seats.length },
    );
    if (counted !== 1) throw P.notOpen();
    return this.get(claim.id);
  }

  addSignature(signature: FundSignature): Promise<void> {
    return insertRow(this.work.tx, FundSignature, signature);
  }

  /** The signatures under a claim. */
  signatures(claimId: string): Promise<FundSignature[]> {
    return listRows(this.work.tx, FundSignature, { claimId });
  }

  /** The recoveries of a claim that stand, in the order in which they were made. */
  recoveries(claimId: string): Promise<FundRecovery[]> {
    return listRows(this.work.tx, FundRecovery, { claimId, voidedOn: null }, { id: 'asc' });
  }

  /** The recovery of a payment, also when it was voided; null when there was none. */
  recoveryOf(repaymentId: string): Promise<FundRecovery | null> {
    return findRow(this.work.tx, FundRecovery, { repaymentId });
  }

  addRecovery(recovery: FundRecovery): Promise<void> {
    return insertRow(this.work.tx, FundRecovery, recovery);
  }

  /** @throws Problem riskfund.recovery-absent */
  async recovery(id: string): Promise<FundRecovery> {
    const recovery = await findRow(this.work.tx, FundRecovery, { id });
    if (!recovery) throw P.recoveryAbsent();
    return recovery;
  }

  /** Changes a recovery as it was loaded. @throws Problem platform.stale */
  changeRecovery(
    recovery: FundRecovery,
    changes: Partial<Omit<FundRecovery, 'version'>>,
  ): Promise<FundRecovery> {
    return updateVersioned(this.work.tx, FundRecovery, recovery, changes);
  }
}
