/**
 * Tables of credit: the rating with its state, and what went into it, which is written once and never changed.
 * No rating is ever deleted.
 */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { RepaymentRecord } from './evidence';
import type { RatingInputs, RatingResult } from './rating';

/** proposed → confirmed → superseded, or proposed → rejected. */
export const RATING_STATES = ['proposed', 'confirmed', 'rejected', 'superseded'] as const;
export type RatingState = (typeof RATING_STATES)[number];

/** A rating of one household. Code and head's name stand as they were on the day. */
@Entity('rating')
export class Rating {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(32) householdCode: string;
  @TextColumn(60) headName: string;
  @TextColumn(12) regionCode: string;
  /** The policy row whose card was used. */
  @TextColumn(40) scorecardRowId: string;
  @IntColumn() scoreHundredths: number;
  @TextColumn(8) grade: string;
  @TextColumn(20) gradeName: string;
  @MoneyColumn() lineFen: Fen;
  /** Months the line is valid once confirmed, from the card. */
  @IntColumn() validityMonths: number;
  @DateColumn() ratedOn: BusinessDate;
  @TextColumn(40) ratedBy: string;
  @TextColumn(60) ratedByName: string;
  @TextColumn(12) state: RatingState;
  /** Who confirmed or rejected it; never the rater. */
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @TextColumn(60, { nullable: true }) decidedByName: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @TextColumn(200, { nullable: true }) decisionReason: string | null;
  /** Last day of validity, inclusive. */
  @DateColumn({ nullable: true }) validUntil: BusinessDate | null;
  /** The day from which the next confirmed rating holds instead. */
  @DateColumn({ nullable: true }) supersededOn: BusinessDate | null;
  /** The household's id while proposed (unique): one open rating at a time. */
  @TextColumn(26, { nullable: true }) openKey: string | null;
  /** The household's id while confirmed (unique): one rating in force. */
  @TextColumn(26, { nullable: true }) currentKey: string | null;
  @DigestColumn() contentDigest: string;
  @VersionColumn() version: number;
}

/** What went into a rating and what came out, item by item. Append-only. */
@Entity('rating_content')
export class RatingContentRow {
  @KeyColumn(26) ratingId: string;
  @JsonColumn<RatingInputs>() inputs: RatingInputs;
  @JsonColumn<RepaymentRecord>() evidence: RepaymentRecord;
  @JsonColumn<RatingResult>() result: RatingResult;
}
