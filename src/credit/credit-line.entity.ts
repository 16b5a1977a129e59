/**
 * Tables of credit lines: the owner row of a household's line, and its periods one after the other. A period is
 * written once; only the day on which the next one takes over is added. No line is ever deleted.
 */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  IdColumn,
  IntColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';

/** in-force and frozen can come back to each other; after cancelled and expired only a new grant opens a line. */
export const LINE_STATES = ['in-force', 'frozen', 'cancelled', 'expired'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** What brought a period about. `REVIEW`: the yearly review by hand kept the line as it was. */
export const LINE_CAUSES = [
  'GRANT',
  'RAISE',
  'LOWER',
  'FREEZE',
  'UNFREEZE',
  'CANCEL',
  'EXPIRE',
  'REVIEW',
] as const;
export type LineCause = (typeof LINE_CAUSES)[number];

/** The line of one household: the row that whoever changes the line writes. */
@Entity('credit_line')
export class CreditLine {
  @KeyColumn(26) householdId: string;
  /** Code, head's name and village as they were at the last grant. */
  @TextColumn(32) householdCode: string;
  @TextColumn(60) headName: string;
  @TextColumn(12) regionCode: string;
  /** The day from which the line waits for its yearly review; null while there is none to review. */
  @DateColumn({ nullable: true }) reviewDueOn: BusinessDate | null;
  /** Why the system did not pass the due review: it waits for a person. */
  @TextColumn(200, { nullable: true }) reviewReason: string | null;
  @VersionColumn() version: number;
}

/** How the line stood from one day until before another. */
@Entity('credit_line_period')
export class CreditLinePeriod {
  @KeyColumn(26) householdId: string;
  /** 1, 2, 3 … in the order of the changes. */
  @IntColumn({ key: true }) seq: number;
  /** The rating that gave the line. */
  @TextColumn(26) ratingId: string;
  /** The bank that decided it; null for lines of before banks were kept. */
  @TextColumn(26, { nullable: true }) bankId: string | null;
  @TextColumn(10) state: LineState;
  @TextColumn(10) cause: LineCause;
  /** The line itself, also while it is frozen; 0 once it is cancelled or expired. */
  @MoneyColumn() totalFen: Fen;
  /** Last day on which the line can be used, inclusive. */
  @DateColumn() validUntil: BusinessDate;
  /** First day. */
  @DateColumn() fromOn: BusinessDate;
  /** First day it no longer holds; null while it is the last one. Equal to `fromOn`: changed again that day. */
  @DateColumn({ nullable: true }) untilOn: BusinessDate | null;
  @TextColumn(200) reason: string;
  @TextColumn(400, { nullable: true }) evidence: string | null;
  @TextColumn(40) madeBy: string;
  @TextColumn(60) madeByName: string;
  /** The business date of the decision. */
  @DateColumn() madeOn: BusinessDate;
  /** Who applied for the raise, or had frozen what is unfrozen; never `madeBy`. */
  @TextColumn(40, { nullable: true }) otherBy: string | null;
  @TextColumn(60, { nullable: true }) otherByName: string | null;
  /** The household's id while it is the last period (unique). */
  @TextColumn(26, { nullable: true }) openKey: string | null;
}

/** applied → checked → granted or rejected; the township may reject at its check. */
export const RAISE_STATES = ['applied', 'checked', 'granted', 'rejected'] as const;
export type RaiseState = (typeof RAISE_STATES)[number];

/** An application for a higher line (增信). */
@Entity('line_raise')
export class LineRaise {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(26, { nullable: true }) bankId: string | null;
  /** The rating under which it was asked; the line must still rest on it when it is decided. */
  @TextColumn(26) ratingId: string;
  @MoneyColumn() fromFen: Fen;
  @MoneyColumn() askedFen: Fen;
  @MoneyColumn({ nullable: true }) grantedFen: Fen | null;
  /** A ground of the line rules. */
  @TextColumn(40) ground: string;
  @TextColumn(400) evidence: string;
  @TextColumn(40) rulesRowId: string;
  @TextColumn(10) state: RaiseState;
  @TextColumn(40) appliedBy: string;
  @TextColumn(60) appliedByName: string;
  @DateColumn() appliedOn: BusinessDate;
  @TextColumn(40, { nullable: true }) checkedBy: string | null;
  @TextColumn(60, { nullable: true }) checkedByName: string | null;
  @DateColumn({ nullable: true }) checkedOn: BusinessDate | null;
  @TextColumn(200, { nullable: true }) checkReason: string | null;
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @TextColumn(60, { nullable: true }) decidedByName: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @TextColumn(200, { nullable: true }) decisionReason: string | null;
  /** The household's id while it waits (unique): one application at a time. */
  @TextColumn(26, { nullable: true }) openKey: string | null;
  @VersionColumn() version: number;
}
