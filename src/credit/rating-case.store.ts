/** What the acts of credit load and save of a rating's file. */
import type { HouseholdFace } from '../households';
import { check } from '../platform/check';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, insertRows, updateVersioned } from '../platform/db/store';
import { PlatformProblem } from '../platform/problems';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { AppraisalSheetRow, RatingCase, RatingCaseItem } from './rating-case.entity';

/** A new file of a household: the same row, whether it is opened by hand or by a round. */
export function newCase(
  work: Work,
  household: Pick<HouseholdFace, 'id' | 'code' | 'headName' | 'regionCode'>,
  scorecardRowId: string,
  roundId: string | null = null,
): RatingCase {
  return {
    id: work.newId(),
    householdId: household.id,
    householdCode: household.code,
    headName: household.headName,
    regionCode: household.regionCode,
    roundId,
    scorecardRowId,
    state: 'collecting',
    openedOn: work.today,
    openedBy: work.actor.id,
    openedByName: work.actor.name,
    closedOn: null,
    closedReason: null,
    openKey: household.id,
    version: 1,
  };
}

/** An entry as an officer gives it. */
export type NewEntry = Pick<RatingCaseItem, 'item' | 'level' | 'quantity' | 'valueFen' | 'note'>;

/** Loads and saves files within the work in hand. */
export class CaseStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.case-absent */
  async get(id: string): Promise<RatingCase> {
    const found = await findRow(this.work.tx, RatingCase, { id });
    if (!found) throw CreditProblem.caseAbsent();
    return found;
  }

  /** The open file of a household, or null. */
  openOf(householdId: string): Promise<RatingCase | null> {
    return findRow(this.work.tx, RatingCase, { openKey: householdId });
  }

  /** Opens files. @throws Problem credit.rating-open when a household has one, opened meanwhile perhaps. */
  async open(cases: readonly RatingCase[]): Promise<void> {
    try {
      await insertRows(this.work.tx, RatingCase, cases);
    } catch (error) {
      if (isUniqueViolation(error, 'rating_case')) throw CreditProblem.ratingOpen();
      throw error;
    }
  }

  /** Changes a file that is still as it was loaded. @throws Problem platform.stale */
  change(row: RatingCase, changes: Partial<Omit<RatingCase, 'version'>>): Promise<RatingCase> {
    return updateVersioned(this.work.tx, RatingCase, row, changes);
  }

  /** Adds entries and writes the file. @throws Problem platform.stale */
  async addEntries(row: RatingCase, entries: readonly NewEntry[]): Promise<RatingCase> {
    const { tx, actor, today, now } = this.work;
    const written = await this.change(row, {});
    const last = await tx.one<{ seq: number | null }>(
      'SELECT MAX(seq) AS seq FROM rating_case_item WHERE case_id = :caseId',
      { caseId: row.id },
    );
    const rows = entries.map((entry, place) => ({
      ...entry,
      caseId: row.id,
      seq: (last?.seq ?? 0) + place + 1,
      givenBy: actor.id,
      givenByName: actor.name,
      givenOn: today,
      givenAt: now,
    }));
    await insertRows(tx, RatingCaseItem, rows);
    return written;
  }

  /**
   * Adds a sheet and writes the file. Appraisers do not see each other's sheets, so none of them is made to load
   * the file again because another was faster.
   * @throws Problem credit.not-collecting, credit.sheet-twice when the appraiser has one
   */
  async addSheet(sheet: AppraisalSheetRow): Promise<void> {
    const { tx } = this.work;
    const written = await tx.exec(
      `UPDATE rating_case SET version = version + 1
        WHERE id = :caseId AND state = 'collecting'`,
      { caseId: sheet.caseId },
    );
    if (written !== 1) throw CreditProblem.notCollecting();
    try {
      await insertRow(tx, AppraisalSheetRow, sheet);
    } catch (error) {
      if (isUniqueViolation(error, 'appraisal_sheet')) throw CreditProblem.sheetTwice();
      throw error;
    }
  }

  /**
   * Takes collected files for computing: they are written first, so that nothing can be added to them any more.
   * @throws Problem platform.stale when one is not collecting any more
   */
  async take(cases: readonly RatingCase[]): Promise<void> {
    const changed = await this.work.tx.exec(
      `UPDATE rating_case SET state = 'computed', version = version + 1
        WHERE id IN (:ids) AND state = 'collecting'`,
      { ids: cases.map((row) => row.id) },
    );
    if (changed !== cases.length) throw PlatformProblem.stale();
  }

  /** Gives back files that were taken and could not be computed. */
  async giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const changed = await this.work.tx.exec(
      `UPDATE rating_case SET state = 'collecting', version = version + 1
        WHERE id IN (:ids) AND state = 'computed'`,
      { ids: [...ids] },
    );
    check(changed === ids.length, 'A file that was taken for computing is not there any more');
  }

  /** Whether somebody opened this file, entered an item or a sheet of it. */
  async touchedBy(caseId: string, personId: string): Promise<boolean> {
    const found = await this.work.tx.one<{ n: number }>(
      `SELECT (SELECT COUNT(*) FROM rating_case WHERE id = :caseId AND opened_by = :personId)
            + (SELECT COUNT(*) FROM rating_case_item WHERE case_id = :caseId AND given_by = :personId)
            + (SELECT COUNT(*) FROM appraisal_sheet WHERE case_id = :caseId AND entered_by = :personId)
           AS n`,
      { caseId, personId },
    );
    return (found?.n ?? 0) > 0;
  }
}
