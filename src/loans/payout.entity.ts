/** Table map of payouts: a certificate shown at a counter, and the money that followed. */
import { Entity } from 'typeorm';
import type { Finding } from '../applications';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';

/** One presentation: the clock from the certificate on the counter to the money in the account. */
@Entity('payout')
export class Payout {
  @KeyColumn(40) certificateNumber: string;
  @TextColumn(26) applicationId: string;
  @TextColumn(26) householdId: string;
  /** The borrower's village. */
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  /** The counter: an organisation of the bank, or the bank itself. */
  @TextColumn(40) branchId: string;
  @TextColumn(40) presentedBy: string;
  @DateColumn() presentedOn: BusinessDate;
  @InstantColumn() presentedAt: Instant;
  /** Until when the money is to be there. */
  @InstantColumn() dueAt: Instant;
  /** What was checked again at the counter. */
  @JsonColumn<Finding[]>() findings: Finding[];
  @TextColumn(26, { nullable: true }) loanId: string | null;
  @InstantColumn({ nullable: true }) paidAt: Instant | null;
  /** The bank's number of the transfer, unique within the bank. */
  @TextColumn(60, { nullable: true }) bankReference: string | null;
  /** The account that was paid into: its blind index and mask, never the number. */
  @DigestColumn({ nullable: true }) accountIndex: string | null;
  @TextColumn(40, { nullable: true }) accountMasked: string | null;
  @TextColumn(500, { nullable: true }) lateReason: string | null;
  @TextColumn(40, { nullable: true }) lateBy: string | null;
  @InstantColumn({ nullable: true }) lateAt: Instant | null;
  @VersionColumn() version: number;
}
