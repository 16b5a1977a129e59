/**
 * The file of a rating (评级档案) while it is collected: who opened it under which card, what was found item by
 * item, and the sheets of the village's appraisers. Items and sheets are only ever added; of an item the latest
 * entry counts.
 */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
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
import type { VoidReason } from './appraisal-mean';

/** collecting → computed → closed; back to collecting when the rating is returned; or cancelled. */
export const CASE_STATES = ['collecting', 'computed', 'closed', 'cancelled'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** One household's file. It is the owner row of its items and sheets: whoever adds one writes its version. */
@Entity('rating_case')
export class RatingCase {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(32) householdCode: string;
  @TextColumn(60) headName: string;
  @TextColumn(12) regionCode: string;
  /** The round it belongs to, null when it was opened by hand. */
  @TextColumn(26, { nullable: true }) roundId: string | null;
  /** The card of the day of opening. */
  @TextColumn(40) scorecardRowId: string;
  @TextColumn(12) state: CaseState;
  @DateColumn() openedOn: BusinessDate;
  @TextColumn(40) openedBy: string;
  @TextColumn(60) openedByName: string;
  @DateColumn({ nullable: true }) closedOn: BusinessDate | null;
  @TextColumn(200, { nullable: true }) closedReason: string | null;
  /** The household's id while open (unique): one open file of a household. */
  @TextColumn(26, { nullable: true }) openKey: string | null;
  @VersionColumn() version: number;
}

/** One entry: the level of an item, or how much there is of an asset. */
@Entity('rating_case_item')
export class RatingCaseItem {
  @KeyColumn(26) caseId: string;
  /** 1, 2, 3 … within the file; the highest of an item counts. */
  @IntColumn({ key: true }) seq: number;
  @TextColumn(40) item: string;
  /** A level of the card or NOT_KNOWN; null for an asset. */
  @TextColumn(40, { nullable: true }) level: string | null;
  @IntColumn({ nullable: true }) quantity: number | null;
  @MoneyColumn({ nullable: true }) valueFen: Fen | null;
  @TextColumn(200, { nullable: true }) note: string | null;
  @TextColumn(40) givenBy: string;
  @TextColumn(60) givenByName: string;
  @DateColumn() givenOn: BusinessDate;
  @InstantColumn() givenAt: Instant;
}

/** How a sheet came in: by the appraiser's own login, or on paper with a witness. */
export const SHEET_MODES = ['OWN_LOGIN', 'PAPER'] as const;
export type SheetMode = (typeof SHEET_MODES)[number];

/** One appraiser's sheet of the back-to-back appraisal (背靠背评议). */
@Entity('appraisal_sheet')
export class AppraisalSheetRow {
  @IdColumn() id: string;
  @TextColumn(26) caseId: string;
  /** The name without blanks: one appraiser, one sheet, whichever way it came in. */
  @TextColumn(60) appraiserKey: string;
  @TextColumn(60) appraiserName: string;
  /** The account of one who appraised with an own login. */
  @TextColumn(40, { nullable: true }) appraiserId: string | null;
  @TextColumn(12) mode: SheetMode;
  @TextColumn(60, { nullable: true }) witnessName: string | null;
  @TextColumn(40) enteredBy: string;
  @TextColumn(60) enteredByName: string;
  @BoolColumn() knowsHousehold: boolean;
  /** How the appraiser is related to the household; null when not. */
  @TextColumn(60, { nullable: true }) relatedText: string | null;
  /** Option by item of the appraisal; empty on a void sheet. */
  @JsonColumn<Record<string, string>>() options: Record<string, string>;
  @IntColumn({ nullable: true }) pointsHundredths: number | null;
  @TextColumn(40, { nullable: true }) vetoCode: string | null;
  @TextColumn(200, { nullable: true }) vetoReason: string | null;
  @TextColumn(12, { nullable: true }) voidReason: VoidReason | null;
  @DateColumn() givenOn: BusinessDate;
  @InstantColumn() givenAt: Instant;
}
