/** What the acts around a payout load and save. */
import { isUniqueViolation } from '../platform/db/errors';
import { type Fields, findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { Payout } from './payout.entity';
import { P } from './problems';

/** The borrower as the bank pays: name, and the account that the register knows, by its blind index. */
export interface Payee {
  name: string;
  accountIndex: string | null;
}

/** Loads and saves presentations within the work in hand. */
export class PayoutStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem loans.presentation-absent */
  async get(certificateNumber: string): Promise<Payout> {
    const found = await findRow(this.work.tx, Payout, { certificateNumber });
    if (!found) throw P.presentationAbsent();
    return found;
  }

  /** The presentation for an application. @throws Problem loans.not-presented */
  async ofApplication(applicationId: string): Promise<Payout> {
    const found = await findRow(this.work.tx, Payout, { applicationId });
    if (!found) throw P.notPresented();
    return found;
  }

  /** The presentation of a certificate, or null. */
  presented(certificateNumber: string): Promise<Payout | null> {
    return findRow(this.work.tx, Payout, { certificateNumber });
  }

  /** @throws Problem loans.already-presented when a counter was faster. */
  async add(payout: Fields<Payout>): Promise<void> {
    try {
      await insertRow(this.work.tx, Payout, payout);
    } catch (error) {
      if (isUniqueViolation(error, 'payout')) throw P.alreadyPresented();
      throw error;
    }
  }

  /** @throws Problem loans.payout-reference-used; platform.stale */
  async update(payout: Payout, changes: Partial<Omit<Payout, 'version'>>): Promise<Payout> {
    try {
      return await updateVersioned(this.work.tx, Payout, payout, changes);
    } catch (error) {
      if (isUniqueViolation(error, 'payout')) throw P.payoutReferenceUsed();
      throw error;
    }
  }

  /** The borrower; the account in the clear never leaves the register. */
  async payee(memberId: string): Promise<Payee | null> {
    return this.work.tx.one<Payee>(
      `SELECT m.name AS name, m.account_index AS accountIndex
         FROM household_member m WHERE m.id = :memberId`,
      { memberId },
    );
  }

  /** The blind index of an account, as the register makes it. */
  accountIndex(account: string): string {
    return this.work.crypto.index('household_member.account', 'account', account);
  }
}
