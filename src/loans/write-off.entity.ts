/** Table maps of write-offs and of money that was returned to borrowers. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { Evidence, WriteOffState } from './write-off';

/** A proposal to write a loan off. What it says never changes; the decision stands beside it. */
@Entity('loan_write_off')
export class LoanWriteOff {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  /** The loan while the proposal waits or stands, else null: unique, so one a loan. */
  @TextColumn(26, { nullable: true }) standingLoanId: string | null;
  @TextColumn(26) householdId: string;
  /** The village of the loan. */
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(30) groundCode: string;
  @TextColumn(500) reason: string;
  @JsonColumn<Evidence[]>() evidence: Evidence[];
  /** What is owed to the day of the proposal (not including it). */
  @MoneyColumn() principalFen: Fen;
  @MoneyColumn() interestFen: Fen;
  @MoneyColumn() penaltyFen: Fen;
  /** What the bank keeps of a compensation. */
  @MoneyColumn() compensationFen: Fen;
  @TextColumn(10) fundState: 'none' | 'refused' | 'paid';
  @IntColumn() daysOverdue: number;
  @TextColumn(20) classCode: string;
  @TextColumn(80) policyRowId: string;
  @DigestColumn() contentDigest: string;
  @TextColumn(10) state: WriteOffState;
  @TextColumn(40) proposedBy: string;
  @DateColumn() proposedOn: BusinessDate;
  @InstantColumn() proposedAt: Instant;
  /** Who decided; never who proposed. */
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) decidedAt: Instant | null;
  @TextColumn(500, { nullable: true }) decisionNote: string | null;
  /** The write-off among the events of the loan. */
  @TextColumn(26, { nullable: true }) eventId: string | null;
  @VersionColumn() version: number;
}

/** Money paid too much that went back to the borrower: where to, and by whom. Only ever added. */
@Entity('loan_refund')
export class LoanRefund {
  /** The refund among the events of the loan. */
  @KeyColumn(26) eventId: string;
  @TextColumn(26) loanId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(64) bankReference: string;
  @MoneyColumn() amountFen: Fen;
  @DateColumn() paidOn: BusinessDate;
  @DigestColumn() accountIndex: string;
  @TextColumn(40) accountMasked: string;
  /** Who had entered the money that was too much; never who returned it. */
  @TextColumn(40) receivedBy: string;
  @TextColumn(40) returnedBy: string;
  @InstantColumn() returnedAt: Instant;
}
