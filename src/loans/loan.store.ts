/**
 * What the acts of the loan book load and save. A loan changes only under the version that was read, so that nothing
 * that happened is lost and every rule over the loan has a written owner row.
 */
import { check } from '../platform/check';
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { INTEREST_KINDS } from './interest';
import { Loan, LoanCorrection, LoanEvent, LoanInterest } from './loan.entity';
import { isPaidOut, type LoanChanges, type PaidOutLoan } from './loan-state';
import { P } from './problems';

/** Keys and ids in one condition. */
const AT_ONCE = 500;

/** Loads and saves loans, their events and their interest within the work in hand. */
export class LoanStore {
  constructor(private readonly work: Work) {}

  /**
   * The loan, for an act that will write it. Two acts on one loan queue here instead of both working for
   * nothing; what guards it is the version under which `update` writes.
   * @throws Problem loans.absent
   */
  async get(id: string): Promise<Loan> {
    const { tx } = this.work;
    await tx.one(`SELECT id FROM loan WHERE id = :id ${tx.dialect.forUpdate()}`, { id });
    const loan = await findRow(tx, Loan, { id });
    if (!loan) throw P.absent();
    return loan;
  }

  /** The loan, which must be paid out and owe something. @throws Problem loans.absent, loans.not-running */
  async running(id: string): Promise<PaidOutLoan> {
    const loan = await this.get(id);
    if (loan.state !== 'running' || !isPaidOut(loan)) throw P.notRunning();
    return loan;
  }

  /** The loan of the household that is not settled, or null. */
  runningOf(householdId: string): Promise<Loan | null> {
    return findRow(this.work.tx, Loan, { runningKey: householdId });
  }

  /** The loan of an application, or null. */
  ofApplication(applicationId: string): Promise<Loan | null> {
    return findRow(this.work.tx, Loan, { applicationId });
  }

  /** Inserts a signed contract. @throws Problem loans.number-used, loans.already-signed, loans.running-loan */
  async add(loan: Omit<Loan, 'version'>): Promise<Loan> {
    try {
      await insertRow(this.work.tx, Loan, { ...loan, version: 1 });
    } catch (error) {
      const taken = (...columns: string[]) => isUniqueViolation(error, uniqueName('loan', columns));
      if (taken('bank_id', 'number')) throw P.numberUsed({ detail: `合同号 ${loan.number}` });
      if (taken('application_id')) throw P.alreadySigned();
      if (taken('running_key')) throw P.runningLoan();
      throw error;
    }
    return this.get(loan.id);
  }

  /**
   * Changes a loan to this under the version that was read; returns it as it is then.
   * @throws Problem platform.stale; loans.borrowed-since when a settled loan would run beside the household's next one.
   */
  async update(loan: Loan, to: LoanChanges): Promise<Loan> {
    try {
      return await updateVersioned<Loan>(this.work.tx, Loan, loan, to);
    } catch (error) {
      if (isUniqueViolation(error, uniqueName('loan', ['running_key']))) throw P.borrowedSince();
      throw error;
    }
  }

  /** The event of this occasion that stands, or null when it did not happen or was reversed. */
  event(bankId: string, naturalKey: string): Promise<LoanEvent | null> {
    return findRow(this.work.tx, LoanEvent, { bankId, naturalKey, voidedBy: null });
  }

  /** The event of this origin as it stands, which must be of this loan. @throws Problem loans.event-absent */
  async standing(loanId: string, originId: string): Promise<LoanEvent> {
    const event = await findRow(this.work.tx, LoanEvent, { loanId, originId, voidedBy: null });
    if (!event) throw P.eventAbsent();
    return event;
  }

  /** All events of a loan that stand. */
  events(loanId: string): Promise<LoanEvent[]> {
    return listRows(this.work.tx, LoanEvent, { loanId, voidedBy: null });
  }

  /** How often each of these occasions was booked at a bank, voided ones included. */
  async revisions(bankId: string, naturalKeys: readonly string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (let at = 0; at < naturalKeys.length; at += AT_ONCE) {
      const rows = await this.work.tx.rows<{ naturalKey: string; revision: number }>(
        `SELECT natural_key AS naturalKey, MAX(revision) AS revision FROM loan_event
          WHERE bank_id = :bankId AND natural_key IN (:keys) GROUP BY natural_key`,
        { bankId, keys: naturalKeys.slice(at, at + AT_ONCE) },
      );
      for (const { naturalKey, revision } of rows) found.set(naturalKey, revision);
    }
    return found;
  }

  /** Adds events; runs the whole act again when another transaction recorded one of them just now. */
  async addEvents(events: readonly LoanEvent[]): Promise<void> {
    try {
      await insertRows(this.work.tx, LoanEvent, events);
    } catch (error) {
      if (!isUniqueViolation(error, 'loan_event')) throw error;
      throw new RunAgain('Another transaction recorded the same event', { cause: error });
    }
  }

  /** Marks events as overtaken by a correction. */
  async voidEvents(ids: readonly string[], correctionId: string): Promise<void> {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      await this.work.tx.exec(
        'UPDATE loan_event SET voided_by = :correctionId WHERE id IN (:ids) AND voided_by IS NULL',
        { correctionId, ids: ids.slice(at, at + AT_ONCE) },
      );
    }
  }

  /** The parts of one settlement period that stand, in order. */
  parts(loanId: string, periodCode: string): Promise<LoanInterest[]> {
    const where = { loanId, periodCode, voidedBy: null };
    return listRows(this.work.tx, LoanInterest, where, { fromOn: 'asc', kind: 'asc' });
  }

  /** All parts of a loan that stand, in order. */
  allParts(loanId: string): Promise<LoanInterest[]> {
    const where = { loanId, voidedBy: null };
    return listRows(this.work.tx, LoanInterest, where, { fromOn: 'asc', kind: 'asc' });
  }

  /** The highest part number of each period and kind (`<period>/<kind>`) of a loan, voided ones included. */
  async partNumbers(loanId: string): Promise<Map<string, number>> {
    const rows = await this.work.tx.rows<{ periodCode: string; kind: string; last: number }>(
      `SELECT period_code AS periodCode, kind, MAX(part_no) AS last FROM loan_interest
        WHERE loan_id = :loanId GROUP BY period_code, kind`,
      { loanId },
    );
    return new Map(rows.map(({ periodCode, kind, last }) => [`${periodCode}/${kind}`, last]));
  }

  /** Adds parts of interest. */
  addParts(parts: readonly LoanInterest[]): Promise<void> {
    return insertRows(this.work.tx, LoanInterest, parts);
  }

  /** Marks parts as overtaken by a correction; their days are free to be booked anew. */
  async voidParts(parts: readonly LoanInterest[], correctionId: string): Promise<void> {
    for (const kind of INTEREST_KINDS) {
      const own = parts.filter((part) => part.kind === kind);
      for (let at = 0; at < own.length; at += AT_ONCE) {
        const some = own.slice(at, at + AT_ONCE);
        await this.work.tx.exec(
          `UPDATE loan_interest SET voided_by = :correctionId, standing_from_on = NULL
            WHERE loan_id = :loanId AND kind = :kind AND standing_from_on IN (:days)`,
          { correctionId, kind, loanId: some[0]!.loanId, days: some.map(({ fromOn }) => fromOn) },
        );
      }
    }
  }

  /** A correction that was made. */
  async correction(id: string): Promise<LoanCorrection> {
    const found = await findRow(this.work.tx, LoanCorrection, { id });
    check(found, 'A correction that was just made is there.');
    return found;
  }

  /** Writes down why a history was changed. */
  addCorrection(correction: LoanCorrection): Promise<void> {
    return insertRow(this.work.tx, LoanCorrection, correction);
  }
}
