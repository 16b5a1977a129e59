/**
 * Tables of a round (整村评级、全县评级): the round, the households that it passed over, and each time something was done
 * to all of its files or ratings at once, with the outcome of every record that was asked for.
 */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  IdColumn,
  IntColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { RoundState, RoundStep, RunItemState, SkipReason } from './round';

/** One round. It is written by whoever adds files to it or closes it, so that a closed round gets no more. */
@Entity('rating_round')
export class RatingRound {
  @IdColumn() id: string;
  /** A village, township or county. */
  @TextColumn(12) regionCode: string;
  @TextColumn(60) title: string;
  @DateColumn() dueOn: BusinessDate;
  /** The card of the day of opening. */
  @TextColumn(40) scorecardRowId: string;
  /** Whether households whose line outlasts the round are rated, too. */
  @BoolColumn() includeValid: boolean;
  @TextColumn(12) state: RoundState;
  @TextColumn(40) openedBy: string;
  @TextColumn(60) openedByName: string;
  @DateColumn() openedOn: BusinessDate;
  @TextColumn(40, { nullable: true }) closedBy: string | null;
  @TextColumn(60, { nullable: true }) closedByName: string | null;
  @DateColumn({ nullable: true }) closedOn: BusinessDate | null;
  /** The region while open (unique): one open round of a place. */
  @TextColumn(12, { nullable: true }) openKey: string | null;
  @VersionColumn() version: number;
}

/** A listed household for which a round opened no file, and why. Append-only. */
@Entity('rating_round_skip')
export class RoundSkip {
  @KeyColumn(26) roundId: string;
  @TextColumn(26, { key: true }) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(20) reason: SkipReason;
}

/** One step done to all files or ratings of a round, or of a part of it, at once. Append-only. */
@Entity('round_run')
export class RoundRun {
  @IdColumn() id: string;
  @TextColumn(26) roundId: string;
  /** The part of the round: its own region, or one below. */
  @TextColumn(12) regionCode: string;
  @TextColumn(12) step: RoundStep;
  /** Files that were waiting; of a decision, ratings that were to pass. */
  @IntColumn() records: number;
  /** Of a decision, the lines of those ratings together. */
  @MoneyColumn() lineFen: Fen;
  @TextColumn(40) startedBy: string;
  @TextColumn(60) startedByName: string;
  @DateColumn() startedOn: BusinessDate;
}

/** A record of a run. Computing keeps the files that were left; a decision keeps every rating it was asked for. */
@Entity('round_run_item')
export class RoundRunItem {
  @KeyColumn(26) runId: string;
  /** The rating; when computing, the file. */
  @TextColumn(26, { key: true }) recordId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(32) householdCode: string;
  @TextColumn(60) headName: string;
  @TextColumn(12) regionCode: string;
  /** Of a rating, the content that is signed. */
  @DigestColumn({ nullable: true }) contentDigest: string | null;
  @TextColumn(12) state: RunItemState;
  /** Why it was left: one of `LEFT_REASONS`, or the code of the refusal. */
  @TextColumn(60, { nullable: true }) reason: string | null;
  @TextColumn(500, { nullable: true }) detail: string | null;
}
