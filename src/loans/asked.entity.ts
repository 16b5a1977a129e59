/** What every change of a loan has that one person asks for and another decides: extension, renewal, early end. */
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';

/** signed: an approved renewal whose new contract was signed. */
export type AskedState = 'asked' | 'approved' | 'refused' | 'signed';

/** The columns that the tables of these requests share. */
export abstract class AskedChange {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(10) state: AskedState;
  /** The loan while nothing else of the kind may be asked for it, else null: unique. */
  @TextColumn(26, { nullable: true }) openKey: string | null;
  @TextColumn(1000) reason: string;
  /** What was seen and is kept in the file, in words; no personal data. */
  @LongTextColumn() evidence: string;
  /** Digest of the request and of the loan as it then stood: what a decision is bound to. */
  @DigestColumn() contentDigest: string;
  @TextColumn(40) askedBy: string;
  @TextColumn(60) askedByName: string;
  @DateColumn() askedOn: BusinessDate;
  @InstantColumn() askedAt: Instant;
  /** Who decided; never who asked. */
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @TextColumn(60, { nullable: true }) decidedByName: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) decidedAt: Instant | null;
  @TextColumn(1000, { nullable: true }) decisionReason: string | null;
  @VersionColumn() version: number;
}
