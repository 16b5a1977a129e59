/** Table maps of the loan book. Events and interest rows are only ever inserted; triggers refuse the rest. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  PpmColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { DayBasis, Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import type { DueKind } from './allocation';
import type { InterestKind } from './interest';

/** signed: contract made, not paid out; running: paid out, something is owed; settled: nothing is owed. */
export type LoanState = 'signed' | 'running' | 'settled';

/** What the contract froze besides its figures: how repayments are shared out, and the policy rows it stands on. */
export interface FrozenTerms {
  allocationOrder: DueKind[];
  /** Ids of the policy rows in force on the signing day. */
  productRowId: string;
  bankTermsRowId: string;
  /** Rows of the reference rates from which the cap was taken. */
  referenceRowIds: string[];
}

/** One loan: a contract, and the running totals of its events. */
@Entity('loan')
export class Loan {
  @IdColumn() id: string;
  /** The bank's contract number (合同号), unique within the bank. */
  @TextColumn(40) number: string;
  @TextColumn(26) applicationId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(26) memberId: string;
  /** The borrower's village. */
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(10) productCode: string;
  @MoneyColumn() principalFen: Fen;
  @MoneyColumn() outstandingFen: Fen;
  /** Interest booked and not yet paid, by whomever. */
  @MoneyColumn() interestDueFen: Fen;
  @MoneyColumn() penaltyDueFen: Fen;
  /** What the bank received beyond what was due and owes back. */
  @MoneyColumn() overpaidFen: Fen;
  @PpmColumn() ratePpm: Ppm;
  @PpmColumn() rateCapPpm: Ppm;
  /** The overdue surcharge as a share of the contract rate. */
  @PpmColumn() surchargePpm: Ppm;
  @IntColumn() basis: DayBasis;
  @IntColumn() termMonths: number;
  @JsonColumn() terms: FrozenTerms;
  @TextColumn(10) state: LoanState;
  @DateColumn() signedOn: BusinessDate;
  @TextColumn(40) signedBy: string;
  /** Who decided the application at the bank; may not sign. */
  @TextColumn(40) decidedBy: string;
  @DateColumn({ nullable: true }) disbursedOn: BusinessDate | null;
  @TextColumn(40, { nullable: true }) disbursedBy: string | null;
  @DateColumn({ nullable: true }) maturesOn: BusinessDate | null;
  /** First day whose interest is not booked. */
  @DateColumn({ nullable: true }) bookedUntil: BusinessDate | null;
  /** Business date of the last booking; nothing may be entered or asked before it. */
  @DateColumn({ nullable: true }) lastBookingOn: BusinessDate | null;
  @DateColumn({ nullable: true }) settledOn: BusinessDate | null;
  /** Day on which the risk fund paid its part. */
  @DateColumn({ nullable: true }) compensatedOn: BusinessDate | null;
  @IntColumn() daysOverdue: number;
  @TextColumn(20) classCode: string;
  /** The household while the loan is not settled, else null: unique, so one running loan a household. */
  @TextColumn(26, { nullable: true }) runningKey: string | null;
  @InstantColumn() signedAt: Instant;
  @VersionColumn() version: number;
}

export type LoanEventKind = 'disbursal' | 'repayment' | 'settlement' | 'subsidy' | 'compensation';

/** What happened to a loan, once; the amounts are those of this event alone. */
@Entity('loan_event')
export class LoanEvent {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(40) bankId: string;
  /** Names the occasion, unique within the bank: a repeat finds it and changes nothing. */
  @TextColumn(120) naturalKey: string;
  @TextColumn(20) kind: LoanEventKind;
  @DateColumn() happenedOn: BusinessDate;
  @MoneyColumn() amountFen: Fen;
  @MoneyColumn() principalFen: Fen;
  @MoneyColumn() interestFen: Fen;
  @MoneyColumn() penaltyFen: Fen;
  @MoneyColumn() overpaidFen: Fen;
  @MoneyColumn() outstandingAfterFen: Fen;
  /** Who caused it: an actor's id. */
  @TextColumn(40) causedBy: string;
  @InstantColumn() recordedAt: Instant;
}

/** One part of a period's interest, as booked. */
@Entity('loan_interest')
export class LoanInterest {
  @KeyColumn(26) loanId: string;
  @KeyColumn(6) periodCode: string;
  @KeyColumn(10) kind: InterestKind;
  @IntColumn({ key: true }) partNo: number;
  @DateColumn() fromOn: BusinessDate;
  @DateColumn() untilOn: BusinessDate;
  @IntColumn() days: number;
  @MoneyColumn() principalFen: Fen;
  @MoneyColumn() amountFen: Fen;
  @DateColumn() bookedOn: BusinessDate;
}
