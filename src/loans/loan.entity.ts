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
import type { ExtensionReason } from './extension-rules';
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
  /** The loan that this one renews (续贷): unique, so that a loan is renewed once; null for new lending. */
  @TextColumn(26, { nullable: true }) renewsLoanId: string | null;
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
  /** The first maturity, when an extension or an early end moved it. */
  @DateColumn({ nullable: true }) originalMaturesOn: BusinessDate | null;
  /** Day on which the bank ended the loan early because its use was diverted. */
  @DateColumn({ nullable: true }) terminatedOn: BusinessDate | null;
  /** Principal, interest and penalty written off, and what of it came in afterwards. */
  @MoneyColumn() writtenOffFen: Fen;
  @MoneyColumn() recoveredFen: Fen;
  @DateColumn({ nullable: true }) writtenOffOn: BusinessDate | null;
  /** Days since maturity while principal is owed. */
  @IntColumn() daysOverdue: number;
  /** The day on which the oldest own interest that is not wholly paid fell or falls due; see own-interest.ts. */
  @DateColumn({ nullable: true }) ownDueSince: BusinessDate | null;
  /** Days since then, as last counted. */
  @IntColumn() interestDaysOverdue: number;
  @TextColumn(20) classCode: string;
  /** The grade by judgement: while it is there the loan is in no better one. */
  @TextColumn(20, { nullable: true }) judgedCode: string | null;
  /** The household while the loan is not settled, else null: unique, so one running loan a household. */
  @TextColumn(26, { nullable: true }) runningKey: string | null;
  @InstantColumn() signedAt: Instant;
  @VersionColumn() version: number;
}

/** What can happen to a loan. */
export const LOAN_EVENT_KINDS = [
  'disbursal',
  'repayment',
  'settlement',
  'subsidy',
  'compensation',
  'refund',
  'extension',
  'termination',
  'write-off',
  'recovery',
  'renewal',
] as const;
export type LoanEventKind = (typeof LOAN_EVENT_KINDS)[number];

/** What an event is besides its amounts. */
export interface EventDetail {
  /** Extension: the maturity from then on. */
  maturesOn?: BusinessDate;
  /** Extension: why; one for the epidemic does not lower the grade. */
  reasonCode?: ExtensionReason;
  /** Termination: the surcharge from then on. */
  surchargePpm?: Ppm;
  /** Termination: the surcharge until then. */
  surchargeBeforePpm?: Ppm;
  /** Subsidy, and the recovery that is one: the period it was paid for. */
  periodCode?: string;
  /** Write-off: what was approved, all together; no correction makes it more. */
  limitFen?: Fen;
}

/**
 * What happened to a loan; the amounts are those of this event alone. When a correction changes how an event is
 * shared out, its row is voided and a new one with the same origin stands in its place.
 */
@Entity('loan_event')
export class LoanEvent {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(40) bankId: string;
  /** Names the occasion, unique within the bank among what stands: a repeat finds it and changes nothing. */
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
  /** The first row of this event: its name for everybody else, and its place among events of one day. */
  @TextColumn(26) originId: string;
  /** 1, 2, … of the natural key within the bank. */
  @IntColumn() revision: number;
  @JsonColumn({ nullable: true }) detail: EventDetail | null;
  /** The entry in the bank's book; null when no money moved. */
  @TextColumn(160, { nullable: true }) entryKey: string | null;
  /** The correction that booked this row. */
  @TextColumn(26, { nullable: true }) correctionId: string | null;
  /** The correction that overtook this row; null while it stands. */
  @TextColumn(26, { nullable: true }) voidedBy: string | null;
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
  /** The entry in the bank's book; one booking may have several parts. */
  @TextColumn(160, { nullable: true }) entryKey: string | null;
  @TextColumn(26, { nullable: true }) correctionId: string | null;
  @TextColumn(26, { nullable: true }) voidedBy: string | null;
  /** `fromOn` while the part stands, else null: no day is booked twice. */
  @DateColumn({ nullable: true }) standingFromOn: BusinessDate | null;
}

/** Why a loan's history was changed afterwards, by whom, and how far it reached. */
@Entity('loan_correction')
export class LoanCorrection {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(20) kind: 'reversal' | 'back-dated';
  /** Origin of the event that was reversed or entered late. */
  @TextColumn(26) eventId: string;
  /** The day from which the loan was replayed. */
  @DateColumn() effectiveOn: BusinessDate;
  /** The day of the correcting entries. */
  @DateColumn() correctedOn: BusinessDate;
  @TextColumn(500) reason: string;
  @TextColumn(40) correctedBy: string;
  /** Reversal: who had entered the event; never the same person. */
  @TextColumn(40, { nullable: true }) recordedBy: string | null;
  @InstantColumn() correctedAt: Instant;
  @IntColumn() eventsVoided: number;
  @IntColumn() eventsBooked: number;
}
