/** What the acts around checks of use load and save. */
import type { RunningLoan } from '../loans';
import type { BusinessDate } from '../platform/dates';
import { isUniqueViolation } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import {
  countRows,
  findRow,
  insertIfAbsent,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import type { Work } from '../platform/work';
import { UseCheck, UseCheckPhoto, UseCheckPlan } from './monitoring.entity';
import { P } from './problems';

/** What is set when a plan is made or comes due anew. */
export type DueDay = Pick<UseCheckPlan, 'dueOn' | 'policyRowId'>;

/** Loads and saves plans, checks and photos within the work in hand. */
export class UseCheckStore {
  constructor(private readonly work: Work) {}

  /** The plan of a loan, for an act that will write it; null when there is none. Two checks of one loan queue here. */
  async planOf(loanId: string): Promise<UseCheckPlan | null> {
    const { tx } = this.work;
    await tx.one(
      `SELECT loan_id FROM use_check_plan WHERE loan_id = :loanId ${tx.dialect.forUpdate()}`,
      { loanId },
    );
    return findRow(tx, UseCheckPlan, { loanId });
  }

  /** Makes the plan of a loan, once. */
  async addPlan(loan: RunningLoan, due: DueDay): Promise<void> {
    await insertIfAbsent(this.work.tx, UseCheckPlan, newPlan(loan, due), ['loanId']);
  }

  /** Makes the plans of loans that have none. */
  addPlans(plans: readonly { loan: RunningLoan; due: DueDay }[]): Promise<void> {
    const rows = plans.map(({ loan, due }) => newPlan(loan, due));
    return insertRows(this.work.tx, UseCheckPlan, rows);
  }

  updatePlan(
    plan: UseCheckPlan,
    changes: Partial<Pick<UseCheckPlan, 'lastVisitOn' | 'dueOn' | 'policyRowId' | 'state'>>,
  ): Promise<UseCheckPlan> {
    return updateVersioned(this.work.tx, UseCheckPlan, plan, changes);
  }

  /** Loan and state of every plan whose loan lies after `after` and, where given, not after `to`. */
  plansBetween(
    after: string | null,
    to: string | null,
  ): Promise<Pick<UseCheckPlan, 'loanId' | 'state'>[]> {
    return this.work.tx.rows(
      `SELECT loan_id AS loanId, state AS state FROM use_check_plan
        WHERE loan_id > :after AND (:last IS NULL OR loan_id <= :last) ORDER BY loan_id`,
      { after: after ?? '', last: to },
    );
  }

  /** Sets the state of these loans' plans; how many there were. */
  setStates(loanIds: readonly string[], state: UseCheckPlan['state']): Promise<number> {
    return this.work.tx.exec(
      `UPDATE use_check_plan SET state = :state, version = version + 1
        WHERE loan_id IN (:loanIds)`,
      { state, loanIds },
    );
  }

  /** @throws Problem monitoring.check-absent */
  async check(id: string): Promise<UseCheck> {
    const found = await findRow(this.work.tx, UseCheck, { id });
    if (!found) throw P.checkAbsent();
    return found;
  }

  /** Adds a check and its photos. @throws Problem monitoring.already-recorded, photo-used */
  async addCheck(
    check: UseCheck,
    photos: readonly Pick<UseCheckPhoto, 'photoId' | 'digest'>[],
  ): Promise<void> {
    const { tx } = this.work;
    try {
      await insertRow(tx, UseCheck, check);
      await insertRows(
        tx,
        UseCheckPhoto,
        photos.map((photo, at) => ({ ...photo, checkId: check.id, no: at + 1 })),
      );
    } catch (error) {
      const key = uniqueName('use_check', ['loan_id', 'visited_at', 'recorded_by']);
      if (isUniqueViolation(error, key)) throw P.alreadyRecorded();
      if (isUniqueViolation(error, uniqueName('use_check_photo', ['photo_id']))) {
        throw P.photoUsed();
      }
      throw error;
    }
  }

  /** The photo of a check, or null. */
  photo(checkId: string, photoId: string): Promise<UseCheckPhoto | null> {
    return findRow(this.work.tx, UseCheckPhoto, { checkId, photoId });
  }

  /** Whether a check has the photo already. */
  async isUsed(photoId: string): Promise<boolean> {
    return (await countRows(this.work.tx, UseCheckPhoto, { photoId })) > 0;
  }

  /** Those of the pictures that some check has already shown. */
  async shownBefore(digests: readonly string[]): Promise<Set<string>> {
    if (digests.length === 0) return new Set();
    const rows = await listRows(this.work.tx, UseCheckPhoto, { digest: digests });
    return new Set(rows.map(({ digest }) => digest));
  }

  /** Whether somebody recorded a check that belongs to a flag. */
  async checkedUnder(flagId: string, recordedBy: string): Promise<boolean> {
    return (await countRows(this.work.tx, UseCheck, { flagId, recordedBy })) > 0;
  }
}

function newPlan(loan: RunningLoan, due: DueDay): UseCheckPlan {
  const { id: loanId, householdId, regionCode, bankId, disbursedOn } = loan;
  const lastVisitOn: BusinessDate | null = null;
  return {
    ...{ loanId, householdId, regionCode, bankId, disbursedOn, lastVisitOn },
    ...due,
    state: 'open',
    version: 1,
  };
}
