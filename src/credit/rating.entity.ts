/**
 * Tables of ratings: the rating with its state and its grades on the way, what went into it, and every step that
 * somebody took. Content and steps are written once and never changed; no rating is ever deleted.
 */
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
import type { RepaymentRecord } from './evidence';
import type { RatingInputs, RatingResult, VetoFinding } from './rating-content';

/** proposed → confirmed → superseded, or proposed → rejected (returned by the village or the township, too). */
export const RATING_STATES = ['proposed', 'confirmed', 'rejected', 'superseded'] as const;
export type RatingState = (typeof RATING_STATES)[number];

/** The last step that a rating has passed: computed → village → township → (raise). */
export const RATING_STAGES = ['computed', 'village', 'township', 'raise'] as const;
export type RatingStage = (typeof RATING_STAGES)[number];

/** A rating of one household. Code and head's name stand as they were on the day. */
@Entity('rating')
export class Rating {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(32) householdCode: string;
  @TextColumn(60) headName: string;
  @TextColumn(12) regionCode: string;
  /** The file it was computed from; null for ratings from before there were files. */
  @TextColumn(26, { nullable: true }) caseId: string | null;
  @TextColumn(26, { nullable: true }) roundId: string | null;
  /** The bank that decided. */
  @TextColumn(26, { nullable: true }) bankId: string | null;
  /** The policy row whose card was used. */
  @TextColumn(40) scorecardRowId: string;
  @IntColumn() scoreHundredths: number;
  /** By the score alone. */
  @TextColumn(8, { nullable: true }) firstGrade: string | null;
  @MoneyColumn({ nullable: true }) firstLineFen: Fen | null;
  /** After vetoes: what the bank decides upon. */
  @TextColumn(8, { nullable: true }) computedGrade: string | null;
  @MoneyColumn({ nullable: true }) computedLineFen: Fen | null;
  /** As the bank decided; equal to the computed ones until then. */
  @TextColumn(8) grade: string;
  @TextColumn(20) gradeName: string;
  @MoneyColumn() lineFen: Fen;
  /** Months the line is valid once confirmed, from the card. */
  @IntColumn() validityMonths: number;
  @DateColumn() ratedOn: BusinessDate;
  @TextColumn(40) ratedBy: string;
  @TextColumn(60) ratedByName: string;
  @TextColumn(12) state: RatingState;
  @TextColumn(12) stage: RatingStage;
  /** Who put it into force, rejected or returned it; never the rater. */
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
  /** Of everything that went in, and of the township's findings once there are any. */
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

/** The steps of a rating: 测算, 村评议小组, 乡镇核查, 银行审定, 提高额度复核. */
export const RATING_STEPS = ['compute', 'village', 'township', 'decide', 'raise'] as const;
export type RatingStepName = (typeof RATING_STEPS)[number];

/** How a step ended. `return` sends the file back to collecting; `decline` leaves the line as computed. */
export const STEP_OUTCOMES = [
  'computed',
  'agree',
  'return',
  'confirm',
  'lower',
  'raise',
  'reject',
  'decline',
] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** One step: who, for which body, on what content, with which outcome. Append-only; one person, one step. */
@Entity('rating_step')
export class RatingStep {
  @KeyColumn(26) ratingId: string;
  @IntColumn({ key: true }) seq: number;
  @TextColumn(12) step: RatingStepName;
  @TextColumn(12) outcome: StepOutcome;
  @TextColumn(200, { nullable: true }) reason: string | null;
  @TextColumn(40) personId: string;
  @TextColumn(60) personName: string;
  @TextColumn(26, { nullable: true }) organisationId: string | null;
  /** The content that was signed. */
  @DigestColumn() contentDigest: string;
  /** Grade and line after this step; of a raise, what it asks for. */
  @TextColumn(8) grade: string;
  @MoneyColumn() lineFen: Fen;
  /** The township's findings on grounds of veto. */
  @JsonColumn<VetoFinding[]>({ nullable: true }) findings: VetoFinding[] | null;
  @DateColumn() takenOn: BusinessDate;
  @InstantColumn() takenAt: Instant;
}
