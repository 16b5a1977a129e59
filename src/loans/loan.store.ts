/**
 * What the acts of the loan book load and save. A loan's amounts change only by `move`: a relative statement
 * under the row's version, so that nothing that happened is lost and every rule over the loan has a written
 * owner row.
 */
import type { BusinessDate } from '../platform/dates';
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import type { InterestPart } from './interest';
import { Loan, LoanEvent, LoanInterest } from './loan.entity';
import {
  isPaidOut,
  type LoanChanges,
  type Movement,
  movedBy,
  type PaidOutLoan,
} from './loan-state';
import { P } from './problems';

/** An event as an act tells it; the rest is filled in from the loan and the work in hand. */
export interface EventDraft extends Pick<LoanEvent, 'naturalKey' | 'kind' | 'happenedOn'> {
  principalFen?: Fen;
  interestFen?: Fen;
  penaltyFen?: Fen;
  overpaidFen?: Fen;
}

/** Loads and saves loans, their events and their interest within the work in hand. */
export class LoanStore {
  constructor(private readonly work: Work) {}

  /**
   * The loan, for an act that will write it. Two acts on one loan queue here instead of both working for
   * nothing; what guards it is the version under which `move` writes.
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
   * Changes a loan's amounts by so much, and its dates and state to this; returns it as it is then. The amounts
   * are added to those that were read, and the version sees to it that they still stand so when written.
   */
  async move<L extends Loan>(loan: L, by: Movement, to: LoanChanges = {}): Promise<L> {
    return updateVersioned<Loan>(this.work.tx, Loan, loan, {
      ...to,
      ...movedBy(loan, by),
    }) as Promise<L>;
  }

  /** The event of this occasion, or null when it did not happen yet. */
  event(bankId: string, naturalKey: string): Promise<LoanEvent | null> {
    return findRow(this.work.tx, LoanEvent, { bankId, naturalKey });
  }

  /** Adds what happened; its amount is the sum of its parts. */
  async addEvent(loan: Loan, draft: EventDraft): Promise<LoanEvent> {
    const principalFen = draft.principalFen ?? ZERO_FEN;
    const interestFen = draft.interestFen ?? ZERO_FEN;
    const penaltyFen = draft.penaltyFen ?? ZERO_FEN;
    const overpaidFen = draft.overpaidFen ?? ZERO_FEN;
    const row: LoanEvent = {
      id: this.work.newId(),
      loanId: loan.id,
      bankId: loan.bankId,
      naturalKey: draft.naturalKey,
      kind: draft.kind,
      happenedOn: draft.happenedOn,
      amountFen: addFen(principalFen, interestFen, penaltyFen, overpaidFen),
      principalFen,
      interestFen,
      penaltyFen,
      overpaidFen,
      outstandingAfterFen: loan.outstandingFen,
      causedBy: this.work.actor.id,
      recordedAt: this.work.now,
    };
    try {
      await insertRow(this.work.tx, LoanEvent, row);
    } catch (error) {
      // The same bank reference came in twice at one moment, for two loans: run again and find it standing.
      if (!isUniqueViolation(error, 'loan_event')) throw error;
      throw new RunAgain('Another transaction recorded the same event', { cause: error });
    }
    return row;
  }

  /** The parts booked of one settlement period, in order. */
  parts(loanId: string, periodCode: string): Promise<LoanInterest[]> {
    return listRows(this.work.tx, LoanInterest, { loanId, periodCode });
  }

  /** Adds parts of interest as booked on a date. */
  addParts(loanId: string, parts: readonly InterestPart[], bookedOn: BusinessDate): Promise<void> {
    return insertRows(
      this.work.tx,
      LoanInterest,
      parts.map((part) => ({ ...part, loanId, bookedOn })),
    );
  }
}
